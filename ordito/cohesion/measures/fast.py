"""The compiled form of what a nation needs thousands of times: the only module with numba."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numba import njit

from ordito.cohesion.measures import projection
from ordito.cohesion.measures.engine import Kernel
from ordito.cohesion.measures.incidence import (
    FloatArray,
    Incidence,
    IntArray,
    Method,
    act_weights,
)
from ordito.cohesion.measures.nulls import BETWEEN, BURN_IN
from ordito.cohesion.measures.projection import Ties

SPARSE = 16
"""A body that met fewer than one in so many of those after it has its few sorted, not searched."""


def project(table: Incidence, method: Method) -> Ties:
    """The same ties as `projection.project`, to the last digit; directed ones in its plain form.

    One body at a time: its companions meet in one row of sums, which stays in the cache of the
    processor and needs no room for a matrix.
    """
    weights = act_weights(table, method)
    if method.is_directed:
        return projection.project(table, method)
    if not table.weight.all():
        table = _heavy(table)
    n = max(table.n_bodies, 1)
    roots = np.sqrt(table.weight)
    row_ends, right, weight = _companions(
        table.body,
        table.act,
        table.kind,
        roots,
        roots * weights[table.act],
        np.cumsum(table.present),
        (table.n_kinds, n),
    )
    rows = np.repeat(np.arange(len(row_ends)), np.diff(row_ends, prepend=0))
    if table.n_kinds == 1:
        return Ties(table.n_bodies, 1, np.zeros_like(rows), rows, right, weight)
    return Ties(table.n_bodies, table.n_kinds, rows // n, rows % n, right, weight)


def _heavy(table: Incidence) -> Incidence:
    """Without the presences of weight 0, which make no pair; acts keep their size."""
    kept = table.weight > 0
    return replace(
        table,
        body=table.body[kept],
        act=table.act[kept],
        weight=table.weight[kept],
        side=table.side[kept],
    )


@njit(cache=True)
def _companions(
    body: IntArray,
    act: IntArray,
    kind: IntArray,
    roots: FloatArray,
    given: FloatArray,
    act_ends: IntArray,
    shape: tuple[int, int],
) -> tuple[IntArray, IntArray, FloatArray]:
    """Of each kind and body, a row, who comes after it and the sum of what they share, sorted.

    Presences come sorted by act and body: in an act, who comes after a body stands after it.
    """
    n = shape[1]
    row_ends, presences = _by_row(body, act, kind, shape)
    room, met = np.zeros(n), np.empty(n + 1, dtype=np.int64)
    expected = min(len(row_ends) * n // 2, 4 * len(body)) + n
    right, weight = np.empty(expected, dtype=np.int64), np.empty(expected)
    ends, count, begin = np.empty_like(row_ends), 0, 0
    for row, end in enumerate(row_ends):
        n_met = 0
        for one in presences[begin:end]:
            if given[one] > 0:
                root = roots[one]
                for place in range(one + 1, act_ends[act[one]]):
                    other = body[place]
                    met[n_met] = other
                    # A sum too small for a number stays 0, and would be met again and again.
                    n_met = min(n_met + (room[other] == 0), n)
                    room[other] += root * given[place]
        if count + n > len(right):
            right, weight = _larger(right, n), _larger(weight, n)
        count = _emptied(room, met[:n_met], row % n + 1, right, weight, count)
        ends[row], begin = count, end
    return ends, right[:count], weight[:count]


@njit(cache=True)
def _by_row(
    body: IntArray, act: IntArray, kind: IntArray, shape: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Where the row of each kind and body ends, and the presences in the order of rows."""
    n = shape[1]
    ends = np.zeros(shape[0] * n, dtype=np.int64)
    for place in range(len(body)):
        ends[kind[act[place]] * n + body[place]] += 1
    ends = np.cumsum(ends)
    free, order = ends.copy(), np.empty(len(body), dtype=np.int64)
    for place in range(len(body) - 1, -1, -1):
        row = kind[act[place]] * n + body[place]
        free[row] -= 1
        order[free[row]] = place
    return ends, order


@njit(cache=True)
def _emptied(
    room: FloatArray, met: IntArray, first: int, right: IntArray, weight: FloatArray, count: int
) -> int:
    """Move what one body shared, sorted, from its row of sums to the list; its new length.

    Each place is written and kept only if it held something: cheaper than asking first.
    """
    if len(met) * SPARSE < len(room) - first:
        for other in np.sort(met):
            right[count], weight[count] = other, room[other]
            count += room[other] > 0
            room[other] = 0
        return count
    for other in range(first, len(room)):
        right[count], weight[count] = other, room[other]
        count += room[other] > 0
        room[other] = 0
    return count


@njit(cache=True)
def _larger(array, more):  # type: ignore[no-untyped-def]  # of numbers of any type
    found = np.empty(2 * len(array) + more, dtype=array.dtype)
    found[: len(array)] = array
    return found


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


KERNEL = Kernel(project, shuffled)
