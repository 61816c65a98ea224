"""Centralisation: how far ties, or the ways through, gather in one body."""

import numpy as np

from ordito.cohesion.measures.incidence import BoolArray, FloatArray


def degree_centralisation(adjacency: BoolArray) -> float | None:
    """sum (max d - d) / ((n - 1)(n - 2)): 0 for a ring or a clique, 1 for a star.

    adjacency    (n, n) symmetric, no diagonal

    Returns a pure number in [0, 1], None below three bodies. Dense graphs cannot be centralised;
    neither good nor bad. Source: Freeman, Social Networks 1, 1978/79.
    """
    n = len(adjacency)
    if n < 3:
        return None
    degree = adjacency.sum(axis=1)
    return int((degree.max() - degree).sum()) / ((n - 1) * (n - 2))


def betweenness_centralisation(adjacency: BoolArray) -> float | None:
    """sum (max b' - b') / (n - 1), with b' the betweenness over (n - 1)(n - 2) / 2.

    adjacency    (n, n) symmetric, no diagonal

    Returns a pure number in [0, 1], 1 for a star, None below three bodies. Fragile when a hub is
    missing from the records. Source: Freeman, Social Networks 1, 1978/79.
    """
    n = len(adjacency)
    if n < 3:
        return None
    relative = betweenness(adjacency) / ((n - 1) * (n - 2) / 2)
    return float((relative.max() - relative).sum() / (n - 1))


def betweenness(adjacency: BoolArray) -> FloatArray:
    """How many shortest ways between two others pass through each body, shared among equals.

    adjacency    (n, n) symmetric, no diagonal

    Returns (n,) numbers in [0, (n - 1)(n - 2) / 2]; zeros without ties. All sources at once, level
    by level, as matrix products. Source: Brandes, J. of Mathematical Sociology 25, 2001.
    """
    linked = np.flatnonzero(adjacency.any(axis=1))
    found = np.zeros(len(adjacency))
    ties = adjacency[np.ix_(linked, linked)].astype(float)
    n = len(linked)
    ways = np.eye(n)  # number of shortest ways, source by body
    reached = np.eye(n, dtype=bool)
    levels = [reached]
    frontier = ways
    while True:
        step = frontier @ ties
        step[reached] = 0
        level = step > 0
        if not level.any():
            break
        reached = reached | level
        ways = ways + step
        levels.append(level)
        frontier = step
    found[linked] = _dependencies(ties, ways, levels).sum(axis=0) / 2
    return found


def _dependencies(ties: FloatArray, ways: FloatArray, levels: list[BoolArray]) -> FloatArray:
    """(n, n) how much each source depends on each body, walking the levels backwards."""
    depends = np.zeros_like(ways)
    for nearer, level in zip(levels[-2:0:-1], levels[:1:-1], strict=True):
        share = np.zeros_like(ways)
        np.divide(1 + depends, ways, out=share, where=level)
        depends += np.where(nearer, ways * (share @ ties), 0)
    return depends
