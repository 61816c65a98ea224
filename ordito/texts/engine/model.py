"""A text as clauses: what each is, where it sits, and what became of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ordito.texts.engine.identity import digest


class Kind(StrEnum):
    HEADING = "heading"
    PARA = "para"
    LIST_ITEM = "list_item"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    NOTE = "note"


class Style(StrEnum):
    """How a clause is counted."""

    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    DECIMAL = "decimal"
    LETTER = "letter"
    ROMAN = "roman"
    BULLET = "bullet"


class Origin(StrEnum):
    """Where a clause of a version comes from, seen from the version before."""

    KEPT = "kept"
    EDITED = "edited"
    MOVED = "moved"
    INSERTED = "inserted"
    SPLIT = "split_from"
    MERGED = "merged_from"


@dataclass(frozen=True, slots=True)
class Number:
    """How a clause is counted among its siblings; never the number itself.

    start   the count begins again from here
    suffix  "bis", "ter": the clause repeats the number before it and does not advance the count
    """

    style: Style
    start: int | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text in code points, and how it is set: "bold", "italic", "link:ADDRESS"."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of text with a lasting identity. `text` is plain NFC, without its numbering.

    level   of a heading, from 1
    span    rows and columns that a cell covers
    origin, sources, caused_by   what the last merge did to it: from which clauses a split or a
            merge took it, and the amendments that changed it
    """

    id: str
    kind: Kind
    text: str
    parent: str | None = None
    number: Number | None = None
    marks: tuple[Mark, ...] = ()
    level: int = 0
    span: tuple[int, int] = (1, 1)
    origin: Origin = field(default=Origin.KEPT, compare=False)
    sources: tuple[str, ...] = field(default=(), compare=False)
    caused_by: tuple[str, ...] = field(default=(), compare=False)

    @property
    def hash(self) -> str:
        return digest(self.text)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A clause that is no longer there, and the surviving clause after which it stood."""

    clause: Clause
    after: str | None
    caused_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """The clauses of a text in reading order: each after its parent, children before the next
    sibling. `tombstones` are those that this and earlier versions took away."""

    clauses: tuple[Clause, ...]
    tombstones: tuple[Tombstone, ...] = field(default=(), compare=False)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def children(self) -> dict[str | None, list[Clause]]:
        """The children of each clause in order; those of None stand at the top."""
        found: dict[str | None, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            found[clause.parent].append(clause)
        return found

    @cached_property
    def position(self) -> dict[str, int]:
        return {clause.id: place for place, clause in enumerate(self.clauses)}

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each clause among its siblings, from 0."""
        return {
            clause.id: rank
            for siblings in self.children.values()
            for rank, clause in enumerate(siblings)
        }

    @cached_property
    def hash(self) -> str:
        """One digest for the whole: texts, kinds, counting, marks and the shape of the tree."""
        lines = []
        for clause in self.clauses:
            above = "" if clause.parent is None else self.position[clause.parent]
            marks = " ".join(f"{mark.start}-{mark.end}-{mark.kind}" for mark in clause.marks)
            lines.append(f"{above}|{clause.kind}|{clause.number}|{marks}|{clause.text}")
        return digest("\n".join(lines))

    def below(self, clause_id: str) -> list[Clause]:
        """A clause and all that hangs from it, in reading order."""
        found = [self.by_id[clause_id]]
        for child in self.children.get(clause_id, ()):
            found.extend(self.below(child.id))
        return found

    def above(self, clause_id: str) -> Iterator[str]:
        """The ids of the clauses that contain this one, from the nearest."""
        parent = self.by_id[clause_id].parent
        while parent is not None:
            yield parent
            parent = self.by_id[parent].parent
