"""What an amendment asks, in the coordinates of the version it was written on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ordito.texts.engine.diff import diff
from ordito.texts.engine.identity import digest
from ordito.texts.engine.model import Kind, Number, Version


@dataclass(frozen=True, slots=True)
class Replace:
    """Put `text` in place of [start, end) of a clause; an empty stretch is an insertion."""

    clause: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Retitle:
    """Put `text` in place of the whole clause: it meets every other edit of it."""

    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Insert:
    """A new clause under `parent` (None: at the top), after `after` (None: first)."""

    id: str
    parent: str | None
    after: str | None
    kind: Kind
    text: str
    number: Number | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a clause away, and all that hangs from it."""

    clause: str


@dataclass(frozen=True, slots=True)
class Move:
    """Take a clause, and all that hangs from it, under `parent` after `after`."""

    clause: str
    parent: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Split:
    """Break a clause at a point of its text; what follows becomes the new clause `id`."""

    clause: str
    at: int
    id: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Join the text and the children of `other`, the next sibling, to the end of a clause."""

    clause: str
    other: str


Operation = Replace | Retitle | Insert | Delete | Move | Split | Merge


@dataclass(frozen=True)
class Amendment:
    """What one proposer asks, taken or left as a whole.

    bases  the digest of each clause as its author saw it, by clause id, for those known
    """

    id: str
    by: str
    operations: tuple[Operation, ...]
    reason: str = ""
    bases: tuple[tuple[str, str], ...] = ()


class Fault(StrEnum):
    """Why an amendment cannot be read on this version."""

    SAME_ID = "same_id"
    NO_CLAUSE = "no_clause"
    OTHER_VERSION = "other_version"
    OUT_OF_TEXT = "out_of_text"
    UNDER_ITSELF = "under_itself"
    NOT_NEXT = "not_next"
    NOT_THERE = "not_there"
    EMPTY_PIECE = "empty_piece"
    TAKEN_ID = "taken_id"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Problem:
    fault: Fault
    amendment: str
    seq: int = 0
    clause: str = ""


def rewrite(version: Version, clause: str, text: str) -> tuple[Replace, ...]:
    """The replacements of whole words that turn a clause into `text`, as few as they can be."""
    edits = diff(version.by_id[clause].text, text, letters=False).edits
    return tuple(Replace(clause, edit.start, edit.end, edit.text) for edit in edits)


def taken_away(version: Version, operations: Iterable[Operation]) -> list[str]:
    """The clauses that these operations of one amendment delete, less those that they move out."""
    operations = list(operations)
    moved = {operation.clause for operation in operations if isinstance(operation, Move)}
    saved = {clause.id for root in moved for clause in version.below(root)}
    deleted = [op.clause for op in operations if isinstance(op, Delete)]
    lost = {clause.id for root in deleted for clause in version.below(root)}
    return sorted(lost - (saved - set(deleted)), key=version.position.__getitem__)


def problems(version: Version, amendments: Iterable[Amendment]) -> list[Problem]:
    """Everything that keeps these amendments from being read on this version."""
    amendments = list(amendments)
    counts = Counter(amendment.id for amendment in amendments)
    found = [Problem(Fault.SAME_ID, one) for one, count in counts.items() if count > 1]
    for amendment in amendments:
        found += _of_amendment(version, amendment)
    return found


def _of_amendment(version: Version, amendment: Amendment) -> Iterator[Problem]:
    for clause, base in amendment.bases:
        if clause in version.by_id and digest(version.by_id[clause].text) != base:
            yield Problem(Fault.OTHER_VERSION, amendment.id, clause=clause)
    made: dict[str, str | None] = {}  # what it makes, and under which parent
    for seq, operation in enumerate(amendment.operations, 1):
        absent = [one for one in _targets(operation) if one not in version.by_id]
        known = version.by_id.keys() | made.keys()
        absent += [one for one in _places(operation) if one not in known]
        if absent:
            yield Problem(Fault.NO_CLAUSE, amendment.id, seq, absent[0])
            continue
        if fault := _fault(version, operation, made):
            yield Problem(fault, amendment.id, seq)
        match operation:
            case Insert(id=new, parent=parent):
                made[new] = parent
            case Split(clause=clause, id=new):
                made[new] = version.by_id[clause].parent


def _targets(operation: Operation) -> list[str]:
    """The clauses that an operation changes: those of the version alone."""
    match operation:
        case Insert():
            return []
        case Merge(clause, other):
            return [clause, other]
        case _:
            return [operation.clause]


def _places(operation: Operation) -> list[str]:
    """The clauses beside or under which it puts something: those that the amendment makes too."""
    if not isinstance(operation, Insert | Move):
        return []
    return [one for one in (operation.parent, operation.after) if one is not None]


def _fault(version: Version, operation: Operation, made: dict[str, str | None]) -> Fault | None:
    match operation:
        case Insert(id=new) | Split(id=new) if new in version.by_id or new in made:
            return Fault.TAKEN_ID
        case Insert(parent=parent, after=after):
            return Fault.NOT_THERE if _is_astray(version, parent, after, made) else None
        case Move(clause, parent, after):
            if _is_astray(version, parent, after, made) or after == clause:
                return Fault.NOT_THERE
            is_below = parent in version.by_id and clause in version.above(str(parent))
            return Fault.UNDER_ITSELF if parent == clause or is_below else None
        case Replace(clause, start, end):
            inside = 0 <= start <= end <= len(version.by_id[clause].text)
            return None if inside else Fault.OUT_OF_TEXT
        case Split(clause, at):
            text = version.by_id[clause].text
            halves = at >= 0 and text[:at].strip() and text[at:].strip()
            return None if halves else Fault.EMPTY_PIECE
        case Merge(clause, other):
            siblings = version.children[version.by_id[clause].parent]
            place = version.rank[clause] + 1
            is_next = place < len(siblings) and siblings[place].id == other
            return None if is_next else Fault.NOT_NEXT
    return None


def _is_astray(
    version: Version, parent: str | None, after: str | None, made: dict[str, str | None]
) -> bool:
    """`after` stands, but not under `parent`."""
    if after is None:
        return False
    stands_under = made[after] if after in made else version.by_id[after].parent
    return stands_under != parent
