"""Where bodies stand on a map: near those they meet, and where they stood last time."""

import numpy as np

from ordito.cohesion.measures.incidence import BoolArray, FloatArray, IntArray

ROUNDS = 300
STRONGEST = 3
EPSILON = 1e-9


def strongest_ties(matrix: FloatArray, most: int = STRONGEST) -> BoolArray:
    """The ties that a map draws: those among the `most` strongest of either body.

    matrix    (n, n) symmetric weights, 0 where there is no tie

    Returns (n, n) symmetric; among equal weights all are kept, so that names never decide.
    """
    n = len(matrix)
    if n <= most:
        return matrix > 0
    least = np.sort(matrix, axis=1)[:, n - most]
    strong = (matrix > 0) & (matrix >= least[:, None])
    return strong | strong.T


def spring_layout(
    ties: BoolArray, *, seed: int = 0, known: IntArray | None = None, at: FloatArray | None = None
) -> FloatArray:
    """Points in a square where ties pull and all bodies push.

    ties         (n, n) symmetric; known (k,) bodies that keep the points `at` (k, 2), in [0, 1]

    Returns (n, 2) coordinates in [0, 1], the same for the same input; (0, 2) without bodies. Bodies
    known from an earlier map do not move. Source: Fruchterman and Reingold, Software: Practice and
    Experience 21, 1991.
    """
    n = len(ties)
    points = np.random.Generator(np.random.PCG64(seed)).random((n, 2))
    fixed = np.zeros(n, dtype=bool)
    if known is not None and at is not None:
        points[known], fixed[known] = at, True
        points[~fixed] = _near_neighbours(points, ties, fixed)[~fixed]
    ideal = np.sqrt(1 / max(n, 1))
    for turn in range(ROUNDS if not fixed.all() else 0):
        apart = points[:, None] - points[None]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=-1)), EPSILON)
        force = ideal**2 / distance**2 - ties * distance / ideal
        np.fill_diagonal(force, 0)
        # The pull of the middle keeps pieces that no tie joins on one sheet.
        move = (apart * force[..., None]).sum(axis=1) - (points - 0.5)
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), EPSILON)
        step = 0.1 * (1 - turn / ROUNDS)
        points[~fixed] += (move / length * np.minimum(length, step))[~fixed]
        points[~fixed] = np.clip(points[~fixed], 0, 1) if fixed.any() else points[~fixed]
    return points if fixed.any() else _fitted(points)


def _near_neighbours(points: FloatArray, ties: BoolArray, fixed: BoolArray) -> FloatArray:
    """New bodies start beside the known ones they are tied to, or where chance has put them."""
    anchors = ties & fixed[None]
    count = anchors.sum(axis=1, keepdims=True)
    middle = (anchors @ points) / np.maximum(count, 1)
    return np.where(count > 0, middle + (points - 0.5) / 10, points)


def _fitted(points: FloatArray) -> FloatArray:
    if not len(points):
        return points
    low, high = points.min(axis=0), points.max(axis=0)
    return (points - low) / np.maximum(high - low, EPSILON)
