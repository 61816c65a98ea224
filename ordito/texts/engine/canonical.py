"""From the blocks of a document to canonical clauses, with the list of what was normalised."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ordito.texts.engine.blocks import Block, Cell
from ordito.texts.engine.identity import new_id
from ordito.texts.engine.model import Clause, Kind, Mark, Number, Style, Version
from ordito.texts.engine.numbering import Typed, as_roman_item, typed_number
from ordito.texts.engine.plain import Change, plain

# How deep a partition sits when a document types it as a plain paragraph.
DEPTHS = {Style.TITLE: 1, Style.CHAPTER: 2, Style.SECTION: 3, Style.ARTICLE: 4}


class Sort(StrEnum):
    """A remark on the structure, beside the changes of characters."""

    NUMBER_READ = "number_read"  # typed by hand, equal to the computed one: taken out of the text
    NUMBER_KEPT = "number_kept"  # typed by hand, out of sequence: left in the text
    EMPTY_LEFT_OUT = "empty_left_out"
    MERGED_CELLS = "merged_cells"
    LEVEL_SKIPPED = "level_skipped"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something normalised or to look at: what, in which block of the document, how many times."""

    sort: Change | Sort
    place: str
    count: int = 1
    clause: str | None = None
    detail: str = ""


@dataclass(frozen=True)
class Draft:
    """A text as read: its clauses, and what was normalised on the way."""

    version: Version
    remarks: tuple[Remark, ...]


_Count = tuple[str | None, Kind, Style]  # what is counted together: parent, kind, style


@dataclass
class _Builder:
    next_id: Callable[[], str]
    clauses: list[Clause] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    headings: list[Clause] = field(default_factory=list)  # those open, outermost first
    items: list[Clause | None] = field(default_factory=list)  # list items open, by depth
    lead: Clause | None = None  # the paragraph that a list or a table continues
    last: dict[_Count, int] = field(default_factory=dict)
    paths: dict[str | None, tuple[int, ...]] = field(default_factory=dict)  # "2.1" of a heading

    def add(self, block: Block) -> None:
        if block.kind is Kind.TABLE:
            self._table(block)
            return
        text, marks = self._plain(block.text, block.marks, block.place)
        if not text:
            self.remarks.append(Remark(Sort.EMPTY_LEFT_OUT, block.place))
            return
        typed = _typed(text, block)
        kind, level = self._sort(block, typed)
        clause = Clause(self.next_id(), kind, text, number=block.number, marks=marks, level=level)
        clause = replace(clause, parent=self._parent(clause, block, typed))
        if typed:
            clause = self._without_number(clause, typed, block.place)
        elif clause.number and block.value:
            clause = self._counted(clause, clause.number, block.value)
        self._open(clause, block)
        self.clauses.append(clause)

    def _sort(self, block: Block, typed: Typed | None) -> tuple[Kind, int]:
        """The kind of a block, and its level, once its number has been seen."""
        if typed and typed.style in DEPTHS:
            return Kind.HEADING, block.level or DEPTHS[typed.style]
        if block.kind is Kind.HEADING:
            return Kind.HEADING, max(block.level, 1)
        if typed and block.kind is Kind.PARA and _is_item(typed, block.text):
            return Kind.LIST_ITEM, 0
        if block.kind is Kind.LIST_ITEM and block.level <= 1 and self._is_comma(block):
            return Kind.PARA, 0
        return block.kind, 0

    def _is_comma(self, block: Block) -> bool:
        """A paragraph numbered by the word processor straight under an article."""
        article = self.headings and self.headings[-1].number
        is_decimal = block.number is not None and block.number.style is Style.DECIMAL
        is_first = self.lead is None or self.lead.number is not None
        return bool(article and article.style is Style.ARTICLE and is_decimal and is_first)

    def _counted(self, clause: Clause, number: Number, value: int) -> Clause:
        """The number that the document shows is kept as a start where it does not follow."""
        key = _count(clause, number.style)
        follows = value == self.last.get(key, 0) + 1
        self.last[key] = value
        return clause if follows else replace(clause, number=replace(number, start=value))

    def _plain(self, text: str, marks: Iterable[Mark], place: str) -> tuple[str, tuple[Mark, ...]]:
        text, kept, changes = plain(text, marks)
        self.remarks += [Remark(sort, place, count) for sort, count in changes.items() if count]
        return text, kept

    def _parent(self, clause: Clause, block: Block, typed: Typed | None) -> str | None:
        if clause.kind is Kind.HEADING:
            while self.headings and self.headings[-1].level >= clause.level:
                self.headings.pop()
            if self.headings and clause.level > self.headings[-1].level + 1 and not typed:
                self.remarks.append(Remark(Sort.LEVEL_SKIPPED, block.place, clause=clause.id))
        elif clause.kind is Kind.LIST_ITEM:
            depth = max(block.level, 1)
            del self.items[depth - 1 :]
            above = next((item for item in reversed(self.items) if item), self.lead)
            if above:
                return above.id
        return self.headings[-1].id if self.headings else None

    def _without_number(self, clause: Clause, typed: Typed, place: str) -> Clause:
        """Take the typed number out when it is the one that the place gives; keep it otherwise."""
        for reading in _readings(typed, clause):
            key = _count(clause, reading.style)
            if self._fits(reading, key):
                start = None if self._follows(reading, key) else reading.value
                self.last[key], self.paths[clause.id] = reading.value, reading.path
                self.remarks.append(Remark(Sort.NUMBER_READ, place, clause=clause.id))
                number = Number(reading.style, start, reading.suffix)
                return _cut(clause, reading.length, number)
        head = clause.text[: typed.length].strip()
        self.remarks.append(Remark(Sort.NUMBER_KEPT, place, clause=clause.id, detail=head))
        return clause

    def _follows(self, typed: Typed, key: _Count) -> bool:
        expected = self.last.get(key, 0) + (not typed.suffix)
        return typed.style is Style.BULLET or typed.value == expected

    def _fits(self, typed: Typed, key: _Count) -> bool:
        """The number follows the one before it, or begins a count."""
        if len(typed.path) > 1 and self.paths.get(key[0]) != typed.path[:-1]:
            return False
        begins = key not in self.last or (typed.value == 1 and typed.style not in DEPTHS)
        return self._follows(typed, key) or (begins and not typed.suffix)

    def _open(self, clause: Clause, block: Block) -> None:
        if clause.kind is Kind.HEADING:
            self.headings.append(clause)
            self.items, self.lead = [], None
        elif clause.kind is Kind.LIST_ITEM:
            depth = max(block.level, 1)
            self.items += [None] * (depth - 1 - len(self.items)) + [clause]
        elif clause.kind is Kind.PARA:
            self.items, self.lead = [], clause

    def _table(self, block: Block) -> None:
        parent = self.headings[-1].id if self.headings else None
        self.items, self.lead = [], None
        table = Clause(self.next_id(), Kind.TABLE, "", parent)
        self.clauses.append(table)
        merged = sum(cell.span != (1, 1) for row in block.rows for cell in row)
        if merged:
            self.remarks.append(Remark(Sort.MERGED_CELLS, block.place, merged, table.id))
        for row in block.rows:
            line = Clause(self.next_id(), Kind.ROW, "", table.id)
            self.clauses.append(line)
            self.clauses += [self._cell(cell, line.id, block.place) for cell in row]

    def _cell(self, cell: Cell, row: str, place: str) -> Clause:
        text, marks = self._plain(cell.text, cell.marks, place)
        return Clause(self.next_id(), Kind.CELL, text, row, marks=marks, span=cell.span)


def canonicalise(blocks: Iterable[Block], next_id: Callable[[], str] = new_id) -> Draft:
    """Make clauses of blocks: text in NFC without invisible signs, numbers out of the text when
    they are the computed ones, list items under the paragraph that introduces them.

    next_id  gives the identifiers: fresh ones, or `ids_from(seed)` for a file read again
    """
    builder = _Builder(next_id)
    for block in blocks:
        builder.add(block)
    return Draft(Version(tuple(builder.clauses)), tuple(builder.remarks))


def _count(clause: Clause, style: Style) -> _Count:
    return None if style is Style.ARTICLE else clause.parent, clause.kind, style


def _typed(text: str, block: Block) -> Typed | None:
    """The number typed in a text that the document does not count; one after a bullet too."""
    if block.number is None:
        return typed_number(text, block.kind)
    typed = typed_number(text, block.kind) if block.number.style is Style.BULLET else None
    return typed if typed and typed.style is not Style.BULLET else None


def _is_item(typed: Typed, text: str) -> bool:
    """ "1. Text" opens a comma; "a)", "1)" and bullets open an item of a list."""
    return typed.style is not Style.DECIMAL or text.lstrip()[: typed.length].strip().endswith(")")


def _readings(typed: Typed, clause: Clause) -> list[Typed]:
    other = as_roman_item(typed, clause.text) if typed.style is Style.LETTER else typed
    return [typed] if other == typed else [typed, other]


def _cut(clause: Clause, length: int, number: Number) -> Clause:
    marks = tuple(
        Mark(max(mark.start - length, 0), mark.end - length, mark.kind)
        for mark in clause.marks
        if mark.end > length
    )
    return replace(clause, text=clause.text[length:], number=number, marks=marks)
