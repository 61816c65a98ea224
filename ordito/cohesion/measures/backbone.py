"""The backbone: ties between bodies that met more often than their habits explain."""

import numpy as np

from ordito.cohesion.measures.incidence import BoolArray, FloatArray, Incidence, IntArray

ALPHA = 0.05
TOLERANCE = 1e-10
ROUNDS = 20_000
CHUNK = 4_096


class Unsolved(ArithmeticError):
    """The margins of a table could not be reproduced."""


def presence_probabilities(table: BoolArray, allowed: BoolArray | None = None) -> FloatArray:
    """How likely each presence is, given only how often bodies come and how large acts are.

    table      (n_bodies, n_acts)
    allowed    (n_bodies, n_acts) False where a body could not attend, None where all could

    Returns (n_bodies, n_acts) probabilities p = x y / (1 + x y) whose sums over bodies and over
    acts are those of the table to 1e-8, 0 where not allowed. Raises Unsolved when they cannot be
    reached, ValueError for a presence that was not allowed. Source: Saracco et al., Scientific
    Reports 5, 2015 (BiCM); constraints: Neal and Neal 2023 (SDSM-EC).
    """
    open_cells = np.ones_like(table) if allowed is None else allowed
    if (table & ~open_cells).any():
        raise ValueError("A body was present where it could not attend")
    fixed, settled = _settle(table, open_cells)
    x, y = np.ones(len(table)), np.ones(table.shape[1])
    rows, columns = (table & ~settled).sum(axis=1), (table & ~settled).sum(axis=0)
    free = ~settled
    if not free.any():
        return fixed
    for _round in range(ROUNDS):
        x = rows / np.maximum((free * (y / (1 + np.outer(x, y)))).sum(axis=1), 1e-300)
        y = columns / np.maximum((free * (x[:, None] / (1 + np.outer(x, y)))).sum(axis=0), 1e-300)
        odds = np.outer(x, y)
        found = np.where(free, odds / (1 + odds), 0)
        gap = max(np.abs(found.sum(axis=1) - rows).max(), np.abs(found.sum(axis=0) - columns).max())
        if gap < TOLERANCE:
            break
    if gap > 1e-8:
        raise Unsolved(f"The margins differ by {gap:.1e}")
    return found + fixed


def _settle(table: BoolArray, open_cells: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Cells that the margins decide: bodies that came to all or to none, acts of all or of none."""
    settled = ~open_cells
    while True:
        left = table & ~settled
        full_rows = left.sum(axis=1) == (~settled).sum(axis=1)
        full_columns = left.sum(axis=0) == (~settled).sum(axis=0)
        none_rows, none_columns = left.sum(axis=1) == 0, left.sum(axis=0) == 0
        more = settled | (full_rows | none_rows)[:, None] | (full_columns | none_columns)[None, :]
        if (more == settled).all():
            return (table & settled).astype(float), settled
        settled = more


def tail_probabilities(probabilities: FloatArray, observed: IntArray) -> FloatArray:
    """P(X >= o) for sums of independent events: exact tails of the Poisson-binomial law.

    probabilities    (c, e) of each event in each of c cases; observed (c,) counts o >= 0

    Returns (c,) probabilities, 1 where o is 0. Every term is a product of positive numbers, so
    small tails keep their digits. Source: Neal, Domagalski and Sagan, Scientific Reports 11, 2021.
    """
    most = int(observed.max(initial=0))
    state = np.zeros((len(observed), most + 1))
    state[:, 0] = 1
    cases, top = np.arange(len(observed)), observed
    for event in range(probabilities.shape[1]):
        p = probabilities[:, event, None]
        kept = state[cases, top]
        moved = state[:, :-1] * p
        state *= 1 - p
        state[:, 1:] += moved
        # Counts beyond the observed one stay in its place: it gathers the tail.
        state[cases, top] = kept + np.where(top > 0, moved[cases, np.maximum(top - 1, 0)], 0)
    return state[cases, top]


def backbone(
    table: Incidence, *, alpha: float = ALPHA, allowed: BoolArray | None = None
) -> BoolArray:
    """The ties that the stochastic degree sequence model does not explain.

    alpha      the largest tail probability of a tie that is kept, in (0, 1)
    allowed    (n_bodies, n_acts) as for `presence_probabilities`

    Returns (n, n) symmetric: pairs whose shared acts are so many with a probability of alpha or
    less. No correction for the number of pairs. Raises what `presence_probabilities` raises.
    Source: Neal, Domagalski and Sagan, Scientific Reports 11, 2021.
    """
    probabilities = presence_probabilities(table.table(), allowed)
    shared = table.shared
    left, right = np.nonzero(np.triu(shared))
    found = np.zeros((table.n_bodies, table.n_bodies), dtype=bool)
    # Bodies of equal habits have equal rows: each couple of rows and count is worked out once.
    rows, kind_of = np.unique(probabilities, axis=0, return_inverse=True)
    one, other = np.sort((kind_of[left], kind_of[right]), axis=0)
    cases, place = np.unique(
        np.stack((one, other, shared[left, right].astype(np.int64))), axis=1, return_inverse=True
    )
    tails = np.empty(cases.shape[1])
    for start in range(0, len(tails), CHUNK):
        first, second, counts = cases[:, start : start + CHUNK]
        tails[start : start + CHUNK] = tail_probabilities(rows[first] * rows[second], counts)
    kept = tails[place] <= alpha
    found[left[kept], right[kept]] = found[right[kept], left[kept]] = True
    return found
