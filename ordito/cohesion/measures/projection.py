"""From acts to ties: which two bodies met, by kind, and how much it weighs."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from ordito.cohesion.measures.incidence import (
    GIVES,
    RECEIVES,
    BoolArray,
    FloatArray,
    Incidence,
    IntArray,
    Method,
    act_weights,
)

ALIVE = float(np.log(2))
"""The weight from which a tie is alive: one live contact is as likely as not."""


@dataclass(frozen=True)
class Ties:
    """The weighted pairs of `n` bodies, by kind, sorted by kind and pair; every weight is > 0.

    kind, left, right    (p,) with left < right
    weight               (p,) sums of c d / (k - 1) over the acts of that kind that both came to
    """

    n: int
    n_kinds: int
    kind: IntArray
    left: IntArray
    right: IntArray
    weight: FloatArray

    @cached_property
    def pairs(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Left, right and weight of each pair once, over all kinds."""
        if self.n_kinds == 1:
            return self.left, self.right, self.weight
        key, place = np.unique(self.left * self.n + self.right, return_inverse=True)
        weight = np.asarray(np.bincount(place, self.weight, len(key)), dtype=float)
        return key // self.n, key % self.n, weight

    @property
    def n_pairs(self) -> int:
        return len(self.pairs[0])

    @cached_property
    def matrix(self) -> FloatArray:
        """(n, n) symmetric weights over all kinds, 0 on the diagonal."""
        left, right, weight = self.pairs
        matrix = np.zeros((self.n, self.n))
        matrix[left, right] = matrix[right, left] = weight
        return matrix

    @property
    def strength(self) -> FloatArray:
        """(n,) the sum of each body's weights; with c = d = 1, the acts it shared."""
        left, right, weight = self.pairs
        sums = np.bincount(left, weight, self.n) + np.bincount(right, weight, self.n)
        return np.asarray(sums, dtype=float)


def project(table: Incidence, method: Method) -> Ties:
    """The ties that acts leave: w = sum of c d / (k - 1) over the acts of a pair, by kind.

    Where presences have weights u, each term is multiplied by the geometric mean of the two. With
    `method.is_directed` only who gives and who receives make a pair.

    Returns the ties of the table's bodies, none for an empty table; weights in acts. Raises what
    `act_weights` raises. Source: Newman, Phys. Rev. E 64, 016132, 2001; one sparse product per
    unit, MEASURES 5.2.
    """
    weights = act_weights(table, method)
    if method.is_directed:
        gives, receives = (table.side & GIVES) > 0, (table.side & RECEIVES) > 0
        arcs = _product(table, weights, gives, receives)
        # Two bodies that both give and receive in an act met in it once, not twice.
        both = _product(table, weights, gives & receives, gives & receives)
        return _upper(table, (arcs + arcs.T - both).tocsr())
    return _upper(table, _product(table, weights))


def arcs(table: Incidence, method: Method) -> FloatArray:
    """Who gave to whom: a[i, j] counts the acts in which i gave and j received.

    Acts that make no pair, for their size or a kind of weight 0, make no arc either; neither wear
    nor other weights of kinds matter. Returns (n, n) counts >= 0, 0 on the diagonal; presences
    with weights u add the geometric mean of the two. All zeros when no presence has a side. Source:
    MEASURES 2.7.
    """
    gives, receives = (table.side & GIVES) > 0, (table.side & RECEIVES) > 0
    counted = (act_weights(table, replace(method, half_life=None)) > 0).astype(float)
    found = _product(table, counted, gives, receives, has_kinds=False).toarray()
    np.fill_diagonal(found, 0)
    return np.asarray(found, dtype=float)


@dataclass(frozen=True)
class Encounters:
    """Each pair in each act that makes pairs: left < right, and the presences' own weight."""

    table: Incidence
    left: IntArray
    right: IntArray
    act: IntArray
    weight: FloatArray

    @cached_property
    def _groups(self) -> tuple[IntArray, IntArray]:
        table = self.table
        pair = self.left * table.n_bodies + self.right
        key = table.kind[self.act] * table.n_bodies**2 + pair
        return np.unique(key, return_inverse=True)

    @cached_property
    def _pairs(self) -> IntArray:
        pair = self.left * self.table.n_bodies + self.right
        return np.unique(pair, return_inverse=True)[1]

    def pair_weights(self, act_weight: FloatArray) -> FloatArray:
        """(p,) the weight of each pair that ever met, over kinds, under weights (n_acts,)."""
        return np.asarray(np.bincount(self._pairs, self.weight * act_weight[self.act]), dtype=float)

    def ties(self, act_weight: FloatArray) -> Ties:
        """The ties under weights of acts (n_acts,), those of weight 0 left out."""
        key, place = self._groups
        n = max(self.table.n_bodies, 1)
        weights = np.bincount(place, self.weight * act_weight[self.act], len(key))
        weight = np.asarray(weights, dtype=float)
        key, weight = key[weight > 0], weight[weight > 0]
        pair = key % n**2
        return Ties(
            self.table.n_bodies, self.table.n_kinds, key // n**2, pair // n, pair % n, weight
        )


def encounters(table: Incidence, method: Method) -> Encounters:
    """List who met whom, act by act, for what must look at acts one at a time.

    Returns as many rows as pairs in acts of two bodies up to the cap; none for an empty table.
    With `method.is_directed`, pairs of which one gives and the other receives.
    """
    size = table.present[table.act]
    start = (np.cumsum(table.present) - table.present)[table.act]
    after = size - (np.arange(len(table.body)) - start) - 1
    after[table.size[table.act] > method.cap] = 0
    first = np.repeat(np.arange(len(table.body)), after)
    second = first + np.arange(len(first)) - np.repeat(np.cumsum(after) - after, after) + 1
    if method.is_directed:
        gives, receives = (table.side & GIVES) > 0, (table.side & RECEIVES) > 0
        crossing = (gives[first] & receives[second]) | (receives[first] & gives[second])
        first, second = first[crossing], second[crossing]
    weight = np.sqrt(table.weight[first] * table.weight[second])
    return Encounters(table, table.body[first], table.body[second], table.act[first], weight)


def _product(
    table: Incidence,
    weights: FloatArray,
    rows: BoolArray | None = None,
    columns: BoolArray | None = None,
    *,
    has_kinds: bool = True,
) -> sparse.csr_array:
    """One block of (n, n) per kind on the diagonal: each act has one kind, so the rest is empty."""
    place = table.body
    if has_kinds and table.n_kinds > 1:
        place = table.kind[table.act] * table.n_bodies + place
    width = table.n_bodies * (table.n_kinds if has_kinds else 1)
    roots = np.sqrt(table.weight)
    counts = (weights[table.act] > 0) & (table.weight > 0)
    ones = _by_act(table, place, roots, _both(counts, columns), width)
    given = _by_act(table, place, roots * weights[table.act], _both(counts, rows), width)
    return given.T.tocsr() @ ones


def _both(one: BoolArray, other: BoolArray | None) -> BoolArray:
    return one if other is None else one & other


def _by_act(
    table: Incidence, place: IntArray, values: FloatArray, kept: BoolArray, width: int
) -> sparse.csr_array:
    """(n_acts, width): presences come sorted by act, so the rows are there already."""
    ends = np.cumsum(np.bincount(table.act[kept], minlength=table.n_acts))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), ends))
    shape = (table.n_acts, width)
    # Narrow numbers halve what the product reads.
    parts = (values[kept], place[kept].astype(np.int32), starts.astype(np.int32))
    return sparse.csr_array(parts, shape=shape)


def _upper(table: Incidence, product: sparse.csr_array) -> Ties:
    """Each pair once. Turning the lower half on its side sorts it, in linear time."""
    n, width = table.n_bodies, product.shape[0]
    rows = np.repeat(np.arange(width, dtype=np.int32), np.diff(product.indptr))
    kept = product.indices < rows
    ends = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(kept)))
    lower = sparse.csr_array(
        (product.data[kept], product.indices[kept], ends[product.indptr]), shape=(width, width)
    )
    upper = lower.tocsc()
    left = np.repeat(np.arange(width), np.diff(upper.indptr))
    right, weight = upper.indices.astype(np.int64), upper.data
    if table.n_kinds == 1 or not n:
        return Ties(n, table.n_kinds, np.zeros_like(left), left, right, weight)
    return Ties(n, table.n_kinds, left // n, left % n, right % n, weight)


def adjacency(ties: Ties, at_least: float = 0.0) -> BoolArray:
    """(n, n) symmetric: which pairs have a weight above 0 and of `at_least` or more, over kinds."""
    left, right, weight = ties.pairs
    kept = weight >= at_least
    matrix = np.zeros((ties.n, ties.n), dtype=bool)
    matrix[left[kept], right[kept]] = matrix[right[kept], left[kept]] = True
    return matrix
