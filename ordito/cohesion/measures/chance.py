"""Chance for directed ties: the same arcs and counts, anywhere."""

from collections.abc import Callable

import numpy as np

from ordito.cohesion.measures.incidence import FloatArray


def uniform_draws(
    arcs: FloatArray,
    measure: Callable[[FloatArray], float | None],
    draws: int,
    rng: np.random.Generator,
) -> FloatArray:
    """A measure of directed ties under the conditional uniform graph test.

    arcs       (n, n) counts, 0 on the diagonal; its cells are shuffled off the diagonal
    measure    what is worked out of each shuffled matrix

    Returns (d,) values with d <= draws: those that exist. Source: Katz and Powell 1957; sna.
    """
    places = ~np.eye(len(arcs), dtype=bool)
    cells = arcs[places]
    shuffled = np.zeros_like(arcs)
    found = []
    for _draw in range(draws):
        shuffled[places] = rng.permutation(cells)
        value = measure(shuffled)
        if value is not None:
            found.append(value)
    return np.asarray(found, dtype=float)
