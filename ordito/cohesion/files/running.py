"""Units measured one after the other, in a pool of processes, or on a Dask cluster."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from ordito.cohesion.files.units import Part
from ordito.cohesion.measures.engine import Measured, Request, measure

RETRIES = 3


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

    Raises what `measure` raises, ImportError without Dask and OSError when no scheduler answers.
    A unit whose Dask worker is lost is tried again, and named in `missing` after three times.
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
    from distributed import Client, KilledWorker, LocalCluster  # noqa: PLC0415  extra `national`

    own = None
    if cluster is None:
        own = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
        )
    try:
        with Client(cluster or own, timeout="20s") as client:
            futures = client.map(Job.run, jobs, retries=RETRIES, pure=False)
            for future in futures:
                error = future.exception()
                if isinstance(error, KilledWorker):
                    yield None
                else:
                    yield future.result()
    finally:
        if own is not None:
            own.close()
