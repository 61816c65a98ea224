"""A DOCX as blocks, its tracked changes taken as accepted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex
from lxml import etree

from ordito.texts.engine.blocks import Block, Cell
from ordito.texts.engine.model import Kind, Number
from ordito.texts.formats.docx_numbering import Lists, W, of, read_lists, value
from ordito.texts.formats.package import Package
from ordito.texts.formats.refusals import Refusal, Refused
from ordito.texts.formats.runs import Runs

BODY, MAIN = f"{W}body", "word/document.xml"
HEADING = regex.compile(r"(?i)^(?:heading|titolo) ?(\d)$")
LIST = regex.compile(r"(?i)^(?:list|elenco)(?: bullet| number| continue)?(?: (\d))?$")
THROUGH = {
    f"{W}{name}"
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "dir",
        "bdo",
    )
}
SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
MARKS = {f"{W}b": "bold", f"{W}i": "italic", f"{W}u": "underline", f"{W}strike": "strike"}
OFF = ("0", "false", "none")


@dataclass(frozen=True)
class _Look:
    """What a paragraph style says: its heading level, list and depth."""

    level: int = 0
    list_id: str = ""
    depth: int = 0
    list_depth: int = 0  # of a style such as "List Bullet 2"


def read_docx(path: Path) -> list[Block]:
    """The paragraphs, lists, tables and notes of a document. Raises Refused."""
    package = Package(path)
    root = package.xml(MAIN)
    body = root.find(BODY) if root is not None else None
    if body is None:
        raise Refused(Refusal.NOT_THAT_FORMAT, f"part:{MAIN}")
    return _Reader(package).read(body)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.lists: Lists = read_lists(package.xml("word/numbering.xml"))
        self.looks = _looks(package.xml("word/styles.xml"))
        self.notes = _notes(package.xml("word/footnotes.xml"))
        self.n_paragraphs = self.n_tables = 0

    def read(self, body: etree._Element) -> list[Block]:
        blocks: list[Block] = []
        for element in _standing(body):
            if element.tag == f"{W}tbl":
                blocks.append(self._table(element))
            else:
                blocks += self._paragraph(element)
        return blocks

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        self.n_paragraphs += 1
        place = f"paragraph:{self.n_paragraphs}"
        runs = _runs(element)
        kind, level, number, count = self._sort(element)
        yield Block(kind, runs.text, level, number, tuple(runs.marks), place, value=count)
        for reference in element.iter(f"{W}footnoteReference"):
            if note := self.notes.get(value(reference, "id")):
                yield Block(Kind.NOTE, note.text, marks=tuple(note.marks), place=place)

    def _sort(self, element: etree._Element) -> tuple[Kind, int, Number | None, int]:
        settings = element.find(f"{W}pPr")
        if settings is None:
            return Kind.PARA, 0, None, 0
        look = self.looks.get(of(settings, "pStyle"), _Look())
        level = look.level
        outline = of(settings, "outlineLvl")
        if outline.isdigit() and int(outline) < 9:
            level = int(outline) + 1
        numbering = settings.find(f"{W}numPr")
        list_id, depth = look.list_id, look.depth
        if numbering is not None:
            list_id = of(numbering, "numId") or list_id
            depth = int(of(numbering, "ilvl") or depth)
        counted = self.lists.count(list_id, depth) if list_id else None
        number, count = counted or (None, 0)
        if level:
            return Kind.HEADING, level, number, count
        if counted or look.list_depth:
            return Kind.LIST_ITEM, max(depth + 1, look.list_depth), number, count
        return Kind.PARA, 0, None, 0

    def _table(self, element: etree._Element) -> Block:
        self.n_tables += 1
        grid: list[list[tuple[Runs, int, str]]] = []
        for line in element.findall(f"{W}tr"):
            grid.append([_cell(cell) for cell in line.findall(f"{W}tc")])
        rows = tuple(tuple(_spanned(grid, number)) for number in range(len(grid)))
        return Block(Kind.TABLE, place=f"table:{self.n_tables}", rows=rows)


def _standing(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, through the controls that wrap them."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in THROUGH:
            yield from _standing(element)


def _runs(paragraph: etree._Element) -> Runs:
    runs = Runs()
    for element in paragraph:
        if element.tag == f"{W}r":
            _add_run(runs, element)
        elif element.tag in THROUGH:
            runs.extend(_runs(element))
    return runs


def _add_run(runs: Runs, run: etree._Element) -> None:
    settings = run.find(f"{W}rPr")
    kinds = frozenset[str]()
    if settings is not None:
        kinds = frozenset(
            MARKS[one.tag] for one in settings if one.tag in MARKS and value(one, "val") not in OFF
        )
    for element in run:
        if element.tag == f"{W}t":
            runs.add(element.text or "", kinds)
        else:
            runs.add(SIGNS.get(element.tag, ""), kinds)


def _cell(element: etree._Element) -> tuple[Runs, int, str]:
    """The text of a cell, how many columns it covers, and how it joins the one above."""
    runs = Runs()
    for paragraph in element.iter(f"{W}p"):
        runs.extend(_runs(paragraph), "\n")
    settings = element.find(f"{W}tcPr")
    if settings is None:
        return runs, 1, ""
    merge = settings.find(f"{W}vMerge")
    joins = "" if merge is None else value(merge, "val") or "continue"
    width = of(settings, "gridSpan")
    return runs, int(width) if width.isdigit() else 1, joins


def _spanned(grid: list[list[tuple[Runs, int, str]]], number: int) -> Iterator[Cell]:
    column = 0
    for runs, width, joins in grid[number]:
        if joins != "continue":
            height = 1
            while joins == "restart" and _continues(grid, number + height, column):
                height += 1
            yield Cell(runs.text, tuple(runs.marks), (height, width))
        column += width


def _continues(grid: list[list[tuple[Runs, int, str]]], number: int, column: int) -> bool:
    if number >= len(grid):
        return False
    here = 0
    for _text, width, joins in grid[number]:
        if here == column:
            return joins == "continue"
        here += width
    return False


def _looks(root: etree._Element | None) -> dict[str, _Look]:
    """What each paragraph style says, with what it takes from the style it is based on."""
    if root is None:
        return {}
    styles = {value(style, "styleId"): style for style in root.iter(f"{W}style")}
    return {style: _look(style, styles) for style in styles}


def _look(style_id: str, styles: dict[str, etree._Element]) -> _Look:
    level = list_depth = depth = 0
    list_id, seen = "", set[str]()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        style = styles[style_id]
        name = of(style, "name")
        if not level and (found := HEADING.match(name)):
            level = int(found[1])
        if not list_depth and (found := LIST.match(name)):
            list_depth = int(found[1] or 1)
        numbering = style.find(f"{W}pPr/{W}numPr")
        if not list_id and numbering is not None:
            list_id, depth = of(numbering, "numId"), int(of(numbering, "ilvl") or 0)
        style_id = of(style, "basedOn")
    return _Look(level, list_id, depth, list_depth)


def _notes(root: etree._Element | None) -> dict[str, Runs]:
    found: dict[str, Runs] = {}
    if root is None:
        return found
    for note in root.iter(f"{W}footnote"):
        runs = Runs()
        for paragraph in note.iter(f"{W}p"):
            runs.extend(_runs(paragraph), " ")
        if runs.text.strip():
            found[value(note, "id")] = runs
    return found
