"""Chance with fixed margins: the same presences of each body, the same size of each act."""

from collections.abc import Iterator

import numpy as np

from ordito.cohesion.measures.incidence import BoolArray, FloatArray

DRAWS = 200
BURN_IN = 30
BETWEEN = 5
"""Rounds of trades before the first draw and between two; a round pairs off all bodies. Measured
on Davis over 2,000 draws: from 5 on, one draw says nothing of the density or mass of the next."""


def curveball(
    table: BoolArray, draws: int, rng: np.random.Generator, *, between: int = BETWEEN
) -> Iterator[BoolArray]:
    """Random tables with the margins of the given one, one after the other of a chain.

    In each round bodies are paired at random, and the two of a pair deal again, at random, the acts
    that only one of them attended.

    table    (n_bodies, n_acts); draws >= 0; between in rounds

    Yields `draws` tables of the same shape; with fewer than two bodies, the table itself. Source:
    Strona et al., Nature Communications 5, 2014; global trades: Carstens, Berger and Strona,
    arXiv 1609.05137.
    """
    current = table.copy()
    for draw in range(draws):
        for _round in range(between + (BURN_IN if draw == 0 else 0)):
            trade_round(current, rng)
        yield current.copy()


def trade_round(table: BoolArray, rng: np.random.Generator) -> None:
    """One round of trades, in place: margins stay, and each body trades once at most."""
    order = rng.permutation(len(table))
    half = len(table) // 2
    one, other = order[:half], order[half : 2 * half]
    rows, acts = np.nonzero(table[one] ^ table[other])
    if not len(rows):
        return
    mine = table[one[rows], acts]
    taken = np.bincount(rows[mine], minlength=half)
    # Acts in random order within each pair; the first ones go to the first body.
    shuffled = np.lexsort((rng.random(len(rows)), rows))
    start = np.searchsorted(rows, np.arange(half))
    rank = np.empty(len(rows), dtype=np.int64)
    rank[shuffled] = np.arange(len(rows))
    to_one = rank - start[rows] < taken[rows]
    table[one[rows], acts] = to_one
    table[other[rows], acts] = ~to_one


def swaps(
    table: BoolArray, draws: int, rng: np.random.Generator, *, between: int
) -> Iterator[BoolArray]:
    """The same tables by the older, slower chain: two presences at a time exchange their acts.

    table      (n_bodies, n_acts); between: tried exchanges before each draw, of which ten times
               as many before the first

    Yields `draws` tables of the same shape; with fewer than two presences, the table itself.
    Source: Gotelli and Entsminger, Ecology 84, 2003 (with tries that stay, so that every table is
    as likely).
    """
    current = table.copy()
    body, act = (axis.tolist() for axis in np.nonzero(current))
    for draw in range(draws):
        tries = between * (11 if draw == 0 else 1)
        if len(body) > 1:
            for one, other in rng.integers(len(body), size=(tries, 2)).tolist():
                i, j, p, q = body[one], body[other], act[one], act[other]
                if not (current[i, q] or current[j, p]):
                    current[i, p] = current[j, q] = False
                    current[i, q] = current[j, p] = True
                    act[one], act[other] = q, p
        yield current.copy()


def percentile(observed: float, drawn: FloatArray) -> float | None:
    """Where a value stands among draws, in [0, 100]; half of the equal ones count as below.

    drawn    (d,) values under chance

    None without draws. Differences below 1e-12 of the value are rounding.
    """
    if not len(drawn):
        return None
    equal = np.isclose(drawn, observed, rtol=1e-12, atol=1e-12)
    below = (drawn < observed) & ~equal
    return float(100 * (below.sum() + equal.sum() / 2) / len(drawn))
