"""What is written in a format reads back as it was."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordito.texts.engine import (
    Block,
    Cell,
    Kind,
    Mark,
    canonicalise,
    compare_by_content,
    ids_from,
    labels,
)
from ordito.texts.engine.labels import BULLET
from ordito.texts.engine.model import Version
from ordito.texts.formats.docx_changes import write_changes
from ordito.texts.formats.docx_reader import read_docx
from ordito.texts.formats.docx_writer import write_docx
from ordito.texts.formats.files import write_whole
from ordito.texts.formats.markdown_reader import read_markdown
from ordito.texts.formats.markdown_writer import write_markdown
from ordito.texts.formats.odt_reader import read_odt
from ordito.texts.formats.odt_writer import write_odt
from ordito.texts.formats.package import Package
from ordito.texts.formats.plain_reader import read_plain
from ordito.texts.tests.drafts import RULES, text
from ordito.texts.tests.office import docx_of, odt_of, paragraph

MORE = """
Art. 4 - Elenchi e tabelle
1. Tra gli altri:
i) una voce;
ii) un'altra voce con * asterischi_ e [parentesi] <b> & barre | dritte;
Capo II - Fine
Art. 5 - Entrata in vigore
"""


def draft(blocks: list[Block]) -> Version:
    return canonicalise(blocks, ids_from("x")).version


def full_text() -> Version:
    blocks = read_plain(RULES + MORE)
    cells = (
        (Cell("Ente"), Cell("Quota", marks=(Mark(0, 5, "bold"),))),
        (Cell("Comune"), Cell("10")),
    )
    bullets = [
        Block(Kind.PARA, "Infine:", marks=(Mark(0, 6, "italic"),)),
        Block(Kind.LIST_ITEM, "punto primo;", 1),
        Block(Kind.LIST_ITEM, "punto dentro;", 2),
        Block(Kind.LIST_ITEM, "punto secondo.", 1),
        Block(Kind.TABLE, rows=cells),
        Block(Kind.PARA, "# non è un titolo"),
    ]
    return draft([*blocks, *bullets])


def back_from(tmp_path: Path, form: str, version: Version) -> Version:
    writers: dict[str, Callable[[Version], bytes]] = {"docx": write_docx, "odt": write_odt}
    readers = {"docx": read_docx, "odt": read_odt}
    if form == "md":
        return draft(read_markdown(write_markdown(version).decode()))
    path = tmp_path / f"testo.{form}"
    path.write_bytes(writers[form](version))
    return draft(readers[form](path))


@pytest.mark.parametrize("form", ["docx", "odt", "md"])
def test_a_text_written_and_read_is_the_same(tmp_path: Path, form: str) -> None:
    version = full_text()
    back = back_from(tmp_path, form, version)
    assert [c.text for c in back] == [c.text for c in version]
    assert [c.kind for c in back] == [c.kind for c in version]
    assert [one.full for one in labels(back).values()] == [
        one.full for one in labels(version).values()
    ]
    assert [c.marks for c in back] == [c.marks for c in version]


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_merged_cells_come_back_as_they_were(tmp_path: Path, form: str) -> None:
    rows = (
        (Cell("largo", span=(1, 2)), Cell("alto", span=(2, 1))),
        (Cell("a"), Cell("b")),
    )
    version = draft([Block(Kind.TABLE, rows=rows)])
    back = back_from(tmp_path, form, version)
    assert [(c.text, c.span) for c in back] == [(c.text, c.span) for c in version]


def test_a_docx_counted_by_the_word_processor(tmp_path: Path) -> None:
    numbering = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Art. %1"/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="1">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    </w:numbering>"""

    def counted(words: str, list_id: int, depth: int = 0, extra: str = "") -> str:
        settings = (
            f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>{extra}'
        )
        return paragraph(words, settings)

    title = '<w:outlineLvl w:val="0"/>'
    body = (
        counted("Oggetto", 1, extra=title)
        + counted("Primo comma:", 2)
        + counted("uno;", 2, 1)
        + counted("due.", 2, 1)
        + counted("Secondo comma.", 2)
        + counted("Durata", 1, extra=title)
        + counted("Comma dell'altro.", 3)
    )
    version = draft(read_docx(docx_of(tmp_path / "a.docx", body, numbering=numbering)))
    assert [
        (one.full, c.text) for one, c in zip(labels(version).values(), version, strict=True)
    ] == [
        ("Art. 1", "Oggetto"),
        ("Art. 1, c. 1", "Primo comma:"),
        ("Art. 1, c. 1, lett. a", "uno;"),
        ("Art. 1, c. 1, lett. b", "due."),
        ("Art. 1, c. 2", "Secondo comma."),
        ("Art. 2", "Durata"),
        ("Art. 2, c. 1", "Comma dell'altro."),
    ]


def test_the_tracked_changes_of_a_docx_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Il Tavolo </w:t></w:r><w:del><w:r><w:delText>forse </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>sempre </w:t></w:r></w:ins><w:r><w:t>decide.</w:t></w:r></w:p>"
    )
    (block,) = read_docx(docx_of(tmp_path / "a.docx", body))
    assert block.text == "Il Tavolo sempre decide."


def test_the_notes_of_a_document_are_clauses(tmp_path: Path) -> None:
    note = (
        '<text:p>Si veda<text:note text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>la legge.</text:p></text:note-body>"
        "</text:note> la fonte.</text:p>"
    )
    version = draft(read_odt(odt_of(tmp_path / "a.odt", note)))
    assert [(c.kind, c.text) for c in version] == [
        (Kind.PARA, "Si veda la fonte."),
        (Kind.NOTE, "la legge."),
    ]


NEW = (
    RULES.replace("ogni mese", "ogni due mesi")
    .replace("2. Ogni ente designa un delegato e un supplente.\n", "")
    .replace("c) per proporre azioni.\n", "c) per proporre azioni;\nd) per valutarle insieme.\n")
)


def test_a_docx_with_changes_is_the_new_text_accepted_and_the_old_one_refused(
    tmp_path: Path,
) -> None:
    old, new = text(RULES), text(NEW)
    path = tmp_path / "revisioni.docx"
    found = compare_by_content(old, new)
    path.write_bytes(write_changes(found, "Ufficio", datetime(2026, 1, 1, tzinfo=UTC)))
    assert side(path, "accept") == lines_of(new)
    assert side(path, "refuse") == lines_of(old)


def test_a_moved_paragraph_is_a_move_in_word(tmp_path: Path) -> None:
    old = text("Prima frase del testo.\n\nSeconda frase del testo.\n\nTerza che si sposta in alto.")
    new = text(
        "Terza che si sposta molto in alto.\n\nPrima frase del testo.\n\nSeconda frase del testo."
    )
    path = tmp_path / "revisioni.docx"
    path.write_bytes(write_changes(compare_by_content(old, new), "Ufficio"))
    root = Package(path).xml("word/document.xml")
    assert root is not None
    tags = [str(element.tag).rpartition("}")[2] for element in root.iter()]
    assert tags.count("moveFromRangeStart") == tags.count("moveToRangeStart") == 1
    assert side(path, "accept") == lines_of(new)
    assert side(path, "refuse") == lines_of(old)


def lines_of(version: Version) -> list[str]:
    """What a reader of the printed text sees, bullets apart."""
    found = labels(version)
    out = []
    for clause in version:
        marker = found[clause.id].marker.replace(BULLET, "")
        dash = " – " if clause.kind is Kind.HEADING and marker else " "
        out.append(f"{marker}{dash}{clause.text}" if marker else clause.text)
    return out


def side(path: Path, what: str) -> list[str]:
    """The paragraphs of a DOCX with every change accepted or refused."""
    gone = {"accept": ("del", "moveFrom"), "refuse": ("ins", "moveTo")}[what]
    root = Package(path).xml("word/document.xml")
    assert root is not None
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    out = []
    for one in root.iter(f"{word}p"):
        if any(one.find(f"{word}pPr/{word}rPr/{word}{tag}") is not None for tag in gone):
            continue
        pieces = [
            element.text or ""
            for element in one.iter(f"{word}t", f"{word}delText")
            if not any(
                f"{word}{tag}" == above.tag for above in element.iterancestors() for tag in gone
            )
        ]
        out.append("".join(pieces))
    return out


def test_a_file_that_cannot_be_written_leaves_what_there_was(tmp_path: Path) -> None:
    path = tmp_path / "testo.md"
    path.write_text("prima")
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "manca" / "testo.md", b"dopo")
    write_whole(path, b"dopo")
    assert path.read_text() == "dopo"
    assert [one.name for one in tmp_path.iterdir()] == ["testo.md"]
