"""Density: how many of the possible ties are there, and how many a body has."""

from ordito.cohesion.measures.incidence import FloatArray, Incidence


def density(n: int, n_ties: int) -> float | None:
    """D = 2 m / (n (n - 1)), the share of possible ties among n bodies that exist.

    Returns a pure number in [0, 1], None below two bodies. It falls with n at equal behaviour: do
    not compare districts by it. Source: Anderson, Butts and Carley, Social Networks 21, 1999.
    """
    return 2 * n_ties / (n * (n - 1)) if n > 1 else None


def mean_degree(n: int, n_ties: int) -> float | None:
    """2 m / n, in ties per body, in [0, n - 1]; None without bodies. It compares across sizes.

    Source: Faust and Skvoretz 2002.
    """
    return 2 * n_ties / n if n else None


def two_mode_density(table: Incidence) -> float | None:
    """Presences over bodies times acts: the mean attendance of these bodies.

    Returns a pure number in [0, 1], None without bodies or acts. Source: Wasserman and Faust 1994.
    """
    cells = table.n_bodies * table.n_acts
    return len(table.body) / cells if cells else None


def directed_density(arcs: FloatArray) -> float | None:
    """The share of ordered pairs (i, j) in which i gave to j at least once.

    arcs    (n, n) counts, 0 on the diagonal

    Returns a pure number in [0, 1], None below two bodies. Source: Wasserman and Faust 1994.
    """
    n = len(arcs)
    return int((arcs > 0).sum()) / (n * (n - 1)) if n > 1 else None
