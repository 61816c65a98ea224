"""One way in one process of its own: its totals, seconds, CPU and the most memory it took."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

WAYS = {
    "ordito": ("ours", "one_process"),
    "plain": ("plain", "one_process"),
    "pool": ("ours", "pool"),
    "dask": ("ours", "on_dask"),
    "indicators": ("plain", "indicators"),
    "nightly": ("ours", "nightly"),
    "networkx": ("rivals", "with_networkx"),
    "pandas": ("rivals", "with_pandas"),
    "duckdb": ("rivals", "with_duckdb"),
    "compiled": ("rivals", "compiled"),
}


@dataclass(frozen=True)
class Run:
    """Seconds by the clock and of CPU (children included), and MB at the peak."""

    edges: int
    weight: float
    wall: float
    cpu: float
    peak: float


def run(way: str, path: Path) -> Run:
    """Raises CalledProcessError when the way fails, by lack of memory for one."""
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks.national.ways", way, str(path)),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Run(**json.loads(done.stdout))


def main(way: str, path: Path) -> None:
    module, name = WAYS[way]
    act = getattr(import_module(f"benchmarks.national.{module}"), name)
    began, cpu = time.perf_counter(), _cpu()
    totals = act(path)
    wall = time.perf_counter() - began
    found = Run(totals.edges, totals.weight, totals.seconds or wall, _cpu() - cpu, _peak())
    sys.stdout.write(json.dumps(found.__dict__))


def _cpu() -> float:
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(time.ru_utime + time.ru_stime for time in times)


def _peak() -> float:
    """MB: the largest of this process and of each of its children."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
