"""From a version and the amendments taken to the next version, with what became of each clause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ordito.texts.engine.conflicts import Conflicts, find_conflicts
from ordito.texts.engine.diff import Edit, apply
from ordito.texts.engine.model import Clause, Mark, Origin, Tombstone, Version
from ordito.texts.engine.offsets import shifted
from ordito.texts.engine.operations import (
    Amendment,
    Insert,
    Merge,
    Move,
    Replace,
    Retitle,
    Split,
    taken_away,
)
from ordito.texts.engine.unison import in_unison


@dataclass(frozen=True)
class Merged:
    """version    the base with every amendment applied that has no open conflict
    conflicts  all the meetings among the amendments given
    applied    the ids of those in the text
    held       those that wait for a decision
    set_aside  those left because one that they clash with was chosen: id -> the chosen ones
    displaced  clauses inserted after one that is taken away: now after its place
    """

    version: Version
    conflicts: Conflicts
    applied: tuple[str, ...]
    held: tuple[str, ...]
    set_aside: dict[str, tuple[str, ...]]
    displaced: tuple[str, ...]


def merge(base: Version, amendments: Iterable[Amendment], chosen: Iterable[str] = ()) -> Merged:
    """Apply amendments that have no `problems` on this base; what clashes waits.

    chosen  the ids that win where they clash with others not chosen

    Amendments count by their ids, never by the order they come in: a set without conflicts gives
    one text, and the empty set gives the base.
    """
    asked = in_unison(amendments)
    conflicts = find_conflicts(base, asked)
    set_aside = _set_aside(conflicts, set(chosen))
    left = [amendment.id for amendment in asked if amendment.id not in set_aside]
    held = {one for clash in conflicts.between(left) for one in (clash.first, clash.second)}
    plan = _Plan(base, [one for one in asked if one.id in left and one.id not in held])
    while astray := plan.astray():  # a circle of moves too intricate for the search of conflicts
        held |= astray
        plan = _Plan(base, [one for one in plan.applied if one.id not in astray])
    return Merged(
        plan.version(),
        conflicts,
        tuple(one.id for one in plan.applied),
        tuple(sorted(held)),
        set_aside,
        plan.displaced(),
    )


def _set_aside(conflicts: Conflicts, chosen: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for point in conflicts.points:
        for clash in point.clashes:
            if (clash.first in chosen) != (clash.second in chosen):
                winner, loser = clash.first, clash.second
                if loser in chosen:
                    winner, loser = loser, winner
                found[loser].add(winner)
    return {loser: tuple(sorted(winners)) for loser, winners in found.items()}


@dataclass
class _Item:
    """What stands in a slot: a new clause, or a clause moved here."""

    clause: str
    fresh: Clause | None
    by: list[str]


@dataclass
class _Plan:
    """All that is asked, by the place of the base where it happens: a slot is a parent and the
    child after which things come. Places of the base do not move, so order is no matter."""

    base: Version
    applied: list[Amendment]
    edits: dict[str, dict[Edit, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    slots: dict[tuple[str | None, str | None], dict[str, _Item]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    deleted: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    splits: dict[str, tuple[int, str]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)  # clause taken in -> the one that takes
    shaped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for amendment in self.applied:
            for lost in taken_away(self.base, amendment.operations):
                self.deleted[lost].append(amendment.id)
            for operation in amendment.operations:
                self._enter(operation, amendment.id)

    def _enter(self, operation: object, by: str) -> None:
        match operation:
            case Replace(clause, start, end, text):
                self.edits[clause].setdefault(Edit(start, end, text), []).append(by)
            case Retitle(clause, text):
                whole = Edit(0, len(self.base.by_id[clause].text), text)
                self.edits[clause].setdefault(whole, []).append(by)
            case Insert(new, parent, after, kind, text, number, level):
                fresh = Clause(new, kind, text, parent, number, level=level, origin=Origin.INSERTED)
                self._put((parent, after), _Item(new, fresh, []), by)
            case Move(clause, parent, after):
                self.moved[clause].append(by)
                self._put((parent, after), _Item(clause, None, []), by)
            case Split(clause, at, new):
                self.splits.setdefault(clause, (at, new))
                self.shaped[clause].append(by)
            case Merge(clause, other):
                self.joined[other] = clause
                self.shaped[clause].append(by)

    def _put(self, slot: tuple[str | None, str | None], item: _Item, by: str) -> None:
        self.slots[slot].setdefault(item.clause, item).by.append(by)

    def version(self) -> Version:
        clauses = tuple(self._below(None))
        graves = tuple(self._graves({clause.id for clause in clauses}))
        return Version(clauses, self.base.tombstones + graves)

    def astray(self) -> set[str]:
        """The amendments that move what then hangs from nothing: no clause is ever lost."""
        if not self.moved:
            return set()
        alive = {clause.id for clause in self._below(None)}
        lost = self.moved.keys() - alive - self.deleted.keys() - self.joined.keys()
        return {one for clause in lost for one in self.moved[clause]}

    def displaced(self) -> tuple[str, ...]:
        """What was put after a clause that another amendment takes away."""
        return tuple(
            item.clause
            for (_parent, after), items in self.slots.items()
            for item in items.values()
            if after in self.deleted and not set(item.by) & set(self.deleted[after])
        )

    def _below(self, parent: str | None) -> Iterator[Clause]:
        for clause in self._children(parent, parent):
            yield from self._whole(clause)

    def _whole(self, clause: Clause) -> Iterator[Clause]:
        """A clause and what hangs from it; of two pieces the second keeps the children, because
        it is the one that introduces them."""
        yield clause
        if clause.id in self.splits:
            return
        owners = [clause.id]
        if clause.origin is Origin.SPLIT:
            owners.insert(0, clause.sources[0])
        for owner in (*owners, *self._taken_by(owners[0])):
            for child in self._children(owner, clause.id):
                yield from self._whole(child)

    def _children(self, parent: str | None, under: str | None) -> Iterator[Clause]:
        yield from self._slot(parent, None, under)
        for child in self.base.children.get(parent, ()):
            stays = child.id not in self.moved and child.id not in self.joined
            if stays and child.id not in self.deleted:
                yield from self._standing(child, under)
            if child.id in self.splits:
                yield from self._slot(parent, self.splits[child.id][1], under)
            yield from self._slot(parent, child.id, under)

    def _slot(self, parent: str | None, after: str | None, under: str | None) -> Iterator[Clause]:
        for item in self.slots.get((parent, after), {}).values():
            if item.fresh:
                yield replace(item.fresh, parent=under, caused_by=tuple(sorted(set(item.by))))
                if (parent, item.clause) in self.slots:
                    yield from self._slot(parent, item.clause, under)
            elif item.clause not in self.deleted:
                yield from self._standing(self.base.by_id[item.clause], under)

    def _standing(self, clause: Clause, under: str | None) -> Iterator[Clause]:
        """A clause of the base as it becomes: edited, joined, or in two pieces."""
        text, marks, by = self._edited(clause)
        changed = replace(clause, text=text, marks=marks, parent=under, sources=())
        for taken in self._taken_by(clause.id):
            changed = self._with(changed, taken, by)
        by |= set(self.moved.get(clause.id, ())) | set(self.shaped.get(clause.id, ()))
        changed = replace(
            changed, origin=self._origin(clause, changed), caused_by=tuple(sorted(by))
        )
        if clause.id not in self.splits:
            yield changed
            return
        at, new = self.splits[clause.id]
        cut = shifted(at, tuple(sorted(self.edits.get(clause.id, ()))))
        rest = changed.text[cut:]
        gap = len(rest) - len(rest.lstrip())
        yield replace(changed, text=changed.text[:cut].rstrip(), marks=_cut(marks, 0, cut))
        yield replace(
            changed,
            id=new,
            text=rest.strip(),
            marks=_cut(marks, cut + gap, len(changed.text)),
            origin=Origin.SPLIT,
            sources=(clause.id,),
        )

    def _edited(self, clause: Clause) -> tuple[str, tuple[Mark, ...], set[str]]:
        asked = self.edits.get(clause.id, {})
        edits = tuple(sorted(asked, key=lambda edit: (edit.start, edit.end)))
        by = {one for edit in edits for one in asked[edit]}
        marks = (Mark(shifted(m.start, edits), shifted(m.end, edits), m.kind) for m in clause.marks)
        text = apply(clause.text, edits)
        return text, tuple(mark for mark in marks if mark.start < mark.end), by

    def _taken_by(self, clause: str) -> list[str]:
        """The clauses that this one takes in, in reading order, through chains of merges."""
        found: list[str] = []
        for other, into in self.joined.items():
            if into == clause:
                found += [other, *self._taken_by(other)]
        return sorted(found, key=self.base.position.__getitem__)

    def _with(self, clause: Clause, taken: str, by: set[str]) -> Clause:
        text, marks, more = self._edited(self.base.by_id[taken])
        by |= more | set(self.shaped.get(taken, ()))
        at = len(clause.text) + 1
        moved = tuple(Mark(mark.start + at, mark.end + at, mark.kind) for mark in marks)
        return replace(
            clause,
            text=f"{clause.text} {text}",
            marks=clause.marks + moved,
            sources=(*(clause.sources or (clause.id,)), taken),
        )

    def _origin(self, clause: Clause, changed: Clause) -> Origin:
        if changed.sources:
            return Origin.MERGED
        if clause.id in self.moved:
            return Origin.MOVED
        return Origin.EDITED if changed.text != clause.text else Origin.KEPT

    def _graves(self, alive: set[str]) -> Iterator[Tombstone]:
        before: str | None = None
        for clause in self.base:
            if clause.id in alive:
                before = clause.id
            elif clause.id in self.deleted:
                yield Tombstone(clause, before, tuple(sorted(set(self.deleted[clause.id]))))


def _cut(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind)
        for mark in marks
        if mark.start < end and mark.end > start
    )
