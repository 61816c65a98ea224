"""The command: in this process for its words and files, installed for its exit codes."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ordito.texts.formats.amendments import FILE, FILE_MAY, OPERATIONS
from ordito.texts.tests.drafts import RULES

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
EXAMPLE = REFERENCE / "amendments-example.txt"


def text(*words: object) -> tuple[int, str, str]:
    """The exit code, the output and the errors of `ordito text` in this process."""
    out, err = StringIO(), StringIO()
    try:
        call_command("text", *map(str, words), stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    except CommandError as refusal:
        return refusal.returncode, out.getvalue(), str(refusal)
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "prima.txt", tmp_path / "dopo.md"
    old.write_text(RULES)
    changed = RULES.replace("ogni mese", "ogni due mesi").replace("città", "citta'")
    new.write_text("\n\n".join(changed.splitlines()))
    return old, new


def test_a_comparison_in_the_terminal(pair: tuple[Path, Path]) -> None:
    code, out, _err = text("compare", *pair)
    assert code == 0
    assert "Art. 1, c. 2 · modificato\n" in out
    assert "ogni [-mese-]{+due mesi+} presso" in out
    assert out.endswith("uguale: 10, modificato: 1.\n")


def test_a_comparison_in_colour(pair: tuple[Path, Path]) -> None:
    _code, out, _err = text("compare", *pair, "--color=always")
    assert "\x1b[9;31mmese\x1b[0m\x1b[4;32mdue mesi\x1b[0m" in out


def test_a_comparison_as_files(pair: tuple[Path, Path], tmp_path: Path) -> None:
    names = [tmp_path / f"c.{form}" for form in ("html", "json", "docx")]
    code, _out, err = text("compare", *pair, *(f"--out={name}" for name in names), "--check")
    assert code == 1
    assert err.count("Scritto") == 3
    page = names[0].read_text()
    assert '<html lang="it">' in page
    assert '<span class="said"> [testo tolto: </span><del>mese</del>' in page
    data = json.loads(names[1].read_text())
    assert data["counts"] == {"edited": 1, "kept": 10}
    assert names[2].read_bytes().startswith(b"PK")


def test_equal_texts_check_well(pair: tuple[Path, Path]) -> None:
    assert text("compare", pair[0], pair[0], "--check")[0] == 0


def test_an_outline(pair: tuple[Path, Path]) -> None:
    code, out, _err = text("outline", pair[0])
    assert code == 0
    assert "    Art. 1, c. 2, lett. b · voce di elenco · per leggere i dati;" in out
    assert "numeri scritti a mano, ora calcolati: 11" in out
    data = json.loads(text("outline", pair[0], "--format=json")[1])
    assert [c["label"] for c in data["clauses"]][:2] == ["Art. 1", "Art. 1, c. 1"]
    assert data == json.loads(text("outline", pair[0], "--format=json")[1])


def test_a_merge_without_conflicts(tmp_path: Path) -> None:
    out_file, trace = tmp_path / "nuovo.md", tmp_path / "chi.csv"
    code, out, _err = text(
        "merge",
        EXAMPLE,
        REFERENCE / "amendments-example-1.json",
        f"--out={out_file}",
        f"--trace={trace}",
    )
    assert code == 0
    assert "E2 (Cooperativa sociale): nel testo" in out
    written = out_file.read_text()
    assert "ogni due mesi presso" in written
    assert "- c) per condividere le risorse;" in written
    assert "Art. 2-bis – Ospiti" in written
    assert "3\\. e un supplente." in written
    rows = trace.read_text("utf-8-sig").splitlines()
    assert rows[1].startswith("Art. 1, c. 2;Art. 1, c. 2;E1;Comune capofila;Una volta al mese")


def test_a_merge_with_conflicts_leaves_those_out_and_lists_them(tmp_path: Path) -> None:
    conflicts = REFERENCE / "amendments-example-2.json"
    out_file, changes = tmp_path / "nuovo.docx", tmp_path / "revisioni.docx"
    code, out, _err = text("merge", EXAMPLE, conflicts, f"--out={out_file}", f"--changes={changes}")
    assert code == 1
    assert "Punto da decidere 1: E1, E2\n  Art. 1, c. 2: E1 e E2: toccano le stesse parole" in out
    assert "Lasciati fuori: E4" in out
    assert out_file.exists()
    assert changes.exists()
    code, out, _err = text("merge", EXAMPLE, conflicts, "--accept=E2", "--check")
    assert code == 0
    assert "E1 (Comune capofila): non accolto: scelto E2" in out


def test_checking_a_merge_writes_nothing(tmp_path: Path) -> None:
    name = tmp_path / "nuovo.md"
    conflicts = REFERENCE / "amendments-example-2.json"
    code, out, _err = text("merge", EXAMPLE, conflicts, f"--out={name}", "--check")
    assert (code, name.exists()) == (1, False)
    data = json.loads(text("merge", EXAMPLE, conflicts, "--check", "--format=json")[1])
    assert data["points"][0]["amendments"] == ["E1", "E2"]
    assert [one["fate"] for one in data["amendments"]] == ["held", "held", "applied", "applied"]
    assert out


def test_a_reference_to_an_article_that_moved_is_said(tmp_path: Path) -> None:
    data = {
        "format": "ordito-amendments/1",
        "amendments": [
            {
                "id": "E1",
                "by": "Comune",
                "operations": [{"do": "insert", "before": "Art. 1", "text": "Premesse"}],
            }
        ],
    }
    path = tmp_path / "e.json"
    path.write_text(json.dumps(data))
    _code, out, _err = text("merge", EXAMPLE, path, "--check")
    assert "Art. 4, c. 1: «art. 2» ora è Art. 3; non è stato riscritto." in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("outline", "manca.docx"), "manca.docx: il file non c'è."),
        (("compare", EXAMPLE, EXAMPLE, "--out=x.pdf"), "qui si scrivono solo file"),
        (("compare", EXAMPLE, EXAMPLE, "--out=/manca/x.html"), "la cartella non c'è"),
        (("merge", EXAMPLE, EXAMPLE, "--out=x.md"), "riga 1: non è un file JSON"),
        (("merge", EXAMPLE, REFERENCE / "amendments-example-1.json"), "--out"),
    ],
)
def test_what_cannot_be_done_is_said_and_exits_with_2(words: tuple[object, ...], says: str) -> None:
    code, _out, err = text(*words)
    assert code == 2 or code == 1  # Django's own code, which the door of the shell makes 2
    assert says in err


@pytest.mark.parametrize(
    ("operations", "says"),
    [
        ([{"do": "delete", "clause": "Art. 9"}], "«Art. 9» non c'è in questo testo"),
        (
            [{"do": "delete", "clause": "Art. 1", "hash": "0"}],
            "emendamento E1, Art. 1: il comma non è quello",
        ),
        (
            [
                {"do": "delete", "clause": "Art. 1"},
                {"do": "rewrite", "clause": "Art. 1, c. 1", "text": "Altro."},
            ],
            "chiede due cose incompatibili",
        ),
    ],
)
def test_amendments_that_cannot_be_read_on_this_text(
    tmp_path: Path, operations: list[dict[str, str]], says: str
) -> None:
    one = {"id": "E1", "by": "Comune", "operations": operations}
    path, out_file = tmp_path / "e.json", tmp_path / "nuovo.md"
    path.write_text(json.dumps({"format": "ordito-amendments/1", "amendments": [one]}))
    code, _out, err = text("merge", EXAMPLE, path, f"--out={out_file}")
    assert code
    assert says in err
    assert not out_file.exists()


def test_two_amendments_with_one_id_are_refused(tmp_path: Path) -> None:
    one = {"id": "E1", "by": "x", "operations": [{"do": "delete", "clause": "Art. 3"}]}
    path = tmp_path / "e.json"
    path.write_text(json.dumps({"format": "ordito-amendments/1", "amendments": [one, one]}))
    code, _out, err = text("merge", EXAMPLE, path, "--check")
    assert code
    assert "emendamento E1: due emendamenti hanno lo stesso numero" in err


def test_no_document_is_written_over_one_that_is_read(pair: tuple[Path, Path]) -> None:
    before = pair[1].read_text()
    code, _out, err = text("merge", pair[1], pair[0], f"--out={pair[1]}")
    assert code
    assert "è uno dei documenti letti" in err
    assert pair[1].read_text() == before


def test_the_schema_says_what_the_reader_takes() -> None:
    schema = json.loads((REFERENCE / "amendments.schema.json").read_text())
    assert set(schema["properties"]) == {*FILE, *FILE_MAY}
    for name, (needed, allowed) in OPERATIONS.items():
        form = schema["$defs"][name]
        assert set(form["required"]) == {"do", *needed}
        assert set(form["properties"]) == {"do", "hash", *needed, *allowed}
    assert len(schema["$defs"]["operation"]["oneOf"]) == len(OPERATIONS)


def installed(*words: object) -> subprocess.CompletedProcess[str]:
    """`ordito text` as the shell runs it."""
    command = Path(sys.executable).with_name("ordito")
    return subprocess.run(
        (str(command), "text", *map(str, words)),
        capture_output=True,
        text=True,
        env=os.environ | {"NO_COLOR": "1"},
        check=False,
    )


@pytest.mark.slow
def test_the_installed_command_compares_outlines_and_merges(tmp_path: Path) -> None:
    merged, changes = tmp_path / "nuovo.docx", tmp_path / "revisioni.docx"
    conflicts = REFERENCE / "amendments-example-2.json"
    done = installed(
        "merge",
        EXAMPLE,
        REFERENCE / "amendments-example-1.json",
        "--out",
        merged,
        "--out",
        tmp_path / "nuovo.odt",
        "--changes",
        changes,
    )
    assert (done.returncode, "nel testo" in done.stdout) == (0, True), done.stderr
    assert installed("merge", EXAMPLE, conflicts, "--check").returncode == 1
    outline = installed("outline", tmp_path / "nuovo.odt")
    assert outline.returncode == 0
    assert "Art. 2-bis · titolo · Ospiti" in outline.stdout
    same = installed("compare", merged, changes, "--check")
    assert same.returncode == 0, same.stdout
    differ = installed("compare", EXAMPLE, merged, "--check", "--out", tmp_path / "c.html")
    assert differ.returncode == 1
    assert (tmp_path / "c.html").read_text().startswith("<!doctype html>")


@pytest.mark.slow
def test_the_installed_command_refuses_in_italian_with_2(tmp_path: Path) -> None:
    broken = tmp_path / "rotto.docx"
    broken.write_bytes(b"PK\x03\x04 non continua")
    done = installed("outline", broken)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{broken}: il file è troncato o danneggiato.")
    assert installed("compare", EXAMPLE).returncode == 2
    assert "Traceback" not in done.stderr
