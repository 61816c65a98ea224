"""A demonstration served as anyone would serve it, in a folder and on a port of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
STARTING = 60  # seconds


@dataclass(frozen=True)
class Site:
    """Where the demonstration answers; `samples` are rows of it, by name."""

    url: str
    data: Path
    announced: str
    samples: dict[str, Any] = field(repr=False)

    @property
    def password(self) -> str:
        """The one that the demonstration wrote for all its users."""
        found = re.search(r"per tutti: (\S+)", (self.data / "demo-sign-ins.txt").read_text())
        assert found
        return found[1]

    def ordito(self, *arguments: str) -> str:
        """What a command of this installation prints. Raises CalledProcessError."""
        return run(self.data, "-m", "ordito", *arguments)


def environment(data: Path) -> dict[str, str]:
    """Nothing of the tests' own settings: a demonstration makes its own key."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ORDITO_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"ORDITO_DATA": str(data), "PYTHONUNBUFFERED": "1"}


def run(data: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def read_samples(data: Path) -> dict[str, Any]:
    command = "from tests.e2e.samples import show; show()"
    return dict(json.loads(run(data, "manage.py", "shell", "--no-imports", "-c", command)))


def start(data: Path, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """Serve the data on the port; return the server and what it printed once ready."""
    log = data / "served.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "ordito", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(data),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    ready = f"http://127.0.0.1:{port}/ "
    for _each in range(STARTING * 10):
        if ready in (printed := log.read_text()):
            return server, printed
        assert server.poll() is None, f"The server did not start: {printed}"
        time.sleep(0.1)
    stop(server)
    raise AssertionError(f"The server said nothing in {STARTING} s: {log.read_text()}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and its processes, and only them."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
