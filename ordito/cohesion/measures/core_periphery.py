"""Core and periphery: how close ties are to a centre that everyone is tied to."""

from dataclasses import dataclass

import numpy as np

from ordito.cohesion.measures.incidence import BoolArray, IntArray


@dataclass(frozen=True)
class Core:
    """How well the best core fits, and the bodies in it, by degree."""

    fit: float
    members: IntArray


def core_periphery(adjacency: BoolArray) -> Core | None:
    """The correlation of ties with the ideal pattern: tied when either body is in the core.

    adjacency    (n, n) symmetric, no diagonal

    The core is the best among the first 1, 2, ... n - 2 bodies by degree; bodies of equal degree
    come in together, so that names never matter. Returns a pure number in [-1, 1] and members as
    (c,) body numbers; None below three bodies, when no tie or every tie exists, and when all
    degrees are equal. A core is always found: read it with its null percentile. Source: Borgatti
    and Everett, Social Networks 21, 1999, whose search over every set of bodies may find a better
    fit: looking along the order of degrees is the shortcut of Lip 2011, for another criterion.
    """
    n = len(adjacency)
    degree = adjacency.sum(axis=1)
    order = np.argsort(-degree, kind="stable")
    ranked = adjacency[np.ix_(order, order)]
    n_pairs, n_ties = n * (n - 1) // 2, int(degree.sum()) // 2
    sizes = np.arange(1, n - 1)
    sizes = sizes[degree[order][sizes - 1] != degree[order][sizes]] if n > 2 else sizes[:0]
    if not len(sizes) or n_ties in {0, n_pairs}:
        return None
    # Ties that touch the first s bodies: all of theirs, those among them counted once.
    among = np.cumsum(np.tril(ranked, -1).sum(axis=1))
    touching = np.cumsum(degree[order])[sizes - 1] - among[sizes - 1]
    ideal = sizes * (sizes - 1) // 2 + sizes * (n - sizes)
    covariance = n_pairs * touching - n_ties * ideal
    spread = n_ties * (n_pairs - n_ties) * (ideal * (n_pairs - ideal)).astype(float)
    fits = covariance / np.sqrt(spread)
    best = int(np.argmax(fits))
    return Core(float(fits[best]), order[: sizes[best]])
