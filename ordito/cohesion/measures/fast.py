"""The compiled form of what a nation needs thousands of times: the only module with numba."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numba import njit

from ordito.cohesion.measures.bands import Read
from ordito.cohesion.measures.catalogue import Entry
from ordito.cohesion.measures.engine import Kernel, Request
from ordito.cohesion.measures.incidence import (
    BoolArray,
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


def sums(table: Incidence, weights: FloatArray, at_least: float = ALIVE) -> Sums:
    """Pairs, pair-kinds, pairs of weight `at_least` or more, and mass, in one pass.

    weights    (n_acts,) from `act_weights`

    Returns the counts and M that `project` and `interactive_mass` give, M to rounding; zeros for
    an empty table. Undirected only. Memory is two matrices of n by n numbers.
    """
    order = np.argsort(table.kind, kind="stable")
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(table.present)))
    found: Sums = _sums(
        table.n_bodies,
        order,
        table.kind[order],
        starts,
        table.body,
        np.sqrt(table.weight),
        weights,
        at_least,
    )
    return found


@njit(cache=True)
def _sums(
    n: int,
    acts: IntArray,
    kinds: IntArray,
    starts: IntArray,
    body: IntArray,
    roots: FloatArray,
    weights: FloatArray,
    at_least: float,
) -> Sums:
    whole, layer = np.zeros((n, n)), np.zeros((n, n))
    pair_kinds, mass = 0, 0.0
    for number in range(len(acts)):
        act = acts[number]
        if weights[act] > 0:
            _scatter(layer, body[starts[act] : starts[act + 1]], roots[starts[act] :], weights[act])
        if number + 1 == len(acts) or kinds[number + 1] != kinds[number]:
            count, more = _empty(layer, whole)
            pair_kinds += count
            mass += more
    pairs, tied = 0, 0
    for i in range(n):
        for j in range(i + 1, n):
            pairs += whole[i, j] > 0
            tied += whole[i, j] > 0 and whole[i, j] >= at_least
    return pairs, pair_kinds, tied, mass


@njit(cache=True)
def _scatter(layer: FloatArray, body: IntArray, roots: FloatArray, weight: float) -> None:
    for one in range(len(body)):
        row, own = layer[body[one]], weight * roots[one]
        for other in range(one + 1, len(body)):
            row[body[other]] += own * roots[other]


@njit(cache=True)
def _empty(layer: FloatArray, whole: FloatArray) -> tuple[int, float]:
    """Pour a layer into the whole; how many pairs it had, and their mass."""
    count, mass = 0, 0.0
    for i in range(len(layer)):
        for j in range(i + 1, len(layer)):
            if layer[i, j] > 0:
                count += 1
                mass -= np.expm1(-layer[i, j])
                whole[i, j] += layer[i, j]
                layer[i, j] = 0
    return count, mass


def curveball(table: BoolArray, draws: int, rng: np.random.Generator) -> Iterator[BoolArray]:
    """The same tables, from the same random numbers, as `nulls.curveball`."""
    current = table.copy()
    half = len(table) // 2
    for draw in range(draws):
        for _round in range(BETWEEN + (BURN_IN if draw == 0 else 0)):
            order = rng.permutation(len(table))
            one, other = order[:half], order[half : 2 * half]
            keys = rng.random(_differing(current, one, other))
            _trade(current, one, other, keys)
        yield current.copy()


@njit(cache=True)
def _differing(table: BoolArray, one: IntArray, other: IntArray) -> int:
    count = 0
    for pair in range(len(one)):
        count += (table[one[pair]] != table[other[pair]]).sum()
    return count


@njit(cache=True)
def _trade(table: BoolArray, one: IntArray, other: IntArray, keys: FloatArray) -> None:
    """Of the acts where two rows differ, the first row takes those with the smallest keys."""
    used = 0
    for pair in range(len(one)):
        a, b = table[one[pair]], table[other[pair]]
        acts = np.flatnonzero(a != b)
        mine = keys[used : used + len(acts)]
        used += len(acts)
        taken = a[acts].sum()
        limit = np.partition(mine, taken - 1)[taken - 1] if taken > 0 else -1.0
        for number in range(len(acts)):
            a[acts[number]] = mine[number] <= limit
            b[acts[number]] = mine[number] > limit


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

    def read(unit: Unit) -> dict[str, float | None]:
        found = sums(unit.table, act_weights(unit.table, request.method), at_least)
        return {name: NAMES[name](unit.table, found) for name in names}

    return read


KERNEL = Kernel(profile, curveball)
