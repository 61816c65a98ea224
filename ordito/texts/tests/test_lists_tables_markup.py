"""Edge cases 42-45: tables, nested lists, bold, and what is pasted from a word processor."""

from ordito.texts.engine import (
    Block,
    Cell,
    Delete,
    Insert,
    Kind,
    Mark,
    Move,
    canonicalise,
    compare,
    compare_by_content,
    ids_from,
)
from ordito.texts.engine.compare import State
from ordito.texts.engine.model import Version
from ordito.texts.formats.html_reader import read_html
from ordito.texts.tests.drafts import amendment, at, merged, replaced


def table(*rows: tuple[str, ...]) -> Version:
    cells = tuple(tuple(Cell(cell) for cell in row) for row in rows)
    return canonicalise([Block(Kind.TABLE, rows=cells)], ids_from("t")).version


QUOTAS = (("Ente", "Quota"), ("Comune di Melzo", "10"), ("Cooperativa sociale", "20"))


def changed(old: Version, new: Version) -> list[tuple[State, str, str]]:
    found = compare_by_content(old, new)
    return [
        (row.state, row.new_label or row.old_label, row.clause.text)
        for row in found.rows
        if row.state is not State.KEPT and row.clause.kind is Kind.CELL
    ]


def test_42_a_cell_is_edited() -> None:
    new = table(*QUOTAS[:2], ("Cooperativa sociale", "25"))
    assert changed(table(*QUOTAS), new) == [(State.EDITED, "tab. 1, riga 3, col. 2", "25")]


def test_42_a_row_is_inserted() -> None:
    new = table(QUOTAS[0], QUOTAS[1], ("Associazione locale", "5"), QUOTAS[2])
    assert changed(table(*QUOTAS), new) == [
        (State.NEW, "tab. 1, riga 3, col. 1", "Associazione locale"),
        (State.NEW, "tab. 1, riga 3, col. 2", "5"),
    ]


def test_42_a_column_is_inserted() -> None:
    extra = ("Note", "capofila", "dal 2024")
    new = table(*((a, x, b) for (a, b), x in zip(QUOTAS, extra, strict=True)))
    assert [(state, text) for state, _label, text in changed(table(*QUOTAS), new)] == [
        (State.NEW, text) for text in extra
    ]


def test_42_rows_and_cells_are_amended_like_any_clause() -> None:
    base = table(*QUOTAS)
    last = at(base, "tab. 1, riga 3")
    row = Insert("R", last.parent, last.id, Kind.ROW, "")
    cells = (
        Insert("C1", "R", None, Kind.CELL, "Caritas"),
        Insert("C2", "R", "C1", Kind.CELL, "5"),
    )
    result = merged(
        base,
        amendment("E1", row, *cells),
        amendment("E2", replaced(base, "tab. 1, riga 2, col. 2", "10", "12")),
        amendment("E3", Delete(at(base, "tab. 1, riga 3, col. 2").id)),
    )
    new = result.version
    assert at(new, "tab. 1, riga 4, col. 1").text == "Caritas"
    assert at(new, "tab. 1, riga 4, col. 2").text == "5"
    assert at(new, "tab. 1, riga 2, col. 2").text == "12"
    assert result.conflicts.points == ()


def test_42_merged_cells_are_called_by_their_first_column() -> None:
    rows = ((Cell("Tutti", span=(1, 2)), Cell("Fine")), (Cell("a"), Cell("b"), Cell("c")))
    version = canonicalise([Block(Kind.TABLE, rows=rows)], ids_from("t")).version
    assert at(version, "tab. 1, riga 1, col. 3").text == "Fine"
    assert at(version, "tab. 1, riga 2, col. 3").text == "c"


def nested() -> Version:
    items = (("uno", 1), ("dentro", 2), ("dentro ancora", 2), ("due", 1))
    blocks = [Block(Kind.LIST_ITEM, text, level) for text, level in items]
    return canonicalise([Block(Kind.PARA, "Elenco:"), *blocks], ids_from("l")).version


def test_43_a_nested_item_goes_up_one_level() -> None:
    base = nested()
    inner, above = at(base, "cpv. 1, punto 1, punto 2"), at(base, "cpv. 1, punto 1")
    new = merged(base, amendment("E1", Move(inner.id, above.parent, above.id))).version
    assert at(new, "cpv. 1, punto 2").text == "dentro ancora"
    (row,) = [row for row in compare(base, new).rows if row.reparented]
    assert (row.clause.id, row.state, row.diff.edits) == (inner.id, State.KEPT, ())


def test_44_bold_alone_is_no_change_of_text() -> None:
    old = canonicalise([Block(Kind.PARA, "Il Tavolo decide.")], ids_from("a")).version
    bold = Block(Kind.PARA, "Il Tavolo decide.", marks=(Mark(3, 9, "bold"),))
    found = compare_by_content(old, canonicalise([bold], ids_from("b")).version)
    (row,) = found.rows
    assert (row.state, row.formatted, row.diff.edits) == (State.KEPT, True, ())
    assert not found.is_same


def test_45_what_is_pasted_from_word_is_its_text() -> None:
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color:red}
    </style><script>alert(1)</script></head><body lang=IT style='tab-interval:35pt'>
    <!--[if gte mso 9]><xml><o:p>nascosto</o:p></xml><![endif]-->
    <h1 style='mso-x:1' onclick="alert(2)">Regolamento<o:p></o:p></h1>
    <p class=MsoNormal style='color:red'>Il <b>Tavolo</b> <span lang=EN style='x'>decide</span>.</p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>a)
    </span>primo;</p><script>alert(3)</script>
    <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>dentro.</p>
    <table><tr><td colspan=2>Tutti</td></tr><tr><td>a</td><td>b<script>x</script></td></tr></table>
    </body></html>"""
    version = canonicalise(read_html(page.encode()), ids_from("w")).version
    assert [(clause.kind, clause.text) for clause in version if clause.text] == [
        (Kind.HEADING, "Regolamento"),
        (Kind.PARA, "Il Tavolo decide."),
        (Kind.LIST_ITEM, "primo;"),
        (Kind.LIST_ITEM, "dentro."),
        (Kind.CELL, "Tutti"),
        (Kind.CELL, "a"),
        (Kind.CELL, "b"),
    ]
    assert at(version, "§ 1, cpv. 1").marks == (Mark(3, 9, "bold"),)
    assert at(version, "§ 1, cpv. 1, lett. a, punto 1").text == "dentro."


def test_42_two_bodies_that_ask_for_one_row_get_one_with_all_its_cells() -> None:
    base = table(*QUOTAS)
    last = at(base, "tab. 1, riga 3")

    def row(name: str, *cells: str) -> list[Insert]:
        made = [Insert(f"{name}-R", last.parent, last.id, Kind.ROW, "")]
        for number, text in enumerate(cells):
            before = f"{name}-{number - 1}" if number else None
            made.append(Insert(f"{name}-{number}", f"{name}-R", before, Kind.CELL, text))
        return made

    result = merged(
        base,
        amendment("E1", *row("E1", "Caritas", "5")),
        amendment("E2", *row("E2", "Caritas", "5", "dal 2025")),
    )
    cells = result.version.children[at(result.version, "tab. 1, riga 4").id]
    assert [cell.text for cell in cells] == ["Caritas", "5", "dal 2025"]
    assert [cell.caused_by for cell in cells] == [("E1", "E2"), ("E1", "E2"), ("E2",)]
    assert len(result.version.clauses) == len(base.clauses) + 4
