"""The real server, killed again and again under people who write."""

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.crash.writers import Writer

REPOSITORY = Path(__file__).parents[2]
ORDITO = (sys.executable, "-m", "ordito")
KILL_AFTER = (0.020, 0.350)  # seconds of writing
START_LIMIT = 30.0


@dataclass
class Outcome:
    """What a series of kills found. `restarts` are seconds from the start to the first answer."""

    seed: int
    acknowledged: int = 0
    refused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)


class Installation:
    """An Ordito of its own in a folder: prepared, served, killed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ORDITO_", "PYTEST_"))}
        self.environment = kept | {
            "ORDITO_DATA": str(data),
            "ORDITO_SITE_ROOT": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": os.environ.get(
                "DJANGO_SETTINGS_MODULE", "ordito.config.settings"
            ),
        }

    def prepare(self) -> dict[str, list]:
        """Make it a demo, which asks no second factor, with a small district."""
        self.data.mkdir(mode=0o700, parents=True)
        key = self.data / "secret_key"
        key.write_text("only-for-tests-" + "abcdefghij" * 4)
        key.chmod(0o600)
        self.run(*ORDITO, "migrate", "--skip-checks", "--verbosity", "0")
        return json.loads(self.run(sys.executable, "-m", "tests.crash.district"))

    def run(self, *command: str) -> str:
        """Run a command in this installation. Raises CalledProcessError with what it said."""
        done = subprocess.run(
            command, cwd=REPOSITORY, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(
                f"{command} answered {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def serve(self) -> tuple[subprocess.Popen[bytes], float]:
        """Start the server in a process group of its own; wait for its first answer."""
        began = time.monotonic()
        with (self.data / "server.log").open("ab") as log:
            server = subprocess.Popen(
                (*ORDITO, "serve", "--port", str(self.port)),
                cwd=REPOSITORY,
                env=self.environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while not self._answers():
            if server.poll() is not None or time.monotonic() - began > START_LIMIT:
                raise AssertionError((self.data / "server.log").read_text())
            time.sleep(0.02)
        return server, time.monotonic() - began

    def _answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
            except (OSError, HTTPException):
                return False

    def query(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.data / "ordito.sqlite3")) as database:
            return database.execute(sql).fetchall()


def kill_and_check(data: Path, *, kills: int, seed: int) -> Outcome:
    """Kill the server `kills` times at random moments; look each time for what it acknowledged."""
    installation = Installation(data)
    prepared = installation.prepare()
    chance = random.Random(seed)
    outcome = Outcome(seed)
    writers = [
        Writer(n, installation.port, cookie, prepared["organisations"], random.Random(seed + n))
        for n, cookie in enumerate(prepared["cookies"])
    ]
    server, _seconds = installation.serve()
    for _round in range(kills):
        _write_then_kill(server, writers, chance.uniform(*KILL_AFTER))
        server, seconds = installation.serve()
        outcome.restarts.append(seconds)
        outcome.faults += faults_of(installation, writers)
    stop_gently(server)
    installation.run(*ORDITO, "verify")
    outcome.acknowledged = sum(
        1 + (done.present is not None) for writer in writers for done in writer.done
    )
    outcome.refused = [refusal for writer in writers for refusal in writer.refused]
    return outcome


def _write_then_kill(server: subprocess.Popen[bytes], writers: list[Writer], after: float) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=writer.work, args=(stop,)) for writer in writers]
    before = sum(len(writer.done) for writer in writers)
    for thread in threads:
        thread.start()
    # The first answers after a start are slow: the moment is counted from the first one.
    limit = time.monotonic() + START_LIMIT
    while sum(len(writer.done) for writer in writers) == before and time.monotonic() < limit:
        time.sleep(0.002)
    time.sleep(after)
    os.killpg(server.pid, signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join()
    server.wait()


def faults_of(installation: Installation, writers: list[Writer]) -> list[str]:
    """What is acknowledged and missing, or half done."""
    faults = [str(row) for row in installation.query("PRAGMA integrity_check") if row != ("ok",)]
    faults += map(str, installation.query("PRAGMA foreign_key_check"))
    stored = _stored_rolls(installation)
    for writer in writers:
        for done in writer.done:
            if done.day not in stored:
                faults.append(f"opened and missing: {done.day}")
            elif done.present is not None and stored[done.day] != done.present:
                faults.append(f"closed otherwise: {done.day}")
    without_entry = installation.query(
        "SELECT id FROM governance_meeting m WHERE status = 'closed' AND NOT EXISTS "
        "(SELECT 1 FROM ledger_interaction WHERE key = 'roll:' || m.id)"
    )
    return faults + [f"closed without an entry: {pk}" for (pk,) in without_entry]


def _stored_rolls(installation: Installation) -> dict[str, frozenset[int] | None]:
    """The organisations present at each meeting, by its address; None while it is open."""
    present: dict[int, set[int]] = {}
    for meeting, organisation in installation.query(
        "SELECT meeting_id, organisation_id FROM governance_attendance"
    ):
        present.setdefault(meeting, set()).add(organisation)
    return {
        held_on + (f"-{turn}" if turn > 1 else ""): (
            frozenset(present.get(pk, ())) if status == "closed" else None
        )
        for pk, held_on, turn, status in installation.query(
            "SELECT id, held_on, turn, status FROM governance_meeting"
        )
    }


def stop_gently(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
