"""Files that are broken, too large, or made to do harm: refused with the place and the remedy."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ordito.texts.engine import canonicalise, ids_from
from ordito.texts.formats.amendments import read_amendments
from ordito.texts.formats.docx_reader import read_docx
from ordito.texts.formats.html_reader import read_html
from ordito.texts.formats.markdown_reader import read_markdown
from ordito.texts.formats.odt_reader import read_odt
from ordito.texts.formats.package import OLE
from ordito.texts.formats.reading import read_document
from ordito.texts.formats.refusals import Refusal, Refused
from ordito.texts.tests.drafts import text
from ordito.texts.tests.office import docx_of, encrypted_zip, odt_of, packed, paragraph, zip_bomb
from ordito.texts.wording import REFUSALS, refusal_text

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def refusal_of(read: Callable[..., object], *given: object) -> Refused:
    with pytest.raises(Refused) as caught:
        read(*given)
    assert refusal_text(caught.value)
    return caught.value


def test_an_encrypted_docx(tmp_path: Path) -> None:
    ole = tmp_path / "a.docx"
    ole.write_bytes(OLE + bytes(600))
    assert refusal_of(read_docx, ole).code is Refusal.ENCRYPTED
    assert refusal_of(read_docx, encrypted_zip(tmp_path / "b.docx")).code is Refusal.ENCRYPTED


def test_an_encrypted_odt(tmp_path: Path) -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    path = packed(tmp_path / "a.odt", {"META-INF/manifest.xml": manifest, "content.xml": "x"})
    assert refusal_of(read_odt, path).code is Refusal.ENCRYPTED


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.98])
def test_a_truncated_docx(tmp_path: Path, kept: float) -> None:
    path = docx_of(tmp_path / "a.docx", paragraph("Testo") * 500)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert refusal_of(read_docx, path).code is Refusal.BROKEN


def test_a_docx_damaged_in_the_middle_says_which_part(tmp_path: Path) -> None:
    path = docx_of(tmp_path / "a.docx", "".join(paragraph(f"Testo {n}") for n in range(900)))
    data = bytearray(path.read_bytes())
    data[400:420] = bytes(20)
    path.write_bytes(data)
    refused = refusal_of(read_docx, path)
    assert (refused.code, refused.place) == (Refusal.BROKEN, "part:word/document.xml")


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    refused = refusal_of(read_docx, zip_bomb(tmp_path / "a.docx"))
    assert (refused.code, refused.detail) == (Refusal.ZIP_BOMB, "17 MB")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_xml(tmp_path: Path, encoding: str) -> None:
    bomb = BOMB.replace("?>", f' encoding="{encoding}"?>', 1).encode(encoding)
    path = packed(tmp_path / "a.docx", {"word/document.xml": bomb})
    refused = refusal_of(read_docx, path)
    assert (refused.code, refused.place) == (Refusal.ENTITIES, "part:word/document.xml")


def test_a_zip_that_is_no_document(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.docx", {"nota.txt": "ciao"})
    assert refusal_of(read_docx, path).code is Refusal.NOT_THAT_FORMAT


def test_two_hundred_nested_lists(tmp_path: Path) -> None:
    inside = "<text:list><text:list-item>" * 200 + "<text:p>x</text:p>"
    inside += "</text:list-item></text:list>" * 200
    refused = refusal_of(read_odt, odt_of(tmp_path / "a.odt", inside))
    assert refused.code is Refusal.TOO_DEEP
    markdown = "\n".join("  " * n + "- x" for n in range(200))
    assert refusal_of(read_markdown, markdown).code is Refusal.TOO_DEEP
    assert refusal_of(read_markdown, markdown).place.startswith("line:")
    page = "<ul><li>x" * 200
    assert refusal_of(read_html, page.encode()).code is Refusal.TOO_DEEP


def test_nothing_but_blanks_is_an_empty_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" \n\n\t\n")
    assert refusal_of(read_document, path).code is Refusal.EMPTY
    path.write_text("")
    assert refusal_of(read_document, path).code is Refusal.EMPTY


def test_a_file_that_is_not_there_not_known_or_not_text(tmp_path: Path) -> None:
    assert refusal_of(read_document, tmp_path / "manca.docx").code is Refusal.MISSING
    folder = tmp_path / "cartella.md"
    folder.mkdir()
    assert refusal_of(read_document, folder).code is Refusal.FOLDER
    assert refusal_of(read_document, tmp_path / "a.pdf").code is Refusal.UNKNOWN_FORMAT
    binary = tmp_path / "a.txt"
    binary.write_bytes(b"\x89PNG\0\0")
    assert refusal_of(read_document, binary).code is Refusal.NOT_TEXT


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    refused = refusal_of(read_document, path)
    assert (refused.code, refused.detail) == (Refusal.TOO_LARGE, "20 MB")


def test_an_office_file_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    good = docx_of(tmp_path / "a.docx", paragraph("Il Tavolo decide."))
    assert [block.text for block in read_document(good)] == ["Il Tavolo decide."]
    bad = packed(tmp_path / "b.docx", {"word/document.xml": BOMB})
    assert refusal_of(read_document, bad).code is Refusal.ENTITIES


def test_a_clause_of_ten_thousand_words_is_a_clause() -> None:
    version = text(" ".join(f"parola{n}" for n in range(10_000)))
    assert len(version.clauses) == 1


def test_old_windows_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("La città è l’ente".encode("cp1252"))
    (block,) = read_document(path)
    assert block.text == "La città è l’ente"


def test_every_refusal_has_its_words() -> None:
    assert set(REFUSALS) == set(Refusal)


def asked(tmp_path: Path, data: object) -> Path:
    path = tmp_path / "e.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def one(**operation: object) -> dict[str, object]:
    amendment = {"id": "E1", "by": "Comune", "operations": [operation]}
    return {"format": "ordito-amendments/1", "amendments": [amendment]}


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        ('{"format": \n ,}', Refusal.NOT_JSON, "line:2"),
        ("[" * 100_000, Refusal.NOT_JSON, ""),
        ([], Refusal.WRONG_SHAPE, "json:"),
        ({"format": "altro/1", "amendments": []}, Refusal.WRONG_SHAPE, "json:format"),
        ({"format": "ordito-amendments/1"}, Refusal.WRONG_SHAPE, "json:"),
        (one(do="dance"), Refusal.WRONG_SHAPE, "json:amendments[0].operations[0].do"),
        (
            one(do="delete", clause="Art. 9"),
            Refusal.CLAUSE_ABSENT,
            "json:amendments[0].operations[0].clause",
        ),
        (
            one(do="replace", clause="Art. 1, c. 1", words="assenti", **{"with": "x"}),
            Refusal.QUOTE_ABSENT,
            "json:amendments[0].operations[0].words",
        ),
        (
            one(do="replace", clause="Art. 1, c. 1", words="i", **{"with": "x"}),
            Refusal.QUOTE_REPEATED,
            "json:amendments[0].operations[0].words",
        ),
        (
            one(do="delete", clause="Art. 1", perche="x"),
            Refusal.WRONG_SHAPE,
            "json:amendments[0].operations[0].perche",
        ),
        (
            one(do="move", clause="Art. 1", after="Art. 2", under="Art. 3"),
            Refusal.WRONG_SHAPE,
            "json:amendments[0].operations[0]",
        ),
        (one(do="delete", clause="Art. 1") | {"base": "x"}, Refusal.OTHER_BASE, "json:base"),
        (
            one(do="delete", clause="Art. 1") | {"accepted": ["E7"]},
            Refusal.WRONG_SHAPE,
            "json:accepted[0]",
        ),
    ],
)
def test_amendments_in_a_wrong_form(
    tmp_path: Path, data: object, code: Refusal, place: str
) -> None:
    refused = refusal_of(read_amendments, asked(tmp_path, data), text())
    assert (refused.code, refused.place) == (code, place)


def test_the_place_of_a_refusal_is_in_its_words(tmp_path: Path) -> None:
    data = one(do="delete", clause="Art. 9")
    words = refusal_text(refusal_of(read_amendments, asked(tmp_path, data), text()))
    assert words.startswith("in amendments[0].operations[0].clause: «Art. 9» non c'è")


def test_invisible_signs_are_counted_in_the_remarks() -> None:
    blocks = read_markdown("Il Ta\u00advolo\u200b \u202edecide.")
    draft = canonicalise(blocks, ids_from("x"))
    assert draft.version.clauses[0].text == "Il Tavolo decide."
    assert {remark.sort.value for remark in draft.remarks} >= {"soft_hyphen", "zero_width", "bidi"}
