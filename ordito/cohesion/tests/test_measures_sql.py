"""A second implementation, in SQL, that shares no line with the first."""

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from ordito.cohesion.measures.incidence import Method, incidence
from ordito.cohesion.measures.mass import interactive_mass
from ordito.cohesion.measures.pooled import pooled_participation
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.unit import plain_unit

TIES = """
WITH once AS (SELECT DISTINCT body, act, kind, day FROM presences),
     sized AS (SELECT *, count(*) OVER (PARTITION BY act) AS k FROM once)
SELECT a.kind, least(a.body, b.body) AS l, greatest(a.body, b.body) AS r,
       sum((1 + a.kind) * pow(2, -(900 - a.day) / (12 * 365.25 / 12)) / (a.k - 1)) AS w
FROM sized a JOIN sized b ON a.act = b.act AND a.body < b.body
WHERE a.k BETWEEN 2 AND 9
GROUP BY ALL ORDER BY ALL
"""


@pytest.mark.parametrize("seed", range(4))
def test_sql_gives_the_same_ties_mass_and_participation(seed):
    rng = np.random.default_rng(seed)
    n_rows, n_acts = 600, 80
    body, act = rng.integers(0, 30, n_rows), rng.integers(0, n_acts, n_rows)
    kind, day = rng.integers(0, 3, n_acts), rng.integers(0, 900, n_acts)
    table = incidence(body, act, n_bodies=30, n_acts=n_acts, kind=kind, day=day)
    ties = project(table, Method(until=900, cap=9, kind_weights=(1.0, 2.0, 3.0)))
    with duckdb.connect() as sql:
        sql.register(
            "presences", pa.table({"body": body, "act": act, "kind": kind[act], "day": day[act]})
        )
        found = sql.execute(TIES).fetchnumpy()
        mass = sql.execute(f"SELECT sum(1 - exp(-w)) FROM ({TIES})").fetchone()[0]
        rate = sql.execute(
            "SELECT count(DISTINCT (body, act)) / (30.0 * ?) FROM presences", [n_acts]
        ).fetchone()[0]
    assert found["l"].tolist() == ties.left.tolist()
    assert found["r"].tolist() == ties.right.tolist()
    assert found["kind"].tolist() == ties.kind.tolist()
    assert found["w"] == pytest.approx(ties.weight, rel=1e-12)
    assert interactive_mass(ties).mass == pytest.approx(mass, rel=1e-12)
    unit = plain_unit(table)
    assert pooled_participation(unit.came, unit.due) == pytest.approx(rate, rel=1e-12)
