"""Ordito's own ways: one process, a pool of them, and Dask, by the same kernel."""

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import numpy as np
import pyarrow.parquet as pq

from benchmarks.national.totals import Totals, numbers
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.incidence import Incidence, Method, incidence
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.unit import plain_unit

METHOD = Method(half_life=None, cap=10**9)
INDICATORS = (
    "mass",
    "density",
    "mean_degree",
    "connectedness",
    "degree_centralisation",
    "betweenness_centralisation",
    "broker_dependence",
)
NIGHTLY = ("mass", "density")
CHUNKS = 8


def district_table(file: pq.ParquetFile, district: int, columns: tuple[str, ...] = ()) -> Incidence:
    """One district, everyone present a node; without `kind` pairs are counted once, as others do."""
    group = file.read_row_group(district, columns=["body", "act", *columns])
    body, act = (numbers(group, name) for name in ("body", "act"))
    _bodies, number = np.unique(body, return_inverse=True)
    act = act - act[0]
    first = np.searchsorted(act, np.arange(act[-1] + 1)) if columns else None
    of_act = {name: numbers(group, name)[first] for name in columns}
    return incidence(number, act, day=of_act.get("day"), kind=of_act.get("kind"))


def project_some(path: Path, districts: Iterable[int]) -> Totals:
    found = Totals()
    with pq.ParquetFile(path) as file:
        for district in districts:
            ties = project(district_table(file, district), METHOD)
            found += Totals(ties.n_pairs, float(ties.weight.sum()))
    return found


def _count(path: Path) -> int:
    with pq.ParquetFile(path) as file:
        return int(file.num_row_groups)


def _shares(path: Path, parts: int) -> list[range]:
    n = _count(path)
    return [range(part, n, parts) for part in range(parts)]


def one_process(path: Path) -> Totals:
    return project_some(path, range(_count(path)))


def pool(path: Path, workers: int = 2) -> Totals:
    shares = _shares(path, workers * CHUNKS)
    with ProcessPoolExecutor(workers) as executor:
        return sum(executor.map(project_some, [path] * len(shares), shares), Totals())


def on_dask(path: Path) -> Totals:
    from distributed import Client  # noqa: PLC0415  costs a second, for this way only

    with started_cluster() as address, Client(address, timeout="30s") as client:
        client.wait_for_workers(2, timeout=60)
        began = time.perf_counter()
        shares = _shares(path, 2 * CHUNKS)
        futures = client.map(project_some, [path] * len(shares), shares, pure=False)
        found = sum(client.gather(futures), Totals())
        found.seconds = time.perf_counter() - began  # the cluster is up already
        return found


@contextmanager
def started_cluster() -> Iterator[str]:
    """The address of a scheduler with two workers, processes of their own."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
    processes = [
        subprocess.Popen(
            (sys.executable, "-m", f"distributed.cli.{name}", *rest), stderr=subprocess.DEVNULL
        )
        for name, *rest in (scheduler, worker, worker)
    ]
    try:
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(timeout=20)


def indicators(path: Path) -> Totals:
    """Every district measured on its alive ties, without chance or bands."""
    request = Request(METHOD, names=INDICATORS, draws=0, has_bands=False)
    found = Totals()
    with pq.ParquetFile(path) as file:
        for district in range(file.num_row_groups):
            unit = plain_unit(district_table(file, district, ("day", "kind")))
            mass = measure(unit, request, name=str(district))[0].value
            found += Totals(1, float(mass) if isinstance(mass, float) else 0.0)
    return found


def nightly(path: Path) -> Totals:
    """Mass and density of every district with 200 draws of chance and their bands, compiled."""
    from ordito.cohesion.measures.fast import KERNEL  # noqa: PLC0415  its memory is this way's

    request = Request(METHOD, names=NIGHTLY)
    found = Totals()
    with pq.ParquetFile(path) as file:
        for district in range(file.num_row_groups):
            unit = plain_unit(district_table(file, district))
            mass = measure(unit, request, name=str(district), kernel=KERNEL)[0]
            if mass.chance is None or mass.band is None:
                raise AssertionError(f"district {district} has no chance or no band")
            found += Totals(1, mass.chance.percentile)
    return found
