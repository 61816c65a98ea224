"""How clauses stand on paper: what precedes the text, how deep, and the grid of a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from ordito.texts.engine.labels import BULLET, Label, labels
from ordito.texts.engine.model import Clause, Kind, Style, Version

SEPARATED = (Style.TITLE, Style.CHAPTER, Style.SECTION, Style.ARTICLE)


@dataclass(frozen=True, slots=True)
class Printed:
    """A clause as it is set: `head` is its number in words, `depth` that of a list item."""

    clause: Clause
    head: str
    depth: int

    @property
    def is_bullet(self) -> bool:
        return self.clause.kind is Kind.LIST_ITEM and not self.head


def printed(version: Version) -> Iterator[Printed]:
    """The clauses in order, with what stands before their text. Rows and cells are not among
    them: they are set by `grid` with their table."""
    found = labels(version)
    for clause in version:
        if clause.kind not in (Kind.ROW, Kind.CELL):
            yield Printed(clause, head(clause, found), list_depth(clause, version))


def head(clause: Clause, found: dict[str, Label]) -> str:
    """The number before a text, with the space or the dash that follows it."""
    marker = found[clause.id].marker
    if marker in ("", BULLET):
        return ""
    is_separated = clause.number and clause.number.style in SEPARATED
    return f"{marker} – " if is_separated and clause.text else f"{marker} "


def list_depth(clause: Clause, version: Version) -> int:
    """How many lists a list item is in, itself included; 0 for what is not one."""
    if clause.kind is not Kind.LIST_ITEM:
        return 0
    above = (version.by_id[one].kind for one in version.above(clause.id))
    return 1 + sum(kind is Kind.LIST_ITEM for kind in above)


def grid(table: Clause, version: Version) -> list[list[Clause | None]]:
    """The cells of a table by row and column; None where a cell covers more than its place."""
    rows = version.children.get(table.id, [])
    places: dict[tuple[int, int], Clause | None] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in version.children.get(row.id, []):
            while (number, column) in places:
                column += 1
            for down in range(cell.span[0]):
                for across in range(cell.span[1]):
                    here = cell if down == across == 0 else None
                    places[number + down, column + across] = here
            column += cell.span[1]
    width = max((column for _row, column in places), default=-1) + 1
    return [[places.get((row, column)) for column in range(width)] for row in range(len(rows))]
