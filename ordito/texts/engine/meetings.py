"""Every two amendments that meet: over the same words, in the same place, on the same clause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from ordito.texts.engine.model import Version
from ordito.texts.engine.operations import (
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Replace,
    Retitle,
    Split,
    taken_away,
)


class Why(StrEnum):
    OVERLAP = "overlap"
    DELETE_EDIT = "delete_edit"
    DELETE_INSERT = "delete_insert"
    DELETE_MOVE = "delete_move"
    MOVES = "moves"
    CYCLE = "cycle"
    STRUCTURE = "structure"  # a split or a merge against another, or against what stands inside
    ORDER = "order"  # soft: both are kept, someone says which comes first


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Two amendments that meet at a clause (of the base, or the parent of an insertion)."""

    clause: str
    why: Why
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One operation with who asks it."""

    operation: Operation
    by: str


class Meetings:
    def __init__(self, version: Version, asks: list[Ask]) -> None:
        self.version = version
        self.edits: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
        self.slots: dict[tuple[str | None, str | None], list[Ask]] = defaultdict(list)
        self.deletes: dict[str, set[str]] = defaultdict(set)
        self.roots: dict[str, set[str]] = defaultdict(set)  # what is named by a deletion
        self.moves: dict[str, list[Ask]] = defaultdict(list)
        self.shapes: dict[str, list[Ask]] = defaultdict(list)  # splits and merges, by clause
        by_author: dict[str, list[Operation]] = defaultdict(list)
        for ask in asks:
            self._enter(ask)
            by_author[ask.by].append(ask.operation)
        for by, operations in by_author.items():
            for lost in taken_away(version, operations):
                self.deletes[lost].add(by)

    def _enter(self, ask: Ask) -> None:
        match ask.operation:
            case Replace(clause, start, end, text):
                self.edits[clause].append((start, end, text, ask.by))
            case Retitle(clause, text):
                whole = max(len(self.version.by_id[clause].text), 1)
                self.edits[clause].append((0, whole, text, ask.by))
            case Insert(parent=parent, after=after):
                self.slots[parent, after].append(ask)
            case Move(clause, parent, after):
                self.moves[clause].append(ask)
                self.slots[parent, after].append(ask)
            case Delete(clause):
                self.roots[clause].add(ask.by)
            case Split(clause):
                self.shapes[clause].append(ask)
            case Merge(clause, other):
                self.shapes[clause].append(ask)
                self.shapes[other].append(ask)

    def all(self, groups: set[tuple[str, ...]]) -> Iterator[Clash]:
        groups |= {tuple(sorted(by)) for by in self.roots.values() if len(by) > 1}
        for clause, edits in self.edits.items():
            yield from self._overlaps(clause, edits, groups)
        yield from self._against_deletes()
        yield from self._orders(groups)
        yield from self._moves(groups)
        yield from self._shapes(groups)

    def _overlaps(
        self, clause: str, edits: list[tuple[int, int, str, str]], groups: set[tuple[str, ...]]
    ) -> Iterator[Clash]:
        """Sweep the edits of one clause from left to right, holding those still open."""
        same: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for start, end, text, by in edits:
            same[start, end, text].add(by)
        groups |= {tuple(sorted(by)) for by in same.values() if len(by) > 1}
        open_edits: list[tuple[int, int, str]] = []
        for start, end, text in sorted(same):
            open_edits = [one for one in open_edits if one[1] > start or one[0] == start]
            for other in open_edits:
                why = _why(other, (start, end, text))
                if why:
                    yield from _pairs(clause, why, same[other], same[start, end, text])
            open_edits.append((start, end, text))

    def _against_deletes(self) -> Iterator[Clash]:
        for clause, edits in self.edits.items():
            by = {edit[3] for edit in edits}
            yield from _pairs(clause, Why.DELETE_EDIT, self.deletes.get(clause, set()), by)
        for (parent, _after), asks in self.slots.items():
            by = {ask.by for ask in asks}
            deleted = self.deletes.get(parent or "", set())
            yield from _pairs(parent or "", Why.DELETE_INSERT, deleted, by)
        for clause, asks in self.moves.items():
            by = {ask.by for ask in asks}
            yield from _pairs(clause, Why.DELETE_MOVE, self.deletes.get(clause, set()), by)
        for clause, asks in self.shapes.items():
            by = {ask.by for ask in asks}
            yield from _pairs(clause, Why.STRUCTURE, self.deletes.get(clause, set()), by)

    def _orders(self, groups: set[tuple[str, ...]]) -> Iterator[Clash]:
        for (parent, after), asks in self.slots.items():
            if len(asks) < 2:
                continue
            same: dict[Operation, set[str]] = defaultdict(set)
            for ask in asks:
                same[ask.operation].add(ask.by)
            groups |= {tuple(sorted(by)) for by in same.values() if len(by) > 1}
            for one, other in combinations(same.values(), 2):
                yield from _pairs(after or parent or "", Why.ORDER, one, other)

    def _moves(self, groups: set[tuple[str, ...]]) -> Iterator[Clash]:
        for clause, asks in self.moves.items():
            same: dict[Operation, set[str]] = defaultdict(set)
            for ask in asks:
                same[ask.operation].add(ask.by)
            groups |= {tuple(sorted(by)) for by in same.values() if len(by) > 1}
            for one, other in combinations(same.values(), 2):
                yield from _pairs(clause, Why.MOVES, one, other)
            for path in self._circles(clause):
                for first, second in combinations(sorted(path), 2):
                    yield Clash(clause, Why.CYCLE, first, second)

    def _circles(self, clause: str) -> Iterator[set[str]]:
        """The amendments whose moves, taken together, put a clause under itself."""
        waiting: list[tuple[str | None, frozenset[str]]] = [
            (ask.operation.parent, frozenset({ask.by}))
            for ask in self.moves[clause]
            if isinstance(ask.operation, Move)
        ]
        seen: set[str] = set()
        while waiting:
            here, path = waiting.pop()
            if here == clause:
                yield set(path)
            elif here in self.version.by_id and here not in seen:
                seen.add(here)
                waiting.append((self.version.by_id[here].parent, path))
                waiting += [
                    (ask.operation.parent, path | {ask.by})
                    for ask in self.moves.get(here, ())
                    if isinstance(ask.operation, Move)
                ]

    def _shapes(self, groups: set[tuple[str, ...]]) -> Iterator[Clash]:
        for clause, asks in self.shapes.items():
            same: dict[Operation, set[str]] = defaultdict(set)
            for ask in asks:
                same[ask.operation].add(ask.by)
            groups |= {tuple(sorted(by)) for by in same.values() if len(by) > 1}
            for one, other in combinations(same.values(), 2):
                yield from _pairs(clause, Why.STRUCTURE, one, other)
            for ask in asks:
                yield from self._inside_shape(clause, ask)

    def _inside_shape(self, clause: str, ask: Ask) -> Iterator[Clash]:
        """What cannot stand with a split or a merge: an edit across the cut, a clause put between
        those that are joined, a clause joined and moved."""
        others: set[str] = set()
        match ask.operation:
            case Split(at=at):
                others = {by for start, end, _text, by in self.edits[clause] if start < at < end}
            case Merge(clause=target, other=other):
                parent = self.version.by_id[target].parent
                others = {one.by for one in self.slots.get((parent, target), ())}
                others |= {one.by for one in self.moves.get(target, ())}
                others |= {one.by for one in self.moves.get(other, ())}
        yield from _pairs(clause, Why.STRUCTURE, {ask.by}, others)


def _why(one: tuple[int, int, str], other: tuple[int, int, str]) -> Why | None:
    """How two different edits meet, the first one starting no later: touching is not meeting."""
    if one[:2] == other[:2] and one[0] == one[1]:
        return Why.ORDER
    if one[0] == one[1] or other[0] == other[1]:
        return Why.OVERLAP if one[0] < other[0] < one[1] else None
    return Why.OVERLAP if other[0] < one[1] else None


def _pairs(clause: str, why: Why, some: Iterable[str], others: Iterable[str]) -> Iterator[Clash]:
    """A clash for each two amendments."""
    for one, other in product(some, others):
        if one != other:
            first, second = sorted((one, other))
            yield Clash(clause, why, first, second)
