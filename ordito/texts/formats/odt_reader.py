"""An ODT as blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ordito.texts.engine.blocks import DEPTH_LIMIT, Block, Cell
from ordito.texts.engine.model import Kind, Number, Style
from ordito.texts.formats.package import Package
from ordito.texts.formats.refusals import Refusal, Refused
from ordito.texts.formats.runs import Runs

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE = (f"{{{OASIS}{n}:1.0}}" for n in ("office", "text", "table", "style"))
FO, MANIFEST = f"{{{OASIS}xsl-fo-compatible:1.0}}", f"{{{OASIS}manifest:1.0}}"
FORMATS = {"a": Style.LETTER, "A": Style.LETTER, "i": Style.ROMAN, "I": Style.ROMAN}
SIGNS = {f"{TEXT}tab": " ", f"{TEXT}line-break": " ", f"{TEXT}s": " "}
WRAPPERS = {f"{TEXT}section", f"{TEXT}list-header", f"{TEXT}index-body"}
LEFT_OUT = {f"{TEXT}tracked-changes", f"{TEXT}note", f"{OFFICE}annotation"}
REPEATED_LIMIT = 50


def read_odt(path: Path) -> list[Block]:
    """The paragraphs, lists, tables and notes of a document. Raises Refused."""
    package = Package(path)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
        raise Refused(Refusal.ENCRYPTED)
    root = package.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise Refused(Refusal.NOT_THAT_FORMAT, "part:content.xml")
    reader = _Reader()
    for part in (package.xml("styles.xml"), root):
        if part is not None:
            reader.learn(part)
    return list(reader.read(body))


@dataclass
class _Reader:
    marks: dict[str, frozenset[str]] = field(default_factory=dict)  # of each text style
    lists: dict[str, dict[int, tuple[Style, int]]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    n_paragraphs: int = 0
    n_tables: int = 0

    def learn(self, root: etree._Element) -> None:
        for style in root.iter(f"{STYLE}style"):
            self.marks[style.get(f"{STYLE}name", "")] = frozenset(_marks(style))
        for style in root.iter(f"{TEXT}list-style"):
            self.lists[style.get(f"{STYLE}name", "")] = {
                int(level.get(f"{TEXT}level", "1")): _level(level) for level in style
            }

    def read(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            if element.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element)
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, 1, element.get(f"{TEXT}style-name", ""))
            elif element.tag == f"{TABLE}table":
                yield self._table(element)
            elif element.tag in WRAPPERS:
                yield from self.read(element)

    def _paragraph(
        self, element: etree._Element, depth: int = 0, counted: tuple[Number, int] | None = None
    ) -> Iterator[Block]:
        self.n_paragraphs += 1
        place = f"paragraph:{self.n_paragraphs}"
        runs = self._runs(element, frozenset())
        kind, level = (Kind.LIST_ITEM if counted else Kind.PARA), depth
        if element.tag == f"{TEXT}h":
            kind, level = Kind.HEADING, int(element.get(f"{TEXT}outline-level", "1"))
        number, value = counted or (None, 0)
        yield Block(kind, runs.text, level, number, tuple(runs.marks), place, value=value)
        for note in element.iter(f"{TEXT}note-body"):
            runs = Runs()
            for paragraph in note.iter(f"{TEXT}p"):
                runs.extend(self._runs(paragraph, frozenset()), " ")
            yield Block(Kind.NOTE, runs.text, marks=tuple(runs.marks), place=place)

    def _list(self, element: etree._Element, depth: int, name: str) -> Iterator[Block]:
        if depth > DEPTH_LIMIT:
            raise Refused(Refusal.TOO_DEEP, f"paragraph:{self.n_paragraphs}", str(DEPTH_LIMIT))
        style, start = self.lists.get(name, {}).get(depth, (Style.BULLET, 1))
        if element.get(f"{TEXT}continue-numbering") != "true":
            self.counts[name, depth] = start - 1
        for item in element:
            self.counts[name, depth] += 1
            if given := item.get(f"{TEXT}start-value"):
                self.counts[name, depth] = int(given)
            yield from self._item(item, depth, name, style)

    def _item(self, item: etree._Element, depth: int, name: str, style: Style) -> Iterator[Block]:
        value = 0 if style is Style.BULLET else self.counts[name, depth]
        is_first = item.tag == f"{TEXT}list-item"
        for element in item:
            if element.tag == f"{TEXT}list":
                own = element.get(f"{TEXT}style-name", name)
                yield from self._list(element, depth + 1, own)
            elif element.tag in (f"{TEXT}p", f"{TEXT}h"):
                counted = (Number(style), value) if is_first else None
                yield from self._paragraph(element, depth, counted)
                is_first = False

    def _runs(self, element: etree._Element, kinds: frozenset[str]) -> Runs:
        runs = Runs()
        runs.add(element.text or "", kinds)
        for child in element:
            if child.tag in SIGNS:
                runs.add(SIGNS[child.tag], kinds)
            elif isinstance(child.tag, str) and child.tag not in LEFT_OUT:
                more = self.marks.get(child.get(f"{TEXT}style-name", ""), frozenset())
                runs.extend(self._runs(child, kinds | more))
            runs.add(child.tail or "", kinds)
        return runs

    def _table(self, element: etree._Element) -> Block:
        self.n_tables += 1
        rows = tuple(
            tuple(self._cells(row))
            for row in element.iter(f"{TABLE}table-row")
            if next(row.iterancestors(f"{TABLE}table")) is element
        )
        return Block(Kind.TABLE, place=f"table:{self.n_tables}", rows=rows)

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        for cell in row.findall(f"{TABLE}table-cell"):
            runs = Runs()
            for paragraph in cell.iter(f"{TEXT}p", f"{TEXT}h"):
                runs.extend(self._runs(paragraph, frozenset()), "\n")
            span = tuple(
                int(cell.get(f"{TABLE}number-{n}-spanned", "1")) for n in ("rows", "columns")
            )
            times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            for _time in range(min(times, REPEATED_LIMIT)):
                yield Cell(runs.text, tuple(runs.marks), (span[0], span[1]))


def _marks(style: etree._Element) -> Iterator[str]:
    look = style.find(f"{STYLE}text-properties")
    if look is None:
        return
    if look.get(f"{FO}font-weight") == "bold":
        yield "bold"
    if look.get(f"{FO}font-style") == "italic":
        yield "italic"
    if look.get(f"{STYLE}text-underline-style", "none") != "none":
        yield "underline"


def _level(level: etree._Element) -> tuple[Style, int]:
    start = int(level.get(f"{TEXT}start-value", "1"))
    if level.tag != f"{TEXT}list-level-style-number" or not level.get(f"{STYLE}num-format"):
        return Style.BULLET, start
    return FORMATS.get(level.get(f"{STYLE}num-format", ""), Style.DECIMAL), start
