"""Two hundred falls of the server under people who write."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measures import Measure
from tests.crash.harness import kill_and_check

RESTART_S = 2


def measure_kills(kills: int, seed: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="ordito-kills-") as folder:
        outcome = kill_and_check(Path(folder) / "data", kills=kills, seed=seed)
    if outcome.faults or outcome.refused:
        raise AssertionError(f"seed {seed}: {outcome.faults[:5]} {outcome.refused[:5]}")
    written = outcome.acknowledged
    yield Measure(
        f"crash: acknowledged writes kept through {kills} kills (seed {seed})",
        written,
        "writes",
        written,
        is_floor=True,
    )
    restart = round(median(outcome.restarts), 2)
    yield Measure("crash: back in service after a kill", restart, "s", RESTART_S)
