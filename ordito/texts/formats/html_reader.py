"""An HTML page as blocks: its text alone, whatever it was pasted from."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml import etree, html

from ordito.texts.engine.blocks import DEPTH_LIMIT, Block, Cell
from ordito.texts.engine.model import Kind, Number, Style
from ordito.texts.formats.refusals import Refusal, Refused
from ordito.texts.formats.runs import Runs

LEFT_OUT = {"script", "style", "head", "template", "noscript", "svg", "object", "iframe", "title"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
MARKS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strike",
}
STYLES = {"a": Style.LETTER, "A": Style.LETTER, "i": Style.ROMAN, "I": Style.ROMAN}
INLINE = {
    *MARKS,
    "a",
    "span",
    "font",
    "br",
    "sup",
    "sub",
    "code",
    "ins",
    "abbr",
    "cite",
    "q",
    "small",
    "label",
    "mark",
    "time",
    "var",
    "kbd",
    "bdi",
    "bdo",
    "wbr",
    "img",
}
WORD_LIST = regex.compile(r"mso-list:\s*l\d+\s+level(\d+)")
SPACES = regex.compile(r"\s+")


def read_html(data: bytes) -> list[Block]:
    """The headings, paragraphs, lists and tables of a page. Raises Refused."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError as error:
        raise Refused(Refusal.EMPTY) from error
    body = root.find("body")
    return list(_Reader().read(root if body is None else body))


@dataclass
class _Reader:
    runs: Runs = field(default_factory=Runs)
    n_tables: int = 0

    def read(self, element: etree._Element) -> Iterator[Block]:
        yield from self._inside(element, Block(Kind.PARA), 0)
        yield from self._flush(Block(Kind.PARA))

    def _inside(self, element: etree._Element, form: Block, depth: int) -> Iterator[Block]:
        self.runs.add(element.text or "")
        for child in element:
            yield from self._element(child, form, depth)
            self.runs.add(child.tail or "")

    def _element(self, child: etree._Element, form: Block, depth: int) -> Iterator[Block]:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in INLINE and not _has_blocks(child):
            self.runs.extend(_inline(child, frozenset()))
        elif tag in LEFT_OUT or not tag:
            return
        else:
            yield from self._flush(form)
            yield from self._block(child, tag, form, depth)

    def _block(self, child: etree._Element, tag: str, form: Block, depth: int) -> Iterator[Block]:
        inner = form
        if tag in HEADINGS:
            inner = Block(Kind.HEADING, level=HEADINGS[tag], place=_place(child))
        elif tag in ("ul", "ol"):
            yield from self._list(child, tag, depth + 1)
            return
        elif tag == "table":
            yield self._table(child)
            return
        elif found := WORD_LIST.search(child.get("style", "")):
            inner = Block(Kind.LIST_ITEM, level=int(found[1]), place=_place(child))
        elif form.kind is not Kind.LIST_ITEM:
            inner = Block(Kind.PARA, place=_place(child))
        yield from self._inside(child, inner, depth)
        yield from self._flush(inner)

    def _list(self, element: etree._Element, tag: str, depth: int) -> Iterator[Block]:
        if depth > DEPTH_LIMIT:
            raise Refused(Refusal.TOO_DEEP, _place(element), str(DEPTH_LIMIT))
        style = Style.BULLET if tag == "ul" else STYLES.get(element.get("type", ""), Style.DECIMAL)
        value = int(element.get("start", "1")) if element.get("start", "1").isdigit() else 1
        for item in element:
            if item.tag == "li":
                counted = 0 if style is Style.BULLET else value
                form = Block(
                    Kind.LIST_ITEM, "", depth, Number(style), place=_place(item), value=counted
                )
                value += 1
                yield from self._inside(item, form, depth)
                yield from self._flush(form)
            elif item.tag in ("ul", "ol"):
                yield from self._list(item, str(item.tag), depth + 1)

    def _flush(self, form: Block) -> Iterator[Block]:
        runs, self.runs = self.runs, Runs()
        if runs.text.strip() or form.kind is Kind.HEADING:
            yield Block(
                form.kind,
                runs.text,
                form.level,
                form.number,
                tuple(runs.marks),
                form.place,
                value=form.value,
            )

    def _table(self, element: etree._Element) -> Block:
        self.n_tables += 1
        rows = []
        for row in element.iter("tr"):
            if next(row.iterancestors("table")) is element:
                rows.append(tuple(_cell(cell) for cell in row if cell.tag in ("td", "th")))
        return Block(Kind.TABLE, place=f"table:{self.n_tables}", rows=tuple(rows))


def _inline(element: etree._Element, kinds: frozenset[str]) -> Runs:
    runs = Runs()
    if element.tag in LEFT_OUT or not isinstance(element.tag, str):
        return runs
    if element.tag in ("br", "p", "div", "li"):
        runs.add(" ")
    kinds |= {MARKS[element.tag]} if element.tag in MARKS else set()
    runs.add(element.text or "", kinds)
    for child in element:
        runs.extend(_inline(child, kinds))
        runs.add(child.tail or "", kinds)
    return runs


def _cell(element: etree._Element) -> Cell:
    runs = _inline(element, frozenset())
    span = (element.get("rowspan", "1"), element.get("colspan", "1"))
    height, width = (max(1, int(one)) if one.isdigit() else 1 for one in span)
    return Cell(runs.text, tuple(runs.marks), (height, width))


def _has_blocks(element: etree._Element) -> bool:
    return any(isinstance(e.tag, str) and e.tag not in INLINE for e in element.iterdescendants())


def _place(element: etree._Element) -> str:
    return f"line:{element.sourceline}" if element.sourceline else ""
