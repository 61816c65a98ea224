"""What a reader of a format hands to the engine: blocks in reading order, not yet clauses."""

from dataclasses import dataclass

from ordito.texts.engine.model import Kind, Mark, Number


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list item, a note or a table as it stands in a document.

    level   of a heading from 1; of a list item its depth, from 1
    number  how the document itself counts it, when it does so without typing the number
    place   where it is, for messages: "12" is the twelfth paragraph or line
    rows    of a table: rows of cells
    """

    kind: Kind
    text: str = ""
    level: int = 0
    number: Number | None = None
    marks: tuple[Mark, ...] = ()
    place: str = ""
    rows: tuple[tuple["Cell", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    marks: tuple[Mark, ...] = ()
    span: tuple[int, int] = (1, 1)
