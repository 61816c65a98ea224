"""The compiled form of what a nation needs thousands of times: the only module with numba."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numba import njit

from ordito.cohesion.measures.bands import Read
from ordito.cohesion.measures.catalogue import Entry
from ordito.cohesion.measures.engine import Kernel, Request
from ordito.cohesion.measures.incidence import (
    FloatArray,
    Incidence,
    IntArray,
    act_weights,
)
from ordito.cohesion.measures.nulls import BETWEEN, BURN_IN
from ordito.cohesion.measures.projection import ALIVE
from ordito.cohesion.measures.unit import Graph, Unit

Sums = tuple[int, int, int, float]
"""Pairs, pair-kinds, tied pairs and mass of a table."""


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


NAMES: dict[str, Callable[[Incidence, Sums], float | None]] = {
    "pairs": lambda _t, s: float(s[0]),
    "mass": lambda _t, s: s[3],
    "mass_per_body": lambda t, s: _share(2 * s[3], t.n_bodies),
    "saturation": lambda t, s: _share(s[3], t.n_kinds * t.n_bodies * (t.n_bodies - 1) / 2),
    "recurrence": lambda _t, s: _share(s[3], s[1]),
    "density": lambda t, s: _share(2 * s[2], t.n_bodies * (t.n_bodies - 1)),
    "mean_degree": lambda t, s: _share(2 * s[2], t.n_bodies),
}
"""The measures that have a compiled form."""


def sums(
    table: Incidence,
    weights: FloatArray,
    at_least: float = ALIVE,
    room: tuple[FloatArray, FloatArray] | None = None,
) -> Sums:
    """Pairs, pair-kinds, pairs of weight `at_least` or more, and mass, in one pass.

    weights    (n_acts,) from `act_weights`
    room       two matrices of zeros, n by n or larger, left as they were: for repeated calls

    Returns the counts and M that `project` and `interactive_mass` give, M to rounding; zeros for
    an empty table. Undirected only.
    """
    n = table.n_bodies
    layer, whole = room or (np.zeros((n, n)), np.zeros((n, n)))
    order = np.argsort(table.kind, kind="stable")
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(table.present)))
    roots = np.sqrt(table.weight)
    pairs, pair_kinds, tied, mass = 0, 0, 0, 0.0
    for kind in range(table.n_kinds):
        acts = order[table.kind[order] == kind] if table.n_kinds > 1 else order
        _scatter(layer, acts, starts, table.body, roots, weights)
        is_last = kind == table.n_kinds - 1
        count, more, found, strong = _empty(layer, whole, n, at_least, table.n_kinds > 1, is_last)
        pair_kinds, mass = pair_kinds + count, mass + more
        pairs, tied = found, strong
    return pairs, pair_kinds, tied, mass


@njit(cache=True)
def _scatter(
    layer: FloatArray,
    acts: IntArray,
    starts: IntArray,
    body: IntArray,
    roots: FloatArray,
    weights: FloatArray,
) -> None:
    for act in acts:
        start, end, weight = starts[act], starts[act + 1], weights[act]
        if weight > 0:
            for one in range(start, end):
                row, own = layer[body[one]], weight * roots[one]
                for other in range(one + 1, end):
                    row[body[other]] += own * roots[other]


@njit(cache=True)
def _empty(
    layer: FloatArray,
    whole: FloatArray,
    n: int,
    at_least: float,
    has_layers: bool,
    is_last: bool,
) -> tuple[int, float, int, int]:
    """Zero a layer: its pairs and mass; with the last one, the pairs and ties of all layers."""
    count, mass, pairs, tied = 0, 0.0, 0, 0
    for i in range(n):
        for j in range(i + 1, n):
            weight = layer[i, j]
            if weight > 0:
                count += 1
                mass -= np.expm1(-weight)
                layer[i, j] = 0
            if has_layers:
                whole[i, j] += weight
                weight = whole[i, j]
            if is_last:
                pairs += weight > 0
                tied += weight > 0 and weight >= at_least
                whole[i, j] = 0
    return count, mass, pairs, tied


def shuffled(table: Incidence, draws: int, rng: np.random.Generator) -> Iterator[Incidence]:
    """The same tables, from the same random numbers, as `engine.shuffled` draws.

    Margins do not change, so each body keeps its acts, sorted, in a stretch of one array.
    """
    order = np.lexsort((table.act, table.body))
    acts = table.act[order].copy()
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(table.degree)))
    ends = np.cumsum(table.present) - table.present
    half = table.n_bodies // 2
    for draw in range(draws):
        for _round in range(BETWEEN + (BURN_IN if draw == 0 else 0)):
            pairs = rng.permutation(table.n_bodies)
            one, other = pairs[:half], pairs[half : 2 * half]
            _trade(acts, starts, one, other, rng.random(_differing(acts, starts, one, other)))
        yield replace(
            table,
            body=_by_act(acts, starts, ends),
            weight=table.mean_weight[table.act],
            side=np.zeros(len(acts), dtype=np.int64),
        )


@njit(cache=True)
def _differing(acts: IntArray, starts: IntArray, one: IntArray, other: IntArray) -> int:
    """How many acts only one of two bodies came to, over all pairs."""
    count = 0
    for pair in range(len(one)):
        i, i_end = starts[one[pair]], starts[one[pair] + 1]
        j, j_end = starts[other[pair]], starts[other[pair] + 1]
        count += (i_end - i) + (j_end - j)
        while i < i_end and j < j_end:
            if acts[i] == acts[j]:
                count -= 2
            step_i, step_j = acts[i] <= acts[j], acts[j] <= acts[i]
            i += step_i
            j += step_j
    return count


@njit(cache=True)
def _trade(
    acts: IntArray, starts: IntArray, one: IntArray, other: IntArray, keys: FloatArray
) -> None:
    """Of the acts that only one of two bodies came to, the first takes those of smallest keys."""
    used = 0
    for pair in range(len(one)):
        mine = acts[starts[one[pair]] : starts[one[pair] + 1]].copy()
        theirs = acts[starts[other[pair]] : starts[other[pair] + 1]].copy()
        either = _either(mine, theirs)
        common = len(mine) + len(theirs) - len(either)
        n_keys = len(mine) + len(theirs) - 2 * common
        given, taken = keys[used : used + n_keys], len(mine) - common
        used += n_keys
        limit = np.partition(given, taken - 1)[taken - 1] if taken > 0 else -1.0
        _deal(acts, starts[one[pair]], starts[other[pair]], either, mine, theirs, given, limit)


@njit(cache=True)
def _either(mine: IntArray, theirs: IntArray) -> IntArray:
    """The acts of either of two sorted lists, sorted."""
    found = np.empty(len(mine) + len(theirs), dtype=np.int64)
    i, j, count = 0, 0, 0
    while i < len(mine) or j < len(theirs):
        has_mine = j >= len(theirs) or (i < len(mine) and mine[i] <= theirs[j])
        has_theirs = i >= len(mine) or (j < len(theirs) and theirs[j] <= mine[i])
        found[count] = mine[i] if has_mine else theirs[j]
        count += 1
        i += has_mine
        j += has_theirs
    return found[:count]


@njit(cache=True)
def _deal(
    acts: IntArray,
    to_one: int,
    to_other: int,
    either: IntArray,
    mine: IntArray,
    theirs: IntArray,
    keys: FloatArray,
    limit: float,
) -> None:
    """Write the two lists anew, sorted: common acts to both, the others by their key."""
    i, j, key = 0, 0, 0
    for act in either:
        has_mine = i < len(mine) and mine[i] == act
        has_theirs = j < len(theirs) and theirs[j] == act
        i += has_mine
        j += has_theirs
        is_common = has_mine and has_theirs
        first = is_common or keys[key] <= limit
        if first:
            acts[to_one] = act
            to_one += 1
        if is_common or not first:
            acts[to_other] = act
            to_other += 1
        key += not is_common


@njit(cache=True)
def _by_act(acts: IntArray, starts: IntArray, places: IntArray) -> IntArray:
    """The bodies of each act, sorted, from the acts of each body; places: where acts begin."""
    free, body = places.copy(), np.empty(len(acts), dtype=np.int64)
    for one in range(len(starts) - 1):
        for number in range(starts[one], starts[one + 1]):
            body[free[acts[number]]] = one
            free[acts[number]] += 1
    return body


def profile(request: Request, chosen: Sequence[Entry]) -> Read:
    """The values of measures that have a compiled form, of any unit.

    Raises ValueError for another measure, for directed ties and for a backbone.
    """
    names = [entry.name for entry in chosen]
    if not NAMES.keys() >= set(names):
        raise ValueError(f"No compiled form of {', '.join(sorted(set(names) - NAMES.keys()))}")
    if request.method.is_directed or request.graph is Graph.BACKBONE:
        raise ValueError("The compiled form has undirected ties, all or alive")
    at_least = 0.0 if request.graph is Graph.ALL else ALIVE

    room = np.zeros((0, 0)), np.zeros((0, 0))

    def read(unit: Unit) -> dict[str, float | None]:
        nonlocal room
        if len(room[0]) < (n := unit.table.n_bodies):
            room = np.zeros((n, n)), np.zeros((n, n))
        found = sums(unit.table, act_weights(unit.table, request.method), at_least, room)
        return {name: NAMES[name](unit.table, found) for name in names}

    return read


KERNEL = Kernel(profile, shuffled)
