"""Published networks and random tables, as incidence tables."""

import networkx
import numpy as np
from hypothesis import strategies as st

from ordito.cohesion.measures.incidence import Incidence, Method, incidence

PLAIN = Method(half_life=None)


def davis() -> Incidence:
    """The Southern Women of Davis, Gardner and Gardner: 18 women at 14 occasions."""
    graph = networkx.davis_southern_women_graph()
    women = [node for node in graph if graph.nodes[node]["bipartite"] == 0]
    events = [node for node in graph if graph.nodes[node]["bipartite"] == 1]
    table = networkx.bipartite.biadjacency_matrix(graph, women, events).toarray()
    return incidence(*np.nonzero(table))


def matrix_of(graph: networkx.Graph) -> np.ndarray:
    return networkx.to_numpy_array(graph, weight=None) > 0


def random_table(seed: int, *, n: int = 14, n_acts: int = 20, n_kinds: int = 2) -> Incidence:
    rng = np.random.default_rng(seed)
    table = rng.random((n, n_acts)) < rng.uniform(0.05, 0.4, (n, 1))
    return incidence(
        *np.nonzero(table),
        n_bodies=n,
        n_acts=n_acts,
        kind=rng.integers(0, n_kinds, n_acts),
        day=np.sort(rng.integers(0, 900, n_acts)),
    )


def _table(rows: list[list[int]], days: list[int]) -> Incidence:
    acts = [(body, act) for act, bodies in enumerate(rows) for body in bodies]
    body, act = zip(*acts, strict=True) if acts else ((), ())
    return incidence(
        body,
        act,
        n_bodies=8,
        n_acts=len(rows),
        kind=[number % 3 for number in range(len(rows))],
        day=days[: len(rows)],
    )


tables = st.builds(
    _table,
    st.lists(st.lists(st.integers(0, 7), max_size=8), max_size=10),
    st.lists(st.integers(0, 1500), min_size=10, max_size=10),
)
