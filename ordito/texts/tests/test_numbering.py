"""Edge cases 22-26: labels are computed, whatever was typed."""

from ordito.texts.engine import (
    Block,
    Delete,
    Insert,
    Kind,
    Number,
    Style,
    canonicalise,
    ids_from,
    labels,
    stale_references,
)
from ordito.texts.engine.canonical import Sort
from ordito.texts.engine.model import Version
from ordito.texts.engine.numbering import to_letters
from ordito.texts.formats.plain_reader import read_plain
from ordito.texts.tests.drafts import amendment, at, merged, text


def full(version: Version) -> list[str]:
    return [label.full for label in labels(version).values()]


def test_22_a_bis_leaves_every_other_label_and_a_new_article_moves_them() -> None:
    base = text()
    second = at(base, "Art. 2")
    bis = Insert(
        "B", None, second.id, Kind.HEADING, "Ospiti", Number(Style.ARTICLE, None, "bis"), 4
    )
    new = Insert("B", None, second.id, Kind.HEADING, "Ospiti", Number(Style.ARTICLE), 4)
    with_bis = merged(base, amendment("E1", bis)).version
    renumbered = merged(base, amendment("E1", new)).version
    durata = at(base, "Art. 3")
    assert at(with_bis, "Art. 2-bis").text == "Ospiti"
    assert at(with_bis, "Art. 3").id == durata.id
    assert at(renumbered, "Art. 4").id == durata.id


def test_23_a_reference_to_a_renumbered_article_is_flagged_and_left() -> None:
    base = text()
    new = merged(base, amendment("E1", Delete(at(base, "Art. 1").id))).version
    (stale,) = stale_references(base, new)
    assert (stale.quote, stale.label) == ("art. 2", "Art. 1")
    assert new.by_id[stale.clause].text[stale.start : stale.end] == "art. 2"
    gone = merged(base, amendment("E1", Delete(at(base, "Art. 2").id))).version
    assert [one.label for one in stale_references(base, gone)] == [""]


def test_23_the_article_of_another_law_is_not_a_reference() -> None:
    base = text(
        "Art. 1 - A\n1. Primo.\nArt. 2 - B\n1. Vedi l'art. 2 della legge 241/1990.\n"
        "2. Vedi l'art. 2 del presente regolamento.\n"
    )
    new = merged(base, amendment("E1", Delete(at(base, "Art. 1").id))).version
    assert [new.by_id[one.clause].text[:3] for one in stale_references(base, new)] == ["Ved"]
    assert len(list(stale_references(base, new))) == 1


def test_24_letters_past_z_are_doubled() -> None:
    items = "\n".join(f"{to_letters(n)}) voce numero {n};" for n in range(1, 31))
    version = text(f"Art. 1 - Elenco\n1. Sono:\n{items}\n")
    assert [to_letters(n) for n in (1, 26, 27, 28, 53)] == ["a", "z", "aa", "bb", "aaa"]
    assert at(version, "Art. 1, c. 1, lett. z").text == "voce numero 26;"
    assert at(version, "Art. 1, c. 1, lett. dd").text == "voce numero 30;"


def test_25_a_list_begins_again_and_another_goes_on() -> None:
    version = text("Art. 1 - A\n1. Primi:\na) uno;\nb) due.\n2. Secondi:\na) tre;\nb) quattro.\n")
    assert at(version, "Art. 1, c. 2, lett. a").text == "tre;"
    counted = [
        Block(Kind.LIST_ITEM, "uno", 1, Number(Style.DECIMAL), value=1),
        Block(Kind.PARA, "Si interrompe."),
        Block(Kind.LIST_ITEM, "due", 1, Number(Style.DECIMAL), value=2),
        Block(Kind.PARA, "Ricomincia."),
        Block(Kind.LIST_ITEM, "tre", 1, Number(Style.DECIMAL), value=1),
    ]
    draft = canonicalise(counted, ids_from("x")).version
    assert full(draft) == ["n. 1", "cpv. 1", "cpv. 1, n. 2", "cpv. 2", "cpv. 2, n. 1"]


def test_26_numbers_typed_by_hand_leave_the_text_only_when_they_are_right() -> None:
    draft = canonicalise(read_plain("Art. 1 - A\n1. Uno.\n2. Due.\n5. Cinque.\n"), ids_from("x"))
    assert [clause.text for clause in draft.version] == ["A", "Uno.", "Due.", "5. Cinque."]
    kept = [remark for remark in draft.remarks if remark.sort is Sort.NUMBER_KEPT]
    assert [(remark.place, remark.detail) for remark in kept] == [("line:4", "5.")]


def test_the_address_of_the_ministry_is_computed() -> None:
    assert at(text(), "Art. 1, c. 2, lett. b").text == "per leggere i dati;"
    assert len(set(full(text()))) == len(text().clauses)


def test_a_roman_item_after_h_is_a_letter_and_elsewhere_a_number() -> None:
    items = "".join(f"{to_letters(n)}) v{n};\n" for n in range(1, 11))
    assert at(text(f"Elenco:\n{items}"), "cpv. 1, lett. i").text == "v9;"
    assert at(text("Elenco:\ni) uno;\nii) due;\niii) tre.\n"), "cpv. 1, n. iii").text == "tre."
