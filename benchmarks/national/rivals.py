"""The ways that others would take: networkx, pandas, SQL, and compiled loops as the limit."""

import time
from pathlib import Path

import duckdb
import networkx as nx
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numba import njit

from benchmarks.national.districts import ranked
from benchmarks.national.totals import Totals, numbers

LARGEST, MOST_PAIRS = 8_000, 4_000_000
SQL = """
SELECT count(*), sum(w) FROM (
  SELECT a.district, a.body, b.body, sum(1.0 / (a.k - 1)) AS w
  FROM (SELECT district, act, body, count(*) OVER (PARTITION BY act) AS k FROM '{path}') a
  JOIN (SELECT act, body FROM '{path}') b ON a.act = b.act AND a.body < b.body
  GROUP BY ALL)
"""


def with_networkx(path: Path) -> Totals:
    found = Totals()
    with pq.ParquetFile(path) as file:
        for district in range(file.num_row_groups):
            group = file.read_row_group(district, columns=["body", "act"])
            body, act = (column.to_pylist() for column in group.columns)
            graph = nx.Graph()
            graph.add_edges_from((f"b{b}", a) for b, a in zip(body, act, strict=True))
            names = {f"b{b}" for b in body}
            tied = nx.bipartite.collaboration_weighted_projected_graph(graph, names)
            found += Totals(tied.number_of_edges(), tied.size(weight="weight"))
    return found


def with_pandas(path: Path) -> Totals:
    rows = pd.read_parquet(path, columns=["district", "act", "body"])
    rows["share"] = 1.0 / (rows.groupby("act")["body"].transform("size") - 1)
    pairs = rows.merge(rows[["act", "body"]], on="act", suffixes=("", "_other"))
    pairs = pairs[pairs["body"] < pairs["body_other"]]
    weights = pairs.groupby(["district", "body", "body_other"], sort=False)["share"].sum()
    return Totals(len(weights), float(weights.sum()))


def with_duckdb(path: Path) -> Totals:
    with duckdb.connect() as sql:
        row = sql.execute(SQL.format(path=path)).fetchone()
    if row is None:
        raise AssertionError("no total")
    return Totals(int(row[0]), float(row[1]))


def compiled(path: Path) -> Totals:
    """Dense loops per district that also write the weighted pairs, and nothing else."""
    room = np.zeros((LARGEST, LARGEST), dtype=np.float32)
    pairs = np.empty(MOST_PAIRS, np.int32), np.empty(MOST_PAIRS, np.int32), np.empty(MOST_PAIRS)
    _pairs(np.arange(2), np.zeros(2, dtype=np.int32), 2, room, *pairs)  # compiles
    began = time.perf_counter()
    found = Totals()
    with pq.ParquetFile(path) as file:
        for district in range(file.num_row_groups):
            group = file.read_row_group(district, columns=["body", "act"])
            body, act = (numbers(group, name) for name in ("body", "act"))
            rank = ranked(body)
            count = _pairs(rank, act, int(rank.max()) + 1, room, *pairs)
            found += Totals(count, float(pairs[2][:count].sum()))
    found.seconds = time.perf_counter() - began
    return found


@njit(cache=True)
def _pairs(
    body: np.ndarray,
    act: np.ndarray,
    n: int,
    room: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    weight: np.ndarray,
) -> int:
    count, start = 0, 0
    while start < len(act):
        end = start + 1
        while end < len(act) and act[end] == act[start]:
            end += 1
        share = np.float32(1.0 / max(end - start - 1, 1))
        for one in range(start, end):
            row = room[body[one]]
            for other in range(one + 1, end):
                row[body[other]] += share
        start = end
    for i in range(n):
        row = room[i]
        for j in range(i + 1, n):
            if row[j] > 0:
                left[count], right[count], weight[count] = i, j, row[j]
                row[j] = 0
                count += 1
    return count
