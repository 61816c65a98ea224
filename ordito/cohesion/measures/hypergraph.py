"""Labs as sets of bodies: what can be said without projecting anything."""

import numpy as np

from ordito.cohesion.measures.connectedness import components
from ordito.cohesion.measures.incidence import BoolArray, IntArray


def lab_components(members: BoolArray, s: int) -> int:
    """The s-components: groups of labs linked, one after the other, by s shared bodies or more.

    members    (n_bodies, n_labs) whether each body is in each lab; s in bodies, from 1

    Returns a count in [0, n_labs]; labs with fewer than s bodies are none. Raises ValueError for
    s below 1. Source: Aksoy et al., EPJ Data Science 9, 2020 (s-walks).
    """
    if s < 1:
        raise ValueError("Labs are linked by one body or more")
    large = members[:, members.sum(axis=0) >= s].astype(np.int64)
    linked = large.T @ large >= s
    np.fill_diagonal(linked, False)
    return len(np.unique(components(linked)))


def multi_lab_share(members: BoolArray) -> float | None:
    """The share, among bodies in a lab, of those in two or more, in [0, 1]; None without any.

    members    (n_bodies, n_labs) whether each body is in each lab

    Source: Aksoy et al. 2020.
    """
    labs = members.sum(axis=1)
    n = int((labs > 0).sum())
    return int((labs > 1).sum()) / n if n else None


def act_sizes(size: IntArray) -> dict[int, int]:
    """How many acts had each number of bodies, guests and assemblies included; empty without acts.

    size    (n_acts,) bodies in each act

    Source: MEASURES 2.16.
    """
    sizes, acts = np.unique(size, return_counts=True)
    return {int(one): int(count) for one, count in zip(sizes, acts, strict=True)}
