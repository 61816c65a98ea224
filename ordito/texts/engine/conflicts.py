"""Where amendments meet: what cannot stand together, what is the same, what needs an order."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ordito.texts.engine.meetings import Ask, Clash, Meetings, Why
from ordito.texts.engine.model import Version
from ordito.texts.engine.operations import Amendment, Fault, Merge, Problem, problems
from ordito.texts.engine.unison import in_unison


@dataclass(frozen=True)
class Point:
    """A point to decide: amendments tied to one another by clashes, in the order of their ids."""

    amendments: tuple[str, ...]
    clashes: tuple[Clash, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clash.clause for clash in self.clashes))


@dataclass(frozen=True)
class Conflicts:
    """points   what must be decided, in the reading order of the base
    orders   insertions at one place: kept in the order of the ids until someone says otherwise
    groups   amendments that ask the same thing of a clause: co-proposers
    """

    points: tuple[Point, ...]
    orders: tuple[Clash, ...]
    groups: tuple[tuple[str, ...], ...]

    def between(self, chosen: Iterable[str]) -> list[Clash]:
        """The clashes that remain when only these amendments are taken: none, and they merge."""
        kept = set(chosen)
        clashes = (clash for point in self.points for clash in point.clashes)
        return [clash for clash in clashes if clash.first in kept and clash.second in kept]


def find_conflicts(version: Version, amendments: Iterable[Amendment]) -> Conflicts:
    """Every meeting of these amendments, which have no `problems` on this version.

    Time is in the order of n log n of the operations, plus the clashes themselves.
    """
    asks = [
        Ask(op, amendment.id) for amendment in in_unison(amendments) for op in amendment.operations
    ]
    groups: set[tuple[str, ...]] = set()
    clashes = set(Meetings(version, asks).all(groups))
    hard = [clash for clash in clashes if clash.why is not Why.ORDER]
    return Conflicts(
        tuple(_points(version, hard)),
        tuple(sorted(clash for clash in clashes if clash.why is Why.ORDER)),
        tuple(sorted(groups)),
    )


def faults(version: Version, amendments: Iterable[Amendment]) -> list[Problem]:
    """All that keeps these amendments from being merged on this version: their `problems`, and
    those that contradict themselves."""
    amendments = list(amendments)
    found = problems(version, amendments)
    broken = {problem.amendment for problem in found}
    return found + [
        Problem(Fault.CONTRADICTION, amendment.id, clause=clause)
        for amendment in amendments
        if amendment.id not in broken
        for clause in _contradictions(version, amendment)
    ]


def _contradictions(version: Version, amendment: Amendment) -> list[str]:
    """The clauses on which the operations of one amendment clash; to move something out of what
    is deleted and to join more than two clauses are no contradictions."""
    asks = [Ask(op, str(seq)) for seq, op in enumerate(amendment.operations)]
    merges = {str(seq) for seq, op in enumerate(amendment.operations) if isinstance(op, Merge)}
    return sorted(
        {
            clash.clause
            for clash in Meetings(version, asks).all(set())
            if clash.why not in (Why.ORDER, Why.DELETE_MOVE)
            and not {clash.first, clash.second} <= merges
        }
    )


def _points(version: Version, clashes: list[Clash]) -> list[Point]:
    """Connected components of the clashes, by a walk from each amendment not yet reached."""
    beside: dict[str, list[Clash]] = defaultdict(list)
    for clash in clashes:
        beside[clash.first].append(clash)
        beside[clash.second].append(clash)
    reached: set[str] = set()
    points = []
    for start in sorted(beside):
        if start in reached:
            continue
        tied, waiting = {start}, [start]
        while waiting:
            for clash in beside[waiting.pop()]:
                fresh = {clash.first, clash.second} - tied
                tied |= fresh
                waiting += fresh
        reached |= tied
        inside = sorted({clash for one in tied for clash in beside[one]}, key=_by_place(version))
        points.append(Point(tuple(sorted(tied)), tuple(inside)))
    return sorted(points, key=lambda point: _by_place(version)(point.clashes[0]))


def _by_place(version: Version) -> Callable[[Clash], tuple[int, Clash]]:
    return lambda clash: (version.position.get(clash.clause, -1), clash)
