"""Continuity: which ties and bodies last from one year to the next."""

from dataclasses import replace

import numpy as np

from ordito.cohesion.measures.incidence import (
    MONTH,
    BoolArray,
    FloatArray,
    Incidence,
    IntArray,
    Method,
    act_weights,
)
from ordito.cohesion.measures.projection import ALIVE, Encounters, Ties, encounters

WINDOW = 12
"""Months of a window: the current one ends on the day of the measurement."""

QUARTER = 3
RAREFACTIONS = 50


def window(table: Incidence, until: int, back: int = 0) -> BoolArray:
    """(n_acts,) the acts of the 12 months that end `back` windows before the day `until`."""
    end = until - back * WINDOW * MONTH
    return (table.day <= end) & (table.day > end - WINDOW * MONTH)


def tie_persistence(
    table: Incidence, method: Method, rng: np.random.Generator, at_least: float = ALIVE
) -> float | None:
    """J: ties of both windows over ties of either, the larger window rarefied to the smaller.

    Windows of 12 months, ties without wear, alive by default. With unequal numbers of acts the
    value is the mean over 50 random choices of the larger window's acts.

    Returns a Jaccard coefficient in [0, 1], None when a window has no act or neither has a tie.
    Source: Snijders, van de Bunt and Steglich, Social Networks 32, 2010 (panel stability).
    """
    until = int(table.day.max(initial=0)) if method.until is None else method.until
    windows = [np.flatnonzero(window(table, until, back)) for back in (0, 1)]
    fewest = min(map(len, windows))
    if not fewest:
        return None
    met = encounters(table, method)
    weights = act_weights(table, replace(method, half_life=None))
    small, large = sorted(windows, key=len)
    kept = _tied(met, weights, small, at_least)
    shares = []
    for _draw in range(1 if len(small) == len(large) else RAREFACTIONS):
        drawn = _tied(met, weights, rng.choice(large, fewest, replace=False), at_least)
        either = int((kept | drawn).sum())
        if either:
            shares.append(int((kept & drawn).sum()) / either)
    return float(np.mean(shares)) if shares else None


def _tied(met: Encounters, weights: FloatArray, acts: IntArray, at_least: float) -> BoolArray:
    chosen = np.zeros_like(weights)
    chosen[acts] = weights[acts]
    weight = met.pair_weights(chosen)
    return (weight > 0) & (weight >= at_least)


def active(table: Incidence, acts: BoolArray) -> BoolArray:
    """(n_bodies,) who came to at least one of the acts of a mask (n_acts,)."""
    return np.bincount(table.body[acts[table.act]], minlength=table.n_bodies) > 0


def active_share(table: Incidence, until: int) -> float | None:
    """The share of bodies that came at least once in the 12 months that end on a day.

    until    the day, in days, on which the window ends

    Returns a pure number in [0, 1], None without bodies. Source: MEASURES 2.1.
    """
    if not table.n_bodies:
        return None
    return int(active(table, window(table, until)).sum()) / table.n_bodies


def retention(table: Incidence, until: int) -> float | None:
    """The share of the bodies active in the window before that are active in this one.

    until    the day, in days, on which the current window of 12 months ends

    Returns a pure number in [0, 1], None when nobody was active before. Source: MEASURES 2.14.
    """
    now, then = (active(table, window(table, until, back)) for back in (0, 1))
    return int((now & then).sum()) / int(then.sum()) if then.any() else None


def recurring_mass_share(table: Incidence, ties: Ties, method: Method) -> float | None:
    """The share of interactive mass on pairs that met in at least two distinct quarters.

    ties    those of the table; quarters are thirds of a window, counted back from the last day

    Returns a pure number in [0, 1], None without mass. Source: MEASURES 2.14.
    """
    mass = -np.expm1(-ties.weight)
    total = float(mass.sum())
    if not total:
        return None
    until = int(table.day.max(initial=0)) if method.until is None else method.until
    quarter = np.floor((until - table.day) / (QUARTER * MONTH)).astype(np.int64)
    quarter -= quarter.min()
    met = encounters(table, method)
    pair = met.left * ties.n + met.right
    seen = np.unique(pair * (int(quarter.max()) + 1) + quarter[met.act]) // (quarter.max() + 1)
    pairs, quarters = np.unique(seen, return_counts=True)
    recurs = np.isin(ties.left * ties.n + ties.right, pairs[quarters > 1])
    return float(mass[recurs].sum()) / total
