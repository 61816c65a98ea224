"""From acts in files to the units that are measured: labs, districts, regions, or everything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ordito.cohesion.files.acts import Acts
from ordito.cohesion.files.beside import Roster
from ordito.cohesion.measures.incidence import (
    BoolArray,
    Incidence,
    IntArray,
    incidence,
)
from ordito.cohesion.measures.unit import Unit


class Level(StrEnum):
    LAB = "lab"
    DISTRICT = "district"
    REGION = "region"
    ALL = "all"


@dataclass(frozen=True)
class Source:
    """Acts with the files beside them, the window (days, both included) and a body left out."""

    acts: Acts
    roster: Roster | None = None
    labels: Mapping[str, IntArray] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    without: int | None = None

    @property
    def bodies(self) -> tuple[str, ...]:
        return self.roster.bodies if self.roster else self.acts.names["body"]

    @property
    def window(self) -> tuple[int, int]:
        """The first and last day measured: those of the file unless others are given."""
        days = self.acts.day
        first, last = (int(days.min()), int(days.max())) if len(days) else (0, 0)
        return (
            first if self.since is None else self.since,
            last if self.until is None else self.until,
        )


@dataclass(frozen=True)
class Part:
    """A unit with its name, and what its numbers stand for in the files.

    bodies, kinds    (n,) and (n_kinds,) numbers in the files
    guests           presences of bodies that are not on the roster, counted apart
    """

    level: Level
    name: str
    unit: Unit
    bodies: IntArray
    kinds: IntArray
    guests: int
    guest_bodies: int
    acts: IntArray


def parts(source: Source, level: Level) -> Iterator[Part]:
    """The units of a level, by name. The nodes of a unit are its roster on the last day of the
    window, or without a roster file every body seen; acts keep their whole size either way.

    The order of bodies and acts in a unit depends on who came to what and on the names of acts,
    never on the order of rows or the names of bodies: results agree to the last digit.
    """
    acts = source.acts
    first, last = source.window
    inside = (acts.day >= first) & (acts.day <= last)
    group = _groups(acts, level)
    rows = np.argsort(group[acts.act], kind="stable")
    ends = np.cumsum(np.bincount(group[acts.act], minlength=int(group.max(initial=-1)) + 1))
    names = _names(acts, level)
    numbers = range(len(ends)) if level is not Level.ALL else [0]
    for number in sorted(numbers, key=lambda one: names[one]):
        start, end = (int(ends[number - 1]) if number else 0), int(ends[number]) if len(ends) else 0
        mine = rows[start:end]
        yield _part(source, level, names[number], mine, inside & (group == number))


def _groups(acts: Acts, level: Level) -> IntArray:
    """(n_acts,) the unit of each act; labs of one name in two districts are two units."""
    if level is Level.ALL:
        return np.zeros(acts.n_acts, dtype=np.int64)
    if level is Level.REGION:
        return acts.region
    if level is Level.DISTRICT:
        return acts.district
    return np.unique(_lab_keys(acts.lab, acts.district), return_inverse=True)[1]


def _lab_keys(lab: IntArray, district: IntArray) -> IntArray:
    return (district + 1) * (1 << 32) + lab


def _names(acts: Acts, level: Level) -> list[str]:
    if level is Level.ALL:
        return ["all"]
    if level is not Level.LAB:
        return list(acts.names[level.value])
    keys = np.unique(_lab_keys(acts.lab, acts.district))
    labs, districts = keys & ((1 << 32) - 1), (keys >> 32) - 1
    plain = [acts.names["lab"][lab] for lab in labs]
    if len(set(plain)) == len(plain):
        return plain
    places = [acts.names["district"][one] if one >= 0 else "" for one in districts]
    return [f"{place} / {lab}" for place, lab in zip(places, plain, strict=True)]


def _part(source: Source, level: Level, name: str, rows: IntArray, held: BoolArray) -> Part:
    acts = source.acts
    kept = held & acts.has_sheet
    rows = rows[kept[acts.act[rows]]]
    if source.without is not None:
        rows = rows[acts.body[rows] != source.without]
    body, act = acts.body[rows], _in_order(acts, np.flatnonzero(kept))
    adhesions = _adhesions(source, level, held)
    nodes = np.unique(body) if adhesions is None else _in_force(source, adhesions)
    place = np.full(acts.n_acts, -1, dtype=np.int64)
    place[act] = np.arange(len(act))
    bodies = _by_presences(nodes, body, place[acts.act[rows]], source.labels)
    number = _numbers(bodies, body, len(source.bodies))
    kinds, kind = np.unique(acts.kind[act], return_inverse=True)
    table = incidence(
        number,
        place[acts.act[rows]],
        n_bodies=len(bodies),
        n_acts=len(act),
        kind=kind,
        day=acts.day[act],
        weight=acts.weight[rows],
        side=acts.side[rows],
    )
    came, due = _attendance(source, adhesions, table, bodies, act, body, place[acts.act[rows]])
    unit = Unit(
        table=table,
        came=came,
        due=due,
        members=_members(source, adhesions, table, bodies, act),
        labels={key: _renumbered(label[bodies]) for key, label in source.labels.items()},
        n_missing=int((held & ~acts.has_sheet).sum()),
    )
    n_guests = len(np.unique(number[number >= len(bodies)]))
    return Part(level, name, unit, bodies, kinds, table.n_guest_presences, n_guests, act)


def _in_order(acts: Acts, chosen: IntArray) -> IntArray:
    """Acts by day and then name, as the order of rows must not matter."""
    names = acts.names["kind"]
    text = [names[kind] if kind >= 0 else "" for kind in acts.kind[chosen]]
    return chosen[np.lexsort((np.asarray(text, dtype=str), acts.day[chosen]))]


def _by_presences(
    nodes: IntArray, body: IntArray, place: IntArray, labels: Mapping[str, IntArray]
) -> IntArray:
    """Bodies in the order of what they came to: equal ones are alike in all but their name."""
    order = np.lexsort((place, body))
    sorted_body, sorted_place = body[order], place[order].astype(">i4")
    starts = np.searchsorted(sorted_body, nodes, "left")
    stops = np.searchsorted(sorted_body, nodes, "right")
    keys = [
        (sorted_place[a:b].tobytes(), *(int(label[node]) for label in labels.values()), int(node))
        for a, b, node in zip(starts, stops, nodes, strict=True)
    ]
    return np.asarray([key[-1] for key in sorted(keys)], dtype=np.int64)


def _numbers(bodies: IntArray, body: IntArray, n_all: int) -> IntArray:
    """Rows in the numbers of the unit; bodies that are no nodes come after, as guests."""
    number = np.full(n_all + 1, -1, dtype=np.int64)
    number[bodies] = np.arange(len(bodies))
    found = number[body]
    guests = np.unique(body[found < 0])
    number[guests] = len(bodies) + np.arange(len(guests))
    return number[body]


def _adhesions(source: Source, level: Level, held: BoolArray) -> BoolArray | None:
    """(a,) the adhesions to labs of the unit, None without a roster file."""
    if source.roster is None:
        return None
    if level is Level.ALL:
        keep = np.ones(len(source.roster.body), dtype=bool)
    else:
        keys = _lab_keys(source.acts.lab[held], source.acts.district[held])
        keep = np.isin(_roster_keys(source), keys)
    if source.without is not None:
        keep &= source.roster.body != source.without
    return keep


def _roster_keys(source: Source) -> IntArray:
    """The lab of each adhesion, told apart by district, found in the acts where not written."""
    roster, acts = source.roster, source.acts
    if roster is None:
        return np.zeros(0, dtype=np.int64)
    home = np.full(len(acts.names["lab"]) + 1, -1, dtype=np.int64)
    home[acts.lab] = acts.district
    district = np.where(roster.district >= 0, roster.district, home[roster.lab])
    return _lab_keys(roster.lab, district)


def _in_force(source: Source, adhesions: BoolArray) -> IntArray:
    roster, day = source.roster, source.window[1]
    if roster is None:
        return np.zeros(0, dtype=np.int64)
    return np.unique(roster.body[adhesions & (roster.since <= day) & (roster.to >= day)])


def _attendance(
    source: Source,
    adhesions: BoolArray | None,
    table: Incidence,
    bodies: IntArray,
    act: IntArray,
    body: IntArray,
    place: IntArray,
) -> tuple[IntArray, IntArray]:
    """(n_acts,) who came and who was due, on the roster of the act's lab on its day."""
    acts, roster = source.acts, source.roster
    keys = _lab_keys(acts.lab[act], acts.district[act])
    if roster is None or adhesions is None:
        seen = np.unique(np.stack((keys[table.act], bodies[table.body])), axis=1)[0]
        labs, sizes = np.unique(seen, return_counts=True)
        due = np.zeros(len(act), dtype=np.int64)
        known = np.isin(keys, labs)
        due[known] = sizes[np.searchsorted(labs, keys[known])]
        return table.present, due
    came, due = np.zeros(len(act), dtype=np.int64), np.zeros(len(act), dtype=np.int64)
    whose = _roster_keys(source)
    present = np.unique(np.stack((place, body)), axis=1)
    starts = np.searchsorted(present[0], np.arange(len(act) + 1))
    for number in range(len(act)):
        day = acts.day[act[number]]
        entitled = adhesions & (whose == keys[number]) & (roster.since <= day) & (roster.to >= day)
        those = np.unique(roster.body[entitled])
        due[number] = len(those)
        came[number] = int(np.isin(present[1, starts[number] : starts[number + 1]], those).sum())
    return came, due


def _members(
    source: Source,
    adhesions: BoolArray | None,
    table: Incidence,
    bodies: IntArray,
    act: IntArray,
) -> BoolArray:
    """(n_bodies, n_labs) by adhesions in force, or without a roster by acts come to."""
    acts, roster = source.acts, source.roster
    keys = _lab_keys(acts.lab[act], acts.district[act])
    if roster is None or adhesions is None:
        body, key = table.body, keys[table.act]
    else:
        day = source.window[1]
        kept = adhesions & (roster.since <= day) & (roster.to >= day)
        number = np.full(len(source.bodies) + 1, -1, dtype=np.int64)
        number[bodies] = np.arange(len(bodies))
        body, key = number[roster.body[kept]], _roster_keys(source)[kept]
    labs, lab = np.unique(key, return_inverse=True)
    members = np.zeros((len(bodies), len(labs)), dtype=bool)
    members[body, lab] = True
    return members


def _renumbered(label: IntArray) -> IntArray:
    """Groups numbered from 0 in this unit, -1 where unknown."""
    known = np.unique(label[label >= 0])
    found = np.searchsorted(known, label)
    return np.where(label >= 0, found, -1)
