"""Ordito's ways with the extra `national`: one process, a pool of them, and Dask."""

import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from distributed import Client

from benchmarks.national.cluster import started_cluster
from benchmarks.national.districts import METHOD, projected, shares, tables
from benchmarks.national.totals import Totals
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.fast import KERNEL, project
from ordito.cohesion.measures.incidence import incidence
from ordito.cohesion.measures.unit import plain_unit

NIGHTLY = ("mass", "density")
PARTS, WORKERS = 16, 2

project(incidence([0, 1], [0, 0]), METHOD)  # compiles, before any clock starts


def project_some(path: Path, chosen: range) -> Totals:
    return projected(path, chosen, project)


def one_process(path: Path) -> Totals:
    return projected(path, None, project)


def pool(path: Path) -> Totals:
    parts = shares(path, PARTS)
    with ProcessPoolExecutor(WORKERS) as executor:
        return sum(executor.map(project_some, [path] * PARTS, parts), Totals())


def on_dask(path: Path) -> Totals:
    with started_cluster(WORKERS) as address, Client(address, timeout="30s") as client:
        client.wait_for_workers(WORKERS, timeout=60)
        began = time.perf_counter()
        futures = client.map(project_some, [path] * PARTS, shares(path, PARTS), pure=False)
        found = sum(client.gather(futures), Totals())
        found.seconds = time.perf_counter() - began  # the cluster is up already
        return found


def nightly(path: Path) -> Totals:
    """Mass and density of every district with 200 draws of chance and their bands."""
    request = Request(METHOD, names=NIGHTLY)
    found = Totals()
    for district, table in tables(path):
        mass = measure(plain_unit(table), request, name=str(district), kernel=KERNEL)[0]
        if mass.chance is None or mass.band is None:
            raise AssertionError(f"district {district} has no chance or no band")
        found += Totals(1, mass.chance.percentile)
    return found
