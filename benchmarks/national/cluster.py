"""A Dask cluster of its own: a scheduler and workers, each a process."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket


@contextmanager
def started_cluster(workers: int) -> Iterator[str]:
    """The address of a scheduler, while it and its workers last."""
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
        for name, *rest in (scheduler, *[worker] * workers)
    ]
    try:
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(timeout=20)
