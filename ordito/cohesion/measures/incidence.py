"""Who took part in which act: the two-mode table that every measure starts from."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

ASSEMBLY = 60
"""The largest act, in bodies, that makes pairs: a larger one is an assembly."""

HALF_LIFE = 12.0
"""Months after which an encounter weighs half."""

MONTH = 365.25 / 12
"""Days in a mean month."""

GIVES, RECEIVES = 1, 2
"""The sides of a presence, which may be both."""


@dataclass(frozen=True)
class Method:
    """The choices of a measurement: a half-life in months (None: no wear), the day it is taken
    (None: that of the last act), the largest act that makes pairs, the weight of each kind
    (None: all 1), and whether ties join only who gives with who receives."""

    half_life: float | None = HALF_LIFE
    until: int | None = None
    cap: int = ASSEMBLY
    kind_weights: tuple[float, ...] | None = None
    is_directed: bool = False


@dataclass(frozen=True)
class Incidence:
    """Presences of `n_bodies` bodies in `n_acts` acts, sorted by act and body, none twice.

    body, act, weight, side    (r,) one per presence: numbers from 0, weight >= 0, sides as bits
    kind, day, size            (n_acts,) of each act; size counts every body present, guests too
    """

    n_bodies: int
    n_acts: int
    body: IntArray
    act: IntArray
    weight: FloatArray
    side: IntArray
    kind: IntArray
    day: IntArray
    size: IntArray
    n_guest_presences: int = 0
    n_kinds: int = field(default=1)

    @cached_property
    def degree(self) -> IntArray:
        """(n_bodies,) acts of each body."""
        return np.bincount(self.body, minlength=self.n_bodies)

    @cached_property
    def present(self) -> IntArray:
        """(n_acts,) bodies of each act, guests left out."""
        return np.bincount(self.act, minlength=self.n_acts)

    def table(self) -> BoolArray:
        """(n_bodies, n_acts) whether each body came to each act."""
        table = np.zeros((self.n_bodies, self.n_acts), dtype=bool)
        table[self.body, self.act] = True
        return table

    @cached_property
    def mean_weight(self) -> FloatArray:
        """(n_acts,) the mean weight of the presences of each act, 1 for an empty one."""
        sums = np.bincount(self.act, self.weight, self.n_acts)
        return np.where(self.present > 0, sums / np.maximum(self.present, 1), 1.0)

    @cached_property
    def presences(self) -> sparse.csc_array:
        """(n_bodies, n_acts) 1 where a body came, by act."""
        starts = np.concatenate(([0], np.cumsum(self.present)))
        ones = np.ones(len(self.body))
        return sparse.csc_array((ones, self.body, starts), shape=(self.n_bodies, self.n_acts))

    @cached_property
    def shared(self) -> FloatArray:
        """(n_bodies, n_bodies) how many acts each two bodies shared, 0 on the diagonal."""
        shared = np.asarray((self.presences @ self.presences.T).toarray(), dtype=float)
        np.fill_diagonal(shared, 0)
        return shared

    def with_acts(self, chosen: BoolArray) -> "Incidence":
        """The same bodies with the acts of a mask (n_acts,), renumbered in order."""
        new = np.cumsum(chosen) - 1
        kept = chosen[self.act]
        return Incidence(
            n_bodies=self.n_bodies,
            n_acts=int(chosen.sum()),
            body=self.body[kept],
            act=new[self.act[kept]],
            weight=self.weight[kept],
            side=self.side[kept],
            kind=self.kind[chosen],
            day=self.day[chosen],
            size=self.size[chosen],
            n_kinds=self.n_kinds,
        )

    def without(self, body: int) -> "Incidence":
        """As if a body had never come: acts lose one present, the other bodies are renumbered."""
        kept = self.body != body
        gone = np.bincount(self.act[~kept], minlength=self.n_acts)
        numbers = self.body[kept]
        return Incidence(
            n_bodies=self.n_bodies - 1,
            n_acts=self.n_acts,
            body=numbers - (numbers > body),
            act=self.act[kept],
            weight=self.weight[kept],
            side=self.side[kept],
            kind=self.kind,
            day=self.day,
            size=self.size - gone,
            n_kinds=self.n_kinds,
        )

    def with_table(self, table: BoolArray) -> "Incidence":
        """The same acts with other presences (n_bodies, n_acts) of the same margins, each of the
        mean weight of its act and without a side."""
        act, body = np.nonzero(table.T)
        return Incidence(
            n_bodies=self.n_bodies,
            n_acts=self.n_acts,
            body=body,
            act=act,
            weight=self.mean_weight[act],
            side=np.zeros(len(body), dtype=np.int64),
            kind=self.kind,
            day=self.day,
            size=self.size,
            n_kinds=self.n_kinds,
        )


def incidence(
    body: ArrayLike,
    act: ArrayLike,
    *,
    n_bodies: int | None = None,
    kind: ArrayLike | None = None,
    day: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    side: ArrayLike | None = None,
    n_acts: int | None = None,
) -> Incidence:
    """Build the table from rows in any order; a body twice in an act counts once.

    body, act       (r,) whole numbers from 0; bodies from `n_bodies` on are guests: they count in
                    the size of an act and are no nodes
    kind, day       (n_acts,) of each act, default 0
    weight, side    (r,) of each row, default 1 and 0; a repeated row keeps the largest weight
                    and every side

    Returns the table; without rows, one with no presence. Raises ValueError for negative numbers,
    arrays of different lengths, and weights that are negative or not finite.
    """
    bodies, acts = np.asarray(body, dtype=np.int64), np.asarray(act, dtype=np.int64)
    weights = np.ones(len(bodies)) if weight is None else np.asarray(weight, dtype=float)
    sides = np.zeros(len(bodies), np.int64) if side is None else np.asarray(side, dtype=np.int64)
    _check(bodies, acts, weights, sides)
    n_nodes = int(bodies.max(initial=-1)) + 1 if n_bodies is None else n_bodies
    n_all = max(int(acts.max(initial=-1)) + 1, n_acts or 0)
    bodies, acts, weights, sides = _once(bodies, acts, weights, sides)
    kinds = _of_acts(kind, n_all)
    is_node = bodies < n_nodes
    return Incidence(
        n_bodies=n_nodes,
        n_acts=n_all,
        body=bodies[is_node],
        act=acts[is_node],
        weight=weights[is_node],
        side=sides[is_node],
        kind=kinds,
        day=_of_acts(day, n_all),
        size=np.bincount(acts, minlength=n_all),
        n_guest_presences=int((~is_node).sum()),
        n_kinds=int(kinds.max(initial=0)) + 1,
    )


def _check(bodies: IntArray, acts: IntArray, weights: FloatArray, sides: IntArray) -> None:
    if not len(bodies) == len(acts) == len(weights) == len(sides):
        raise ValueError("Rows of different lengths")
    if min(bodies.min(initial=0), acts.min(initial=0)) < 0:
        raise ValueError("Bodies and acts are numbered from 0")
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise ValueError("A weight is a finite number from 0")


def _of_acts(values: ArrayLike | None, n_acts: int) -> IntArray:
    array = np.zeros(n_acts, np.int64) if values is None else np.asarray(values, dtype=np.int64)
    if len(array) != n_acts:
        raise ValueError("Kinds and days are one per act")
    return array


def _once(
    bodies: IntArray, acts: IntArray, weights: FloatArray, sides: IntArray
) -> tuple[IntArray, IntArray, FloatArray, IntArray]:
    key = acts * (int(bodies.max(initial=0)) + 1) + bodies
    if (key[1:] > key[:-1]).all():
        return bodies, acts, weights, sides
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(first)
    if len(starts) == len(key):
        return bodies[order], acts[order], weights[order], sides[order]
    kept = order[starts]
    return (
        bodies[kept],
        acts[kept],
        np.maximum.reduceat(weights[order], starts),
        np.bitwise_or.reduceat(sides[order], starts),
    )


def wear(day: IntArray, *, until: int, half_life: float | None) -> FloatArray:
    """What is left of encounters: 1 on the day `until`, a half after each half-life.

    day    (n_acts,) in days; half_life in months, None for no wear

    Returns (n_acts,) pure numbers in (0, 1], 1 for acts after `until` too. Raises ValueError for a
    half-life that is not positive. Source: MEASURES 2.0.
    """
    if half_life is None:
        return np.ones(len(day))
    if half_life <= 0:
        raise ValueError("A half-life is positive")
    return np.exp2(-np.maximum(until - day, 0) / (half_life * MONTH))


def act_weights(table: Incidence, method: Method) -> FloatArray:
    """The weight that each act gives to each of its pairs: c d / (k - 1).

    Returns (n_acts,) pure numbers >= 0: 0 for an act of one body and for an assembly, which is
    larger than the cap. Raises ValueError when a kind has no weight or a negative one, and for a
    half-life that is not positive. Source: Newman, Phys. Rev. E 64, 016132, 2001.
    """
    until = int(table.day.max(initial=0)) if method.until is None else method.until
    pairs = (table.size >= 2) & (table.size <= method.cap)
    weights = wear(table.day, until=until, half_life=method.half_life)
    weights = np.where(pairs, weights / np.maximum(table.size - 1, 1), 0.0)
    if method.kind_weights is None:
        return weights
    kinds = np.asarray(method.kind_weights, dtype=float)
    if len(kinds) < table.n_kinds or not (np.isfinite(kinds) & (kinds >= 0)).all():
        raise ValueError("Each kind has a finite weight from 0")
    return weights * kinds[table.kind]
