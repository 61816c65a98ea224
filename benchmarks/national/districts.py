"""The districts of a file of acts: read one at a time, and projected."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.national.totals import Totals, numbers
from ordito.cohesion.measures.incidence import Incidence, Method, incidence
from ordito.cohesion.measures.unit import Project

METHOD = Method(half_life=None, cap=10**9)


def tables(
    path: Path, chosen: Iterable[int] | None = None, columns: tuple[str, ...] = ()
) -> Iterator[tuple[int, Incidence]]:
    """Some districts, or all: the number of each, and its acts with everyone present a node.

    Without `kind` among the columns pairs are counted once, as others do.
    """
    with pq.ParquetFile(path, memory_map=True) as file:
        for district in range(file.num_row_groups) if chosen is None else chosen:
            group = file.read_row_group(
                district, columns=["body", "act", *columns], use_threads=False
            )
            body, act = ranked(numbers(group, "body")), numbers(group, "act")
            act = act - act[0]
            first = np.searchsorted(act, np.arange(act[-1] + 1)) if columns else None
            of_act = {name: numbers(group, name)[first] for name in columns}
            yield district, incidence(body, act, day=of_act.get("day"), kind=of_act.get("kind"))


def ranked(body: np.ndarray) -> np.ndarray:
    """The same bodies numbered from 0, in order."""
    low = body.min()
    seen = np.zeros(body.max() - low + 1, dtype=bool)
    seen[body - low] = True
    return (np.cumsum(seen) - 1)[body - low]


def shares(path: Path, parts: int) -> list[range]:
    """The districts dealt out in parts."""
    with pq.ParquetFile(path) as file:
        return [range(part, file.num_row_groups, parts) for part in range(parts)]


def projected(path: Path, chosen: Iterable[int] | None, project: Project) -> Totals:
    found = Totals()
    for _district, table in tables(path, chosen):
        ties = project(table, METHOD)
        found += Totals(ties.n_pairs, float(ties.weight.sum()))
    return found
