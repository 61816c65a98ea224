"""Ordito's plain way, without the extra `national`: NumPy and SciPy, one process."""

from pathlib import Path

from benchmarks.national.districts import METHOD, projected, tables
from benchmarks.national.totals import Totals
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.unit import plain_unit

INDICATORS = (
    "mass",
    "density",
    "mean_degree",
    "connectedness",
    "degree_centralisation",
    "betweenness_centralisation",
    "broker_dependence",
)


def one_process(path: Path) -> Totals:
    return projected(path, None, project)


def indicators(path: Path) -> Totals:
    """Every district measured on its alive ties, without chance or bands."""
    request = Request(METHOD, names=INDICATORS, draws=0, has_bands=False)
    found = Totals()
    for district, table in tables(path, columns=("day", "kind")):
        mass = measure(plain_unit(table), request, name=str(district))[0].value
        found += Totals(1, float(mass) if isinstance(mass, float) else 0.0)
    return found
