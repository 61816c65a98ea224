"""Units measured one after the other, in a pool of processes, or on a Dask cluster."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ordito.cohesion.files.units import Part
from ordito.cohesion.measures.engine import Measured, Request, measure

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 20
"""Seconds given to a scheduler and to its first worker to answer."""

NO_SCHEDULER = "Lo scheduler di Dask «{}» non risponde: controllate l'indirizzo e che sia acceso."
NO_WORKER = "Lo scheduler di Dask «{}» non ha processi che lavorano: avviatene almeno uno."
NO_START = "Dask non è riuscito ad avviare i suoi processi: riprovate, o usate --engine local."


@dataclass(frozen=True)
class Job:
    """A unit and what to measure of it, by the plain form or the compiled one."""

    part: Part
    request: Request
    is_compiled: bool = False

    def run(self) -> list[Measured]:
        kernel = None
        if self.is_compiled:
            from ordito.cohesion.measures.fast import KERNEL  # noqa: PLC0415  the extra `national`

            kernel = KERNEL
        return measure(self.part.unit, self.request, name=self.part.name, kernel=kernel)


@dataclass
class Outcome:
    """The results in the order of the jobs, and the units that no worker brought back."""

    results: list[tuple[Job, list[Measured]]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def run(
    jobs: Sequence[Job],
    *,
    workers: int = 1,
    uses_dask: bool = False,
    cluster: str | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> Outcome:
    """Measure every job; the results are the same whatever does the work.

    workers      processes to start here; cluster: the address of a Dask scheduler to use instead

    Raises what `measure` raises, ImportError without Dask and OSError when no scheduler answers or
    no worker starts. A unit whose Dask worker is lost is tried on another, and named in `missing`
    when Dask gives it up, after three more.
    """
    outcome = Outcome()
    found = _on_dask(jobs, workers, cluster) if uses_dask else _here(jobs, workers)
    for number, (job, result) in enumerate(zip(jobs, found, strict=True), 1):
        if result is None:
            outcome.missing.append(job.part.name)
        else:
            outcome.results.append((job, result))
        progress(number / len(jobs))
    return outcome


def _here(jobs: Sequence[Job], workers: int) -> Iterator[list[Measured]]:
    if workers < 2:
        yield from map(Job.run, jobs)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(Job.run, jobs, chunksize=max(1, len(jobs) // (workers * 8)))


def _on_dask(
    jobs: Sequence[Job], workers: int, cluster: str | None
) -> Iterator[list[Measured] | None]:
    from distributed import KilledWorker  # noqa: PLC0415  the extra `national`

    # What a worker says of its coming and going is not for who asked for a measure.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with _client(cluster) if cluster else _own_client(workers) as client:
        for future in client.map(Job.run, jobs, pure=False):
            yield None if isinstance(future.exception(), KilledWorker) else future.result()


@contextmanager
def _client(address: str) -> Iterator["Client"]:
    from distributed import Client  # noqa: PLC0415  the extra `national`

    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise ConnectionError(NO_SCHEDULER.format(address)) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise ConnectionError(NO_WORKER.format(address)) from error
        yield client


@contextmanager
def _own_client(workers: int) -> Iterator["Client"]:
    from distributed import Client, LocalCluster  # noqa: PLC0415  the extra `national`

    try:
        cluster = LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        )
    except RuntimeError as error:
        raise ConnectionError(NO_START) from error
    with cluster, Client(cluster) as client:
        yield client
