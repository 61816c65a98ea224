"""Clustering of the two-mode table, where a meeting does not make triangles by itself."""

import numpy as np

from ordito.cohesion.measures.incidence import BoolArray, FloatArray, Incidence, IntArray, Method
from ordito.cohesion.measures.projection import encounters


def robins_alexander(table: Incidence) -> float | None:
    """4 C4 / L3: how often two bodies of one act meet again, over the ways of three steps.

    Returns a pure number in [0, 1], None when no path of three steps exists. C4 counts cycles
    body-act-body-act. Source: Robins and Alexander, Comput. and Math. Organization Theory 10, 2004.
    """
    shared = table.shared
    cycles = float((shared * (shared - 1)).sum()) / 4
    paths = int(((table.degree[table.body] - 1) * (table.present[table.act] - 1)).sum())
    return 4 * cycles / paths if paths else None


def opsahl(table: Incidence) -> float | None:
    """C*, closed 4-paths over 4-paths centred on a body: do my partners meet without that act?

    A 4-path is i - p - j - q - k, three bodies and two acts; it is closed when i and k share an act
    that is neither p nor q. Returns a pure number in [0, 1], None without 4-paths. Acts of any size
    count. Source: Opsahl, Social Networks 35, 2013 (arXiv 1006.0887).
    """
    shared = table.shared
    size = table.present
    two_step = shared @ shared
    np.fill_diagonal(two_step, 0)
    within_one_act = int((size * (size - 1) * (size - 2)).sum())
    paths = float(two_step.sum()) - within_one_act
    if paths <= 0:
        return None
    return (float(two_step[shared > 0].sum()) + _corrections(table, shared)) / paths


def _corrections(table: Incidence, shared: FloatArray) -> float:
    """What to take from two-step ways whose ends meet, so that p, q and the closing act differ.

    For ends i, k that share c acts, and a third body j that was in t of those, the closed paths
    through j are ab - t for c >= 3, ab - t^2 for c = 2, ab - a - b + 1 for c = 1 = t.
    """
    total = 0.0
    met = encounters(table, Method(cap=int(table.size.max(initial=0))))
    left, right, act = met.left, met.right, met.act
    times = shared[left, right].astype(np.int64)
    others = table.present[act] - 2
    total -= 2.0 * float(others[times >= 3].sum())
    total += 2.0 * _ends_that_met_once(table, shared, left, right, act, times == 1)
    twice = times == 2
    order = np.lexsort((act[twice], right[twice], left[twice]))
    first, second = act[twice][order][::2], act[twice][order][1::2]
    squares = others[twice].sum() + 2 * (_common(table, first, second) - 2).sum()
    return total - 2.0 * float(squares)


def _ends_that_met_once(
    table: Incidence,
    shared: FloatArray,
    left: IntArray,
    right: IntArray,
    act: IntArray,
    once: BoolArray,
) -> float:
    """Sum, over ends that met once and each third body there, of 1 - a - b."""
    times = shared[left, right]
    one, other = left * table.n_acts + act, right * table.n_acts + act
    # For each presence, the acts that its body shared with all the others present.
    met = np.bincount(one, times, table.n_bodies * table.n_acts)
    met += np.bincount(other, times, table.n_bodies * table.n_acts)
    others = table.present[act[once]] - 2
    return float((others - met[one[once]] - met[other[once]] + 2).sum())


def _common(table: Incidence, first: IntArray, second: IntArray) -> IntArray:
    """How many bodies each act of `first` shares with that of `second`."""
    if not len(first):
        return np.zeros(0, dtype=np.int64)
    acts, place = np.unique(first * table.n_acts + second, return_inverse=True)
    one, other = table.presences[:, acts // table.n_acts], table.presences[:, acts % table.n_acts]
    return np.asarray(one.multiply(other).sum(axis=0), dtype=np.int64)[place]
