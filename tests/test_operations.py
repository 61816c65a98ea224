"""What keeps an installation well: the examination, the copy, and plain answers to wrong lines."""

import hashlib
import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from conftest import Cast, make_organisation
from ordito.archive.models import StoredFile
from ordito.config import doctor
from ordito.config.backup import MANIFEST, SEAL, check_copy
from ordito.config.commands import run
from ordito.config.findings import Finding, State
from ordito.config.server import is_loopback
from ordito.config.sqlite.examination import has_wal_reset_fix
from ordito.ledger.models import Interaction
from ordito.lib.commands import in_italian


@pytest.fixture
def data(tmp_path: Path) -> Any:
    """An ORDITO_DATA of one test."""
    before = settings.ORDITO_DATA
    settings.ORDITO_DATA = tmp_path
    yield tmp_path
    settings.ORDITO_DATA = before


def only(look: doctor.Look) -> Finding:
    (finding,) = look()
    return finding


@pytest.mark.parametrize(
    ("version", "is_fixed"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_the_versions_that_can_lose_writes_are_known(
    version: tuple[int, ...], is_fixed: bool
) -> None:
    assert has_wal_reset_fix(version) is is_fixed


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ("unrecognized arguments: --prt 8", "opzione o argomento sconosciuto: --prt 8"),
        ("argument --port: expected one argument", "dopo --port manca il valore"),
        (
            "argument --port: invalid int value: 'otto'",
            "--port vuole un numero intero, non «otto»",
        ),
        (
            "argument --format: invalid choice: 'xml' (choose from 'text', 'json')",
            "--format: «xml» non è tra le scelte ('text', 'json')",
        ),
        ("the following arguments are required: CARTELLA", "manca: CARTELLA"),
        ("something new", "something new"),
    ],
)
def test_a_wrong_line_is_answered_in_italian(said: str, here: str) -> None:
    assert in_italian(said) == here


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("pippo", "Non c'è il comando «pippo»."),
        ("doctr", "Forse: ordito doctor."),
        ("serve --prt 8", "opzione o argomento sconosciuto: --prt 8"),
        ("serve --port 99999", "--port va da 1 a 65535, non 99999."),
        ("backup --out", "dopo --out manca il valore"),
        ("restore /nessuna/copia", "non è una copia di Ordito"),
    ],
)
def test_what_cannot_be_done_exits_with_two_and_says_why(
    line: str, answer: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(["ordito", *line.split()])
    assert exit_.value.code == 2
    assert answer in capsys.readouterr().err
    assert list(data.iterdir()) == []


def test_the_list_of_commands_holds_our_own(capsys: pytest.CaptureFixture[str]) -> None:
    run(["ordito"])
    listed = capsys.readouterr().out
    assert "serve" in listed
    assert "Serve Ordito nel browser" in listed
    assert "sqlmigrate" not in listed


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.2", False),
        ("comune.example", False),
    ],
)
def test_an_address_of_this_machine_is_told_from_a_public_one(address: str, is_local: bool) -> None:
    assert is_loopback(address) is is_local


def test_a_folder_that_others_can_read_is_named_with_its_remedy(data: Path) -> None:
    data.chmod(0o755)
    folder = next(doctor.look_at_folder())
    assert folder.state == State.WARNING
    assert folder.remedy.endswith(f"chmod 700 {data}")
    data.chmod(0o700)
    assert next(doctor.look_at_folder()).state == State.OK


def test_a_key_that_others_can_read_is_an_error(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = data / "key"
    key.write_text(settings.SECRET_KEY)
    monkeypatch.setenv("ORDITO_SECRET_KEY_FILE", str(key))
    key.chmod(0o640)
    assert only(doctor.look_at_key).remedy == f"eseguite: chmod 600 {key}"
    key.chmod(0o600)
    assert only(doctor.look_at_key).state == State.OK


def test_an_absent_folder_is_an_error(data: Path) -> None:
    settings.ORDITO_DATA = data / "none"
    assert only(doctor.look_at_folder).state == State.ERROR


def test_an_incomplete_notice_names_what_it_lacks(cast: Cast) -> None:
    notices = {finding.name: finding for finding in doctor.look_at_notices()}
    finding = notices[f"Avvisi di {cast.district}"]
    assert finding.state == State.WARNING
    assert "titolare del trattamento" in finding.found


def test_a_clock_behind_the_ledger_is_an_error(cast: Cast) -> None:
    make_organisation(cast.district, cast.anna)
    entry = Interaction.objects.filter(district=cast.district).latest("seq")
    assert only(doctor.look_at_clock).state == State.OK
    entry.pk, entry.seq, entry.key = None, entry.seq + 1, "tomorrow"
    entry.recorded_at = datetime.now(UTC) + timedelta(days=1)
    entry._state.adding = True
    entry.save()
    assert only(doctor.look_at_clock).state == State.ERROR


def test_a_scan_without_its_file_and_an_old_orphan_are_found(cast: Cast, data: Path) -> None:
    StoredFile.objects.create(
        district=cast.district,
        subject_type="governance.meeting",
        subject_id="1",
        name="foglio.pdf",
        media_type="application/pdf",
        size=3,
        sha256="a" * 64,
    )
    orphan = data / "files" / "tmp-abandoned"
    orphan.parent.mkdir()
    orphan.write_bytes(b"x")
    assert [finding.state for finding in doctor.look_at_files()] == [State.ERROR]
    yesterday = time.time() - 2 * 86_400
    os.utime(orphan, (yesterday, yesterday))
    lost, left_over = doctor.look_at_files()
    assert "a" * 64 in lost.remedy
    assert str(orphan) in left_over.remedy


def test_an_old_copy_is_not_enough(data: Path) -> None:
    assert only(doctor.look_at_backups).found == "nessuna"
    last = data / "last-backup"
    last.write_text((datetime.now(UTC) - timedelta(days=2)).isoformat())
    assert only(doctor.look_at_backups).state == State.WARNING
    last.write_text(datetime.now(UTC).isoformat())
    assert only(doctor.look_at_backups).state == State.OK


def test_each_district_answers_for_its_chain(cast: Cast) -> None:
    chains = {finding.name: finding.state for finding in doctor.look_at_chains()}
    assert chains[f"Registro di {cast.district}"] == State.OK


def copy_of(folder: Path, files: dict[str, bytes]) -> Path:
    """A copy as `ordito backup` writes it, of any content."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {"format": 1, "made_at": "2026-11-23", "vendor": "sqlite", "files": hashes}
    text = json.dumps(manifest).encode()
    (folder / MANIFEST).write_bytes(text)
    (folder / SEAL).write_text(f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n")
    return folder


def test_one_changed_byte_anywhere_in_a_copy_is_found(tmp_path: Path) -> None:
    folder = copy_of(tmp_path, {"ordito.sqlite3": b"0123456789", "secret_key": b"key"})
    check_copy(folder)
    for path in folder.iterdir():
        sound = path.read_bytes()
        for place in range(len(sound)):
            flipped = bytearray(sound)
            flipped[place] ^= 0x80
            path.write_bytes(flipped)
            with pytest.raises(CommandError, match="rovinata"):
                check_copy(folder)
        path.write_bytes(sound)
    check_copy(folder)


def test_a_copy_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    folder = copy_of(tmp_path, {"ordito.sqlite3": b"0123456789"})
    (folder / "ordito.sqlite3").unlink()
    with pytest.raises(CommandError, match=r"ordito\.sqlite3 è cambiato"):
        check_copy(folder)


def test_a_restore_keeps_away_from_a_folder_in_use(data: Path) -> None:
    (data / "ordito.sqlite3").write_bytes(b"precious")
    with pytest.raises(CommandError, match="non è vuota"):
        call_command("restore", str(data))
    assert (data / "ordito.sqlite3").read_bytes() == b"precious"
