"""A document that comes back without its identifiers is recognised by its content."""

import pytest

from ordito.texts.engine import Merge, Split, canonicalise, compare, compare_by_content, ids_from
from ordito.texts.engine.compare import Comparison, State
from ordito.texts.engine.identity import new_id
from ordito.texts.engine.order import longest_increasing
from ordito.texts.formats.plain_reader import read_plain
from ordito.texts.tests.drafts import RULES, amendment, at, merged, text

LONG = [
    f"Il paragrafo numero {n} parla di {theme} e dice come gli enti vi lavorano insieme ogni anno."
    for n, theme in enumerate(("casa", "scuola", "lavoro", "salute", "tempo", "spazi"))
]


def found(old: list[str], new: list[str]) -> Comparison:
    drafts = (canonicalise(read_plain("\n\n".join(x)), ids_from(x[0])).version for x in (old, new))
    return compare_by_content(*drafts)


def states(comparison: Comparison) -> list[State]:
    return [row.state for row in comparison.rows]


def test_a_paragraph_that_moved_is_moved_once() -> None:
    assert states(found(LONG, [*LONG[1:4], LONG[0], *LONG[4:]])).count(State.MOVED) == 1


def test_a_paragraph_moved_and_edited_is_recognised() -> None:
    edited = LONG[0].replace("ogni anno", "ogni tre mesi")
    said = states(found(LONG, [*LONG[1:], edited]))
    assert said == [State.KEPT] * 5 + [State.MOVED_EDITED]


def test_a_paragraph_split_in_two_says_from_which() -> None:
    long = (
        f"{LONG[0]} Inoltre ogni delegato riferisce alla propria organizzazione entro la settimana."
    )
    one, other = long.split(" Inoltre ")
    comparison = found([long, *LONG[1:]], [one, f"Inoltre {other}", *LONG[1:]])
    assert states(comparison)[:2] == [State.EDITED, State.SPLIT]
    assert comparison.rows[1].relative == comparison.rows[0].clause.id


def test_two_paragraphs_joined_say_into_which() -> None:
    comparison = found(LONG, [f"{LONG[0]} {LONG[1]}", *LONG[2:]])
    assert sorted(states(comparison)[:2]) == [State.EDITED, State.MERGED]


def test_a_chapter_that_moves_takes_its_clauses_along_without_saying_so_for_each() -> None:
    one, two, three = (part.strip() for part in RULES.split("Art. ")[1:])
    moved = "\n".join((f"Art. {two}", f"Art. {three}", f"Art. {one}"))
    renumbered = moved.replace("Art. 2", "Art. 1").replace("Art. 3", "Art. 2", 1)
    renumbered = renumbered.replace("Art. 1 - Oggetto", "Art. 3 - Oggetto")
    comparison = compare_by_content(text(), text(renumbered))
    said = [row.clause.text for row in comparison.rows if row.state is State.MOVED]
    assert len(said) <= 4
    assert {State.KEPT, State.MOVED} == {row.state for row in comparison.rows}


def test_many_clauses_that_differ_by_a_number_are_recognised_by_their_place() -> None:
    old = [f"La quota dell'ente numero {n} è di euro cento." for n in range(100)]
    new = [line.replace("cento", "duecento") for line in old]
    assert set(states(found(old, new))) == {State.EDITED}


def test_texts_with_nothing_in_common_share_no_clause() -> None:
    other = ["Zebra gialla corre lontana.", "Quattro pinguini nuotano felici stamattina."]
    said = states(found(LONG, other))
    assert (said.count(State.GONE), said.count(State.NEW)) == (6, 2)


def test_two_drafts_with_the_same_identifiers_are_not_confused() -> None:
    old, new = (
        text("Prima frase del testo."),
        text("Tutto un altro discorso.\n\nPrima frase del testo."),
    )
    comparison = compare_by_content(old, new)
    assert [row.state for row in comparison.rows] == [State.NEW, State.KEPT]
    assert len(comparison.new.by_id) == 2


def test_splits_and_merges_of_the_platform_are_known_by_identity() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    cut = clause.text.index("e un supplente")
    split = merged(base, amendment("E1", Split(clause.id, cut, "N"))).version
    row = next(row for row in compare(base, split).rows if row.clause.id == "N")
    assert (row.state, row.relative) == (State.SPLIT, clause.id)
    one = at(base, "Art. 2, c. 1")
    joined = merged(base, amendment("E1", Merge(one.id, clause.id))).version
    row = next(row for row in compare(base, joined).rows if row.clause.id == clause.id)
    assert (row.state, row.relative) == (State.MERGED, one.id)


@pytest.mark.parametrize(
    ("values", "length"), [([], 0), ([3, 1, 2], 2), ([1, 2, 3], 3), ([3, 2, 1], 1)]
)
def test_what_did_not_move_is_the_longest_run_in_order(values: list[int], length: int) -> None:
    places = longest_increasing(values)
    kept = [values[place] for place in places]
    assert len(kept) == length
    assert kept == sorted(kept)


def test_identifiers_are_never_the_same_and_sort_by_time() -> None:
    made = [new_id() for _n in range(200)]
    assert len(set(made)) == 200
    assert {len(one) for one in made} == {26}
    assert made[0][:9] <= made[-1][:9]
