"""Reciprocity: whether who gives also receives."""

import numpy as np

from ordito.cohesion.measures.density import directed_density
from ordito.cohesion.measures.incidence import FloatArray


def reciprocity(arcs: FloatArray) -> float | None:
    """r = sum of min(a_ij, a_ji) over sum of a_ij: the share of giving that is returned.

    arcs    (n, n) counts of i giving to j, 0 on the diagonal

    Returns a pure number in [0, 1], None when nobody gave. Requests flow to public bodies by law:
    read it also without the lead office. Source: Wasserman and Faust 1994.
    """
    total = float(arcs.sum())
    return float(np.minimum(arcs, arcs.T).sum()) / total if total else None


def edge_reciprocity(arcs: FloatArray) -> float | None:
    """The share of arcs, of any count, that have one the other way, in [0, 1]; None without arcs.

    arcs    (n, n) counts, 0 on the diagonal

    Source: Garlaschelli and Loffredo, Phys. Rev. Lett. 93, 2004.
    """
    return reciprocity((arcs > 0).astype(float))


def corrected_reciprocity(arcs: FloatArray) -> float | None:
    """rho = (r_b - a) / (1 - a), edge reciprocity beyond what the density a makes likely.

    arcs    (n, n) counts, 0 on the diagonal

    Returns a pure number in about [-1, 1], 0 for a network that reciprocates by chance; None
    without arcs and for the full network. Source: Garlaschelli and Loffredo 2004.
    """
    by_edges, expected = edge_reciprocity(arcs), directed_density(arcs)
    if by_edges is None or expected is None or expected == 1:
        return None
    return (by_edges - expected) / (1 - expected)
