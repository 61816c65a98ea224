"""The commands of the ledger, as an administrator meets them."""

import ast
import json
import random
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from conftest import make_district
from ordito.ledger.export import export
from ordito.ledger.models import Note
from ordito.ledger.standalone import verifica
from ordito.ledger.tests.chains import TAMPERINGS, Tamper, make_chain, tampering
from ordito.registry.models import District

pytestmark = pytest.mark.django_db
VERIFIER = Path(verifica.__file__)


def run(*arguments: Any) -> tuple[int, str]:
    """The exit code and the output of `ordito verify`."""
    out = StringIO()
    try:
        call_command("verify", *map(str, arguments), stdout=out, stderr=out)
    except CommandError as refusal:
        return refusal.returncode, out.getvalue() + str(refusal)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def struck(district: District) -> Tamper:
    it = Tamper(district, random.Random(1))
    TAMPERINGS["subject"](it)
    return it


def test_verify_says_that_every_chain_is_whole() -> None:
    make_chain(12, slug="melzo")
    make_district(slug="vuoto")
    code, out = run()
    assert code == 0
    assert "Ambito melzo: 12 registrazioni, intero" in out
    assert "Ambito vuoto: 0 registrazioni, intero" in out
    assert "Senza un punto di controllo non si vede un taglio" in out


def test_verify_names_the_first_broken_entry() -> None:
    district = make_chain(12, slug="melzo")
    make_chain(4, slug="intatto")
    with tampering():
        it = struck(district)
        code, out = run()
        assert code == 1
        assert f"la registrazione n. {it.seq} dell'ambito melzo non corrisponde" in out
        assert "Ambito intatto: 4 registrazioni, intero" in out
        assert run("--district", "intatto")[0] == 0


def test_the_json_of_verify_is_its_own_checkpoint(tmp_path: Path) -> None:
    district, checkpoint = make_chain(12, slug="melzo"), tmp_path / "controllo.json"
    code, out = run("--format", "json")
    assert code == 0
    checkpoint.write_text(out)
    assert run("--from", checkpoint) == (0, run("--from", checkpoint)[1])
    assert "Senza un punto di controllo" not in run("--from", checkpoint)[1]
    [row] = json.loads(out)
    checkpoint.write_text(json.dumps({"district": "melzo", "entries": 13, "head": row["head"]}))
    code, out = run("--from", checkpoint, "--format", "json")
    assert code == 1
    assert json.loads(out)[0]["broken_at"] == 13
    assert district.slug == row["district"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"district": "melzo"}', '{"entries": "x"}'])
def test_an_unreadable_checkpoint_is_no_verdict(tmp_path: Path, content: str) -> None:
    make_chain(4, slug="melzo")
    checkpoint = tmp_path / "controllo.json"
    checkpoint.write_text(content)
    code, out = run("--from", checkpoint)
    assert code == 2
    assert "non si legge" in out


def test_a_district_that_is_not_there_is_no_verdict(tmp_path: Path) -> None:
    make_chain(4, slug="melzo")
    assert run("--district", "nessuno") == (2, "Nessun ambito ha l'indirizzo «nessuno».")
    checkpoint = tmp_path / "controllo.json"
    checkpoint.write_text(json.dumps([{"district": "sparito", "entries": 1, "head": "a" * 64}]))
    assert run("--from", checkpoint)[0] == 2
    assert run("--from", checkpoint, "--district", "melzo")[0] == 2


def test_without_a_database_there_is_no_verdict(tmp_path: Path) -> None:
    environment = {"ORDITO_DATA": str(tmp_path / "vuota"), "ORDITO_SECRET_KEY": "x" * 50}
    done = subprocess.run(
        [sys.executable, "-m", "ordito", "verify"],
        env=environment, capture_output=True, text=True, check=False,
        cwd=VERIFIER.parents[3],
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def verifier(*arguments: Any) -> tuple[int, str]:
    """The exit code and the output of the program that travels with an export."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_an_export_carries_what_checks_it(tmp_path: Path) -> None:
    make_chain(12, slug="melzo")
    make_chain(5)
    target, folder, checkpoint = (tmp_path / name for name in ("r.zip", "aperto", "c.json"))
    call_command("ledger", "melzo", "--out", str(target), stdout=StringIO())
    with zipfile.ZipFile(target) as archive:
        archive.extractall(folder)
    assert {path.name for path in folder.iterdir()} == {
        "registrazioni.jsonl", "testi.jsonl", "verifica.py", "LEGGIMI.txt",
    }  # fmt: skip
    checkpoint.write_text(run("--format", "json")[1])
    head = json.loads(run("--district", "melzo", "--format", "json")[1])[0]["head"]
    code, out = verifier(folder / "verifica.py")
    assert code == 0
    assert f"Intero: 12 registrazioni. Ultima impronta: {head}" in out
    for source in (target, folder, folder / "registrazioni.jsonl"):
        assert verifier(VERIFIER, source, "--from", checkpoint)[0] == 0


def test_the_other_program_sees_a_tail_cut_off_only_from_a_checkpoint(tmp_path: Path) -> None:
    make_chain(12, slug="melzo")
    target, checkpoint = tmp_path / "r.zip", tmp_path / "c.json"
    call_command("ledger", "melzo", "--out", str(target), stdout=StringIO())
    checkpoint.write_text(run("--format", "json")[1])
    lines, _texts = verifica.read(target)
    cut = tmp_path / "registrazioni.jsonl"
    cut.write_text("\n".join(lines[:8]) + "\n")
    code, out = verifier(VERIFIER, cut)
    assert code == 0
    assert "non si vede un taglio" in out
    code, out = verifier(VERIFIER, cut, "--from", checkpoint)
    assert code == 1
    assert "la registrazione n. 9 manca" in out


def test_the_other_program_says_when_it_cannot_tell(tmp_path: Path) -> None:
    damaged = tmp_path / "r.zip"
    export(make_chain(6), damaged)
    damaged.write_bytes(damaged.read_bytes()[:-40])
    assert verifier(VERIFIER, damaged)[0] == 2
    assert verifier(VERIFIER, tmp_path / "nessuno")[0] == 2
    whole = tmp_path / "s.zip"
    export(make_chain(6), whole)
    assert verifier(VERIFIER, whole, "--from", damaged)[0] == 2


def test_the_other_program_is_short_and_stands_alone() -> None:
    text = VERIFIER.read_text()
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else name.name)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert len(text.splitlines()) < 200
    assert {str(name).split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_export_without_erased_texts_is_whole(tmp_path: Path) -> None:
    district, target = make_chain(12), tmp_path / "r.zip"
    Note.objects.filter(interaction__district=district).delete()
    export(district, target)
    assert verifier(VERIFIER, target)[0] == 0


def test_an_export_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    district, target = make_chain(6), tmp_path / "r.zip"
    target.mkdir()
    with pytest.raises(CommandError, match="non è stato esportato"):
        call_command("ledger", district.slug, "--out", str(target))
    assert [path.name for path in tmp_path.iterdir()] == ["r.zip"]


def test_the_same_ledger_gives_the_same_file(tmp_path: Path) -> None:
    district = make_chain(6)
    for name in ("a.zip", "b.zip"):
        export(district, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_export_of_an_unknown_district_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nessuno") as refusal:
        call_command("ledger", "nessuno", "--out", str(tmp_path / "r.zip"))
    assert refusal.value.returncode == 2
