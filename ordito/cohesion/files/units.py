"""From acts in files to the units that are measured: labs, districts, regions, or everything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from ordito.cohesion.files import rosters
from ordito.cohesion.files.acts import Acts
from ordito.cohesion.files.rosters import lab_keys, positions
from ordito.cohesion.files.source import Source
from ordito.cohesion.measures.incidence import Incidence, IntArray, incidence
from ordito.cohesion.measures.unit import Unit


class Level(StrEnum):
    LAB = "lab"
    DISTRICT = "district"
    REGION = "region"
    ALL = "all"


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
    guest_presences: int
    guest_bodies: int


def parts(source: Source, level: Level) -> Iterator[Part]:
    """The units of a level, by name. The nodes of a unit are its roster on the last day of the
    window, or without a roster file every body seen; acts keep their whole size either way.

    The order of bodies and acts in a unit depends on who came to what and on the names of acts,
    never on the order of rows or the names of bodies: results agree to the last digit.
    """
    acts = source.acts
    names, group = _groups(acts, level)
    first, last = source.window
    inside = (acts.day >= first) & (acts.day <= last)
    rows = np.argsort(group[acts.act], kind="stable")
    row_ends = np.searchsorted(group[acts.act][rows], np.arange(len(names)), "right")
    held = np.flatnonzero(inside)
    held = held[np.argsort(group[held], kind="stable")]
    act_ends = np.searchsorted(group[held], np.arange(len(names)), "right")
    for number in sorted(range(len(names)), key=names.__getitem__):
        start, act_start = (row_ends[number - 1], act_ends[number - 1]) if number else (0, 0)
        yield _part(
            source,
            level,
            names[number],
            rows[start : row_ends[number]],
            held[act_start : act_ends[number]],
        )


def _groups(acts: Acts, level: Level) -> tuple[list[str], IntArray]:
    """The names of units, and (n_acts,) that of each act; labs of one name in two districts are
    two units."""
    if level is Level.ALL:
        return ["all"], np.zeros(acts.n_acts, dtype=np.int64)
    if level is not Level.LAB:
        group = acts.region if level is Level.REGION else acts.district
        return list(acts.names[level.value]), group
    keys, first, group = np.unique(
        lab_keys(acts.lab, acts.district), return_index=True, return_inverse=True
    )
    plain = [acts.names["lab"][lab] for lab in acts.lab[first]]
    if len(set(plain)) == len(plain):
        return plain, group
    places = [acts.names["district"][one] if one >= 0 else "" for one in acts.district[first]]
    return [f"{place} / {lab}" for place, lab in zip(places, plain, strict=True)], group


def _part(source: Source, level: Level, name: str, rows: IntArray, held: IntArray) -> Part:
    acts = source.acts
    act = _in_order(acts, held[acts.has_sheet[held]])
    place = positions(act, acts.act[rows])
    kept = (place >= 0) & (acts.body[rows] >= 0)
    if source.without is not None:
        kept &= acts.body[rows] != source.without
    rows, place = rows[kept], place[kept]
    body = acts.body[rows]
    adhesions = rosters.adhesions(source, level.value, held)
    nodes = np.unique(body) if adhesions is None else adhesions.in_force(source.window[1])
    bodies = _by_presences(nodes, body, place, source.labels)
    kinds, kind = np.unique(acts.kind[act], return_inverse=True)
    number = _numbers(bodies, body)
    table = incidence(
        number,
        place,
        n_bodies=len(bodies),
        n_acts=len(act),
        kind=kind,
        day=acts.day[act],
        weight=acts.weight[rows],
        side=acts.side[rows],
    )
    unit = replace(
        _unit(source, adhesions, table, bodies, act, body, place),
        n_missing=len(held) - len(act),
    )
    n_guests = len(np.unique(number[number >= len(bodies)]))
    return Part(level, name, unit, bodies, kinds, table.n_guest_presences, n_guests)


def _unit(
    source: Source,
    adhesions: rosters.Adhesions | None,
    table: Incidence,
    bodies: IntArray,
    act: IntArray,
    body: IntArray,
    place: IntArray,
) -> Unit:
    """The table with its participation, labs and labels; `body` and `place` of each presence."""
    acts = source.acts
    keys = lab_keys(acts.lab[act], acts.district[act])
    if adhesions is None:
        came, due = rosters.seen_attendance(table, keys)
        members = rosters.membership(table.body, keys[table.act], len(bodies))
    else:
        came, due = adhesions.attendance(body, place, acts.day[act], keys)
        members = adhesions.membership(source.window[1], bodies)
    labels = {name: _renumbered(label[bodies]) for name, label in source.labels.items()}
    return Unit(table, came, due, members, labels)


def _in_order(acts: Acts, chosen: IntArray) -> IntArray:
    """Acts by day, kind and name: the order of rows must not matter."""
    keys = (acts.lab[chosen], acts.name[chosen], acts.kind[chosen], acts.day[chosen])
    return chosen[np.lexsort(keys)]


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


def _numbers(bodies: IntArray, body: IntArray) -> IntArray:
    """Rows in the numbers of the unit; bodies that are no nodes come after, as guests."""
    number = positions(bodies, body)
    is_guest = number < 0
    guest = np.unique(body[is_guest], return_inverse=True)[1]
    number[is_guest] = len(bodies) + guest
    return number


def _renumbered(label: IntArray) -> IntArray:
    """Groups numbered from 0 in this unit, -1 where unknown."""
    known = np.unique(label[label >= 0])
    return np.where(label >= 0, np.searchsorted(known, label), -1)
