"""From districts to a region: their sums, and what exists only at the higher level."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ordito.cohesion.measures.incidence import IntArray
from ordito.cohesion.measures.projection import Ties


@dataclass(frozen=True)
class Sum:
    """A whole as the sum of its parts and of what crosses them: `whole == parts + cross`."""

    parts: float
    cross: float

    @property
    def whole(self) -> float:
        return self.parts + self.cross


@dataclass(frozen=True)
class RollUp:
    """The additive sums of a higher level."""

    pairs: Sum
    weight: Sum
    mass: Sum


def roll_up(whole: Ties, parts: Sequence[Ties]) -> RollUp:
    """Split the sums of a level into those of its parts and the rest, pair by pair.

    whole    the ties of the level; parts: the ties of each part, in the numbers of the whole

    A pair that meets in one part only adds there what it adds to the whole, so it leaves nothing
    to `cross`. Pairs of two parts are all cross; a pair that also meets outside its part leaves
    there the difference, which for mass is negative when two parts hold the same pair. Returns
    counts, weights in acts and mass; zeros without ties. Source: MEASURES 2.0 and 2.2.
    """
    keys = [_keys(ties) for ties in (whole, *parts)]
    masses = [-np.expm1(-ties.weight) for ties in (whole, *parts)]
    weights = [ties.weight for ties in (whole, *parts)]
    n_pairs = [ties.n_pairs for ties in (whole, *parts)]
    return RollUp(
        pairs=Sum(sum(n_pairs[1:]), n_pairs[0] - sum(n_pairs[1:])),
        weight=Sum(float(sum(w.sum() for w in weights[1:])), _rest(keys, weights)),
        mass=Sum(float(sum(m.sum() for m in masses[1:])), _rest(keys, masses)),
    )


def _keys(ties: Ties) -> np.ndarray:
    return (ties.kind * ties.n + ties.left) * ties.n + ties.right


def _rest(keys: Sequence[np.ndarray], values: Sequence[np.ndarray]) -> float:
    signs = [1.0, *[-1.0] * (len(keys) - 1)]
    signed = [sign * value for sign, value in zip(signs, values, strict=True)]
    _pairs, place = np.unique(np.concatenate(keys), return_inverse=True)
    left = np.bincount(place, np.concatenate(signed))
    return float(left[np.abs(left) > 1e-12].sum())


def renumbered(ties: Ties, bodies: IntArray, kinds: IntArray, *, n: int, n_kinds: int) -> Ties:
    """The ties of a part in the numbers of a whole of `n` bodies and `n_kinds` kinds.

    bodies    (ties.n,) the number that each body of the part has in the whole
    kinds     (ties.n_kinds,) the same for kinds

    Returns the same ties sorted anew. Raises ValueError for a body or kind that the whole lacks.
    """
    if min(bodies.min(initial=0), kinds.min(initial=0)) < 0:
        raise ValueError("A part holds what the whole does not")
    one, other, kind = bodies[ties.left], bodies[ties.right], kinds[ties.kind]
    left, right = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((right, left, kind))
    return Ties(n, n_kinds, kind[order], left[order], right[order], ties.weight[order])
