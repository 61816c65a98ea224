"""Openness: whether ties cross sectors and municipalities more than chance would have it."""

from dataclasses import dataclass

import numpy as np

from ordito.cohesion.measures.incidence import FloatArray, IntArray


@dataclass(frozen=True)
class Openness:
    """E-I, what group sizes alone would give, and their difference."""

    ei: float
    expected: float
    corrected: float
    n_known: int


def openness(
    left: IntArray, right: IntArray, weight: FloatArray, label: IntArray
) -> Openness | None:
    """E-I = (E - I) / (E + I), weighted, and its correction for the sizes of groups.

    left, right, weight    (p,) the pairs, each once, and their weights > 0
    label                  (n,) the group of each body, -1 where unknown: such bodies are left out

    Returns pure numbers: E-I in [-1, 1], -1 closed and +1 open; expected from (between - within)
    over all possible pairs; corrected their difference, positive when more open than chance. None
    without ties among the known, and with all the possible pairs missing. Source: Krackhardt and
    Stern, Social Psychology Quarterly 51, 1988.
    """
    known = (label[left] >= 0) & (label[right] >= 0)
    total = float(weight[known].sum())
    if not total:
        return None
    crosses = label[left] != label[right]
    outward = float(weight[known & crosses].sum())
    sizes = np.bincount(label[label >= 0])
    n = int(sizes.sum())
    within, possible = int((sizes * (sizes - 1)).sum()) / 2, n * (n - 1) / 2
    ei, expected = (2 * outward - total) / total, (possible - 2 * within) / possible
    return Openness(ei, expected, ei - expected, n)


def permuted_openness(
    left: IntArray,
    right: IntArray,
    weight: FloatArray,
    label: IntArray,
    draws: int,
    rng: np.random.Generator,
) -> FloatArray:
    """E-I under labels shuffled among the bodies that have one: UCINET's permutation test.

    Arguments as for `openness`; draws the number of shuffles (999 by custom).

    Returns (draws,) numbers in [-1, 1], or none of them when `openness` has no value. Source:
    Krackhardt and Stern 1988.
    """
    known = np.flatnonzero(label >= 0)
    kept = (label[left] >= 0) & (label[right] >= 0)
    left, right, weight = left[kept], right[kept], weight[kept]
    total = float(weight.sum())
    if not total:
        return np.zeros(0)
    found = np.empty(draws)
    shuffled = label.copy()
    for draw in range(draws):
        shuffled[known] = rng.permutation(label[known])
        outward = float(weight[shuffled[left] != shuffled[right]].sum())
        found[draw] = (2 * outward - total) / total
    return found
