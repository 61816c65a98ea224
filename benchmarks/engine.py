"""The measures of one district in the engine: a typical one and a large one, without chance."""

import time
from collections.abc import Iterator
from statistics import median

import numpy as np

from benchmarks.measures import TURNS, Measure
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.incidence import Incidence, incidence
from ordito.cohesion.measures.unit import Unit, plain_unit

SEED = 20260331
TYPICAL_MS, LARGE_MS = 5, 150


def district(n_bodies: int, n_acts: int, mean_size: float) -> Incidence:
    """A district of bodies that come with heavy-tailed chances, over two years."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    sizes = np.clip(rng.poisson(mean_size - 2, n_acts) + 2, 2, 60)
    act = np.repeat(np.arange(n_acts), sizes)
    pull = rng.lognormal(0, 0.8, n_bodies)
    body = rng.choice(n_bodies, len(act), p=pull / pull.sum())
    return incidence(body, act, n_bodies=n_bodies, day=rng.integers(0, 730, n_acts))


def cpu_milliseconds(unit: Unit, request: Request) -> float:
    """The median of seven warm turns, in CPU: other work on the machine disturbs it less."""
    measure(unit, request)
    times = []
    for _turn in range(TURNS):
        began = time.process_time()
        measure(unit, request)
        times.append((time.process_time() - began) * 1000)
    return round(median(times), 1)


def measure_engine() -> Iterator[Measure]:
    request = Request(draws=0, has_bands=False)
    for name, table, limit in (
        ("typical", district(35, 48, 7.5), TYPICAL_MS),
        ("large", district(567, 1_282, 9.9), LARGE_MS),
    ):
        unit = plain_unit(table)
        taken = cpu_milliseconds(unit, request)
        size = (
            f"{table.n_bodies} organisations, {table.n_acts:,} acts, {len(table.body):,} presences"
        )
        yield Measure(f"measures: {name} district ({size})", taken, "ms of CPU", limit)
