"""The server falls under people who write: nothing that it acknowledged is lost."""

import os
import random
from pathlib import Path
from statistics import median

import pytest

from tests.crash.harness import Installation, faults_of, kill_and_check
from tests.crash.writers import Acknowledged, Writer

KILLS = 20
RESTART_LIMIT = 10.0  # seconds, on a machine busy with other tests; `make bench` holds it to 2


@pytest.mark.crash
def test_no_acknowledged_write_is_lost_by_a_kill(tmp_path: Path) -> None:
    seed = int(os.environ["TESTS_SEED"])
    outcome = kill_and_check(tmp_path / "data", kills=KILLS, seed=seed)
    print(
        f"seed {seed}: {KILLS} kills, {outcome.acknowledged} acknowledged writes,"
        f" restart {median(outcome.restarts):.2f} s"
    )
    assert outcome.faults == [], f"seed {seed}"
    assert outcome.refused == [], f"seed {seed}"
    assert outcome.acknowledged >= KILLS, "nobody wrote: the test shows nothing"
    assert max(outcome.restarts) < RESTART_LIMIT


@pytest.mark.crash
def test_the_check_finds_a_write_that_was_lost(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "data")
    prepared = installation.prepare()
    lost = Writer(0, installation.port, "", prepared["organisations"], random.Random(0))
    lost.done.append(Acknowledged("2026-03-02"))

    assert faults_of(installation, [lost]) == ["opened and missing: 2026-03-02"]
