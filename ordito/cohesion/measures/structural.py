"""Structural cohesion: how many bodies must leave before a group comes apart."""

from itertools import combinations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from ordito.cohesion.measures.connectedness import components
from ordito.cohesion.measures.incidence import BoolArray, Incidence, IntArray


def two_mode_graph(table: Incidence) -> BoolArray:
    """(n + acts, n + acts) symmetric: bodies first, then acts, tied where a body came."""
    n = table.n_bodies
    graph = np.zeros((n + table.n_acts, n + table.n_acts), dtype=bool)
    graph[table.body, n + table.act] = graph[n + table.act, table.body] = True
    return graph


def cohesion_of(adjacency: BoolArray) -> IntArray:
    """The highest k of each node: the largest k such that it is in a k-component.

    A k-component is a maximal set that stays in one piece until k of its nodes leave. adjacency
    (n, n) symmetric, no diagonal; alive ties, or a two-mode graph.

    Returns (n,) whole numbers, 0 for isolates; empty for no nodes. It takes maximum flows by the
    square of a small degree: below some hundred nodes. Source: Moody and White, ASR 68, 2003;
    Torrents and Ferraro (arXiv 1503.04476).
    """
    found = np.zeros(len(adjacency), dtype=np.int64)
    groups = [np.arange(len(adjacency))]
    k = 1
    while groups:
        groups = [part for group in groups for part in _components(adjacency, group, k)]
        for group in groups:
            found[group] = k
        k += 1
    return found


def sizes_by_k(cohesion: IntArray) -> dict[int, int]:
    """How many nodes reach each k from 1 up; empty without ties."""
    return {k: int((cohesion >= k).sum()) for k in range(1, int(cohesion.max(initial=0)) + 1)}


def average_connectivity(adjacency: BoolArray) -> float | None:
    """The mean, over pairs, of how many others must leave to part the two (ties count as a way).

    adjacency    (n, n) symmetric, no diagonal

    Returns a number in [0, n - 1], None below two nodes. Source: Beineke, Oellermann and Pippert,
    Discrete Mathematics 252, 2002.
    """
    n = len(adjacency)
    if n < 2:
        return None
    flows = _split(adjacency)
    total = sum(_connectivity(flows, adjacency, i, j) for i, j in combinations(range(n), 2))
    return total / (n * (n - 1) / 2)


def _components(adjacency: BoolArray, group: IntArray, k: int) -> list[IntArray]:
    """The k-components inside a group, as sorted node numbers."""
    found, pending = [], [group]
    while pending:
        for part in _connected_core(adjacency, pending.pop(), k):
            inside = adjacency[np.ix_(part, part)]
            cut = _cut(inside, k)
            if cut is None:
                found.append(part)
                continue
            rest = np.delete(np.arange(len(part)), cut)
            sides = components(inside[np.ix_(rest, rest)])
            for side in range(int(sides.max()) + 1):
                pending.append(np.sort(part[np.concatenate((rest[sides == side], cut))]))
    return found


def _connected_core(adjacency: BoolArray, group: IntArray, k: int) -> list[IntArray]:
    """The connected parts, of more than k nodes, left when those with fewer than k ties go."""
    while len(group):
        enough = adjacency[np.ix_(group, group)].sum(axis=1) >= k
        if enough.all():
            break
        group = group[enough]
    if not len(group):
        return []
    number = components(adjacency[np.ix_(group, group)])
    parts = [group[number == part] for part in range(int(number.max()) + 1)]
    return [part for part in parts if len(part) > k]


def _cut(adjacency: BoolArray, k: int) -> IntArray | None:
    """Fewer than k nodes that part a connected graph, None when there are none.

    Either the node of fewest ties is on one side of a smallest cut, or two of its neighbours are
    parted by it: Esfahanian and Hakimi, Networks 14, 1984.
    """
    if k == 1:
        return None
    flows = _split(adjacency)
    fewest = int(np.argmin(adjacency.sum(axis=1)))
    far = [(fewest, int(node)) for node in np.flatnonzero(~adjacency[fewest]) if node != fewest]
    near = combinations(np.flatnonzero(adjacency[fewest]).tolist(), 2)
    for one, other in (*far, *near):
        if not adjacency[one, other]:
            cut = _cut_between(flows, len(adjacency), one, other, k)
            if cut is not None:
                return cut
    return None


def _split(adjacency: BoolArray) -> csr_array:
    """Each node in two halves joined by one unit: entering 0 .. n - 1, leaving n .. 2n - 1."""
    n = len(adjacency)
    left, right = np.nonzero(adjacency)
    nodes = np.arange(n)
    rows, columns = np.concatenate((nodes, left + n)), np.concatenate((nodes + n, right))
    capacity = np.concatenate((np.ones(n), np.full(len(left), n))).astype(np.int32)
    return csr_array((capacity, (rows, columns)), shape=(2 * n, 2 * n))


def _cut_between(flows: csr_array, n: int, one: int, other: int, k: int) -> IntArray | None:
    found = maximum_flow(flows, n + one, other)
    if found.flow_value >= k:
        return None
    left = csr_array(flows - found.flow)
    left.eliminate_zeros()
    reached = np.zeros(2 * n, dtype=bool)
    reached[breadth_first_order(left, n + one, return_predecessors=False)] = True
    return np.flatnonzero(reached[:n] & ~reached[n:])


def _connectivity(flows: csr_array, adjacency: BoolArray, one: int, other: int) -> int:
    n = len(adjacency)
    if not adjacency[one, other]:
        return int(maximum_flow(flows, n + one, other).flow_value)
    apart = adjacency.copy()
    apart[one, other] = apart[other, one] = False
    return 1 + int(maximum_flow(_split(apart), n + one, other).flow_value)
