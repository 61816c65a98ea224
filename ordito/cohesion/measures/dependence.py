"""Dependence on a broker: which bodies would be cut off if one left."""

from dataclasses import dataclass

import numpy as np
import rustworkx

from ordito.cohesion.measures.connectedness import components
from ordito.cohesion.measures.incidence import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Absence:
    """What changes when a body leaves: connected pairs of the others, and who loses what."""

    pairs_before: int
    pairs_after: int
    cut_off: tuple[IntArray, ...]
    isolated: IntArray

    @property
    def share_lost(self) -> float | None:
        lost = self.pairs_before - self.pairs_after
        return lost / self.pairs_before if self.pairs_before else None


def _graph_of(adjacency: BoolArray) -> "rustworkx.PyGraph[None, None]":
    graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(adjacency))
    left, right = np.nonzero(np.triu(adjacency, 1))
    graph.add_edges_from_no_data(list(zip(left.tolist(), right.tolist(), strict=True)))
    return graph


def articulation_points(adjacency: BoolArray) -> IntArray:
    """The bodies whose leaving splits a component, as sorted numbers; adjacency (n, n) symmetric.

    Returns (a,) body numbers, none without ties. Source: Tarjan 1972.
    """
    return np.asarray(sorted(rustworkx.articulation_points(_graph_of(adjacency))), dtype=np.int64)


def broker_dependence(adjacency: BoolArray) -> FloatArray:
    """B_i, the share of the other connected pairs that stop being connected when i leaves.

    adjacency    (n, n) symmetric, no diagonal

    Returns (n,) pure numbers in [0, 1], 0 for all but articulation points and where no other pair
    is connected. Never publish it as a ranking of persons. Source: Borgatti 2006 (key players).
    """
    found = np.zeros(len(adjacency))
    for body in articulation_points(adjacency):
        found[body] = without_body(adjacency, int(body)).share_lost or 0.0
    return found


def without_body(adjacency: BoolArray, body: int) -> Absence:
    """Before and after: the connected pairs of the others, and who is cut off from the rest.

    adjacency    (n, n) symmetric, no diagonal; body in 0 .. n - 1

    Returns counts of pairs, and the body numbers of each piece that separates from the largest one
    left of the component, pieces by falling size; isolated are those left alone. All empty when
    nothing splits. Raises IndexError for a body that is not there.
    """
    if not 0 <= body < len(adjacency):
        raise IndexError(f"No body {body} among {len(adjacency)}")
    others = np.delete(np.arange(len(adjacency)), body)
    before = components(adjacency)
    after = components(adjacency[np.ix_(others, others)])
    near = before[others] == before[body]
    pieces = [others[near & (after == piece)] for piece in np.unique(after[near])]
    pieces.sort(key=lambda piece: (-len(piece), piece.tolist()))
    alone = [piece for piece in pieces if len(piece) == 1 and adjacency[piece[0], body]]
    return Absence(
        pairs_before=_pairs(before[others]),
        pairs_after=_pairs(after),
        cut_off=tuple(pieces[1:]),
        isolated=np.concatenate(alone) if alone else np.zeros(0, dtype=np.int64),
    )


def _pairs(component: IntArray) -> int:
    sizes = np.bincount(component) if len(component) else np.zeros(0, dtype=np.int64)
    return int((sizes * (sizes - 1)).sum()) // 2
