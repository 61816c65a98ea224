"""Connectedness: how many pairs can reach each other, and who stands alone."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ordito.cohesion.measures.incidence import BoolArray, IntArray


def components(adjacency: BoolArray) -> IntArray:
    """(n,) the number of the component of each body, from 0; adjacency (n, n) symmetric."""
    if not len(adjacency):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(connected_components(csr_array(adjacency), directed=False)[1], dtype=np.int64)


def connectedness(adjacency: BoolArray) -> float | None:
    """C = sum over components of n_c (n_c - 1) / (n (n - 1)), the share of pairs that reach.

    adjacency    (n, n) symmetric, no diagonal; alive ties, as one plenary joins everyone

    Returns a pure number in [0, 1], None below two bodies. Source: Krackhardt 1994.
    """
    n = len(adjacency)
    sizes = np.bincount(components(adjacency)) if n else np.zeros(0, dtype=np.int64)
    return int((sizes * (sizes - 1)).sum()) / (n * (n - 1)) if n > 1 else None


def fragmentation(adjacency: BoolArray) -> float | None:
    """F = 1 - C, the share of pairs that cannot reach each other, in [0, 1]; None as for C.

    adjacency    (n, n) symmetric, no diagonal

    Source: Borgatti, Computational and Mathematical Organization Theory 12, 2006.
    """
    reached = connectedness(adjacency)
    return None if reached is None else 1 - reached


def isolates(adjacency: BoolArray) -> float | None:
    """The share of bodies without a tie, in [0, 1]; None without bodies.

    adjacency    (n, n) symmetric, no diagonal

    Source: Wasserman and Faust 1994.
    """
    n = len(adjacency)
    return int((~adjacency.any(axis=1)).sum()) / n if n else None
