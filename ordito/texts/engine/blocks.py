"""What a reader of a format hands to the engine: blocks in reading order, not yet clauses."""

from dataclasses import dataclass

from ordito.texts.engine.model import Kind, Mark, Number

DEPTH_LIMIT = 20  # of lists inside lists: what no office writes and no reader follows


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list item, a note or a table as it stands in a document.

    level   of a heading from 1; of a list item its depth, from 1
    number  how the document itself counts it, when it does so without typing the number
    value   the number that the document shows, 0 when it shows none
    place   where it is, for messages: "paragraph:12", "line:3", "table:1"
    rows    of a table: rows of cells
    """

    kind: Kind
    text: str = ""
    level: int = 0
    number: Number | None = None
    marks: tuple[Mark, ...] = ()
    place: str = ""
    rows: tuple[tuple["Cell", ...], ...] = ()
    value: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    marks: tuple[Mark, ...] = ()
    span: tuple[int, int] = (1, 1)
