"""Edge cases 1-10: amendments over the same words, and the order they come in."""

import random

from ordito.texts.engine import Insert, Kind, Replace
from ordito.texts.engine.meetings import Why
from ordito.texts.tests.drafts import amendment, at, merged, points, replaced, text

PLACE = "Art. 1, c. 2"


def test_01_edits_of_disjoint_words_on_one_line_both_merge() -> None:
    base = text()
    result = merged(
        base,
        amendment("E1", replaced(base, PLACE, "mese", "settimana")),
        amendment("E2", replaced(base, PLACE, "sede", "biblioteca")),
    )
    assert points(result) == []
    assert "ogni settimana presso la biblioteca del" in at(result.version, PLACE).text


def test_02_edits_that_share_one_word_are_a_conflict() -> None:
    base = text()
    result = merged(
        base,
        amendment("E1", replaced(base, PLACE, "ogni mese", "spesso")),
        amendment("E2", replaced(base, PLACE, "mese presso", "anno in")),
    )
    assert points(result) == [("E1", "E2")]
    assert result.version == base
    assert result.held == ("E1", "E2")


def test_03_edits_that_touch_are_no_conflict() -> None:
    base = text()
    result = merged(
        base,
        amendment("E1", replaced(base, PLACE, "ogni ", "due volte al ")),
        amendment("E2", replaced(base, PLACE, "mese", "trimestre")),
    )
    assert points(result) == []
    assert "riunisce due volte al trimestre presso" in at(result.version, PLACE).text


def test_04_identical_edits_from_two_bodies_are_one_with_two_proposers() -> None:
    base = text()
    result = merged(
        base,
        amendment("E1", replaced(base, PLACE, "mese", "anno")),
        amendment("E2", replaced(base, PLACE, "mese", "anno")),
    )
    assert points(result) == []
    assert result.conflicts.groups == (("E1", "E2"),)
    changed = at(result.version, PLACE)
    assert changed.text.count("anno") == 1
    assert changed.caused_by == ("E1", "E2")


def test_05_three_wordings_of_one_target_are_one_point_of_three() -> None:
    base = text()
    asked = [
        amendment(f"E{n}", replaced(base, PLACE, "mese", word))
        for n, word in enumerate(("anno", "giorno", "semestre"), 1)
    ]
    assert points(merged(base, *asked)) == [("E1", "E2", "E3")]


def test_06_two_insertions_at_one_point_are_both_kept_and_need_an_order() -> None:
    base = text()
    clause = at(base, PLACE)
    where = clause.text.index(" presso")
    result = merged(
        base,
        amendment("E2", Replace(clause.id, where, where, " e ogni estate")),
        amendment("E1", Replace(clause.id, where, where, " e ogni inverno")),
    )
    assert points(result) == []
    assert [clash.why for clash in result.conflicts.orders] == [Why.ORDER]
    assert "ogni mese e ogni inverno e ogni estate presso" in at(result.version, PLACE).text


def test_06_two_new_clauses_in_one_place_are_both_kept_and_need_an_order() -> None:
    base = text()
    article, after = at(base, "Art. 2"), at(base, "Art. 2, c. 2")
    result = merged(
        base,
        amendment("E2", Insert("N2", article.id, after.id, Kind.PARA, "Seconda aggiunta.")),
        amendment("E1", Insert("N1", article.id, after.id, Kind.PARA, "Prima aggiunta.")),
    )
    assert [clash.why for clash in result.conflicts.orders] == [Why.ORDER]
    assert at(result.version, "Art. 2, c. 3").text == "Prima aggiunta."
    assert at(result.version, "Art. 2, c. 4").text == "Seconda aggiunta."


def test_07_insertions_at_the_start_and_at_the_end_of_a_clause() -> None:
    base = text()
    clause = at(base, PLACE)
    end = len(clause.text)
    result = merged(
        base,
        amendment("E1", Replace(clause.id, 0, 0, "Di norma ")),
        amendment("E2", Replace(clause.id, end, end, " ecco")),
    )
    changed = at(result.version, PLACE).text
    assert changed == f"Di norma {clause.text} ecco"


def test_08_an_edit_contained_in_another_is_a_conflict() -> None:
    base = text()
    result = merged(
        base,
        amendment("E1", replaced(base, PLACE, "ogni mese presso la sede", "spesso in casa")),
        amendment("E2", replaced(base, PLACE, "mese", "anno")),
    )
    assert points(result) == [("E1", "E2")]


def test_09_a_chain_is_one_point_whose_ends_stand_together() -> None:
    base = text()
    asked = [
        amendment("A", replaced(base, PLACE, "riunisce ogni", "vede ogni")),
        amendment("B", replaced(base, PLACE, "ogni mese", "spesso")),
        amendment("C", replaced(base, PLACE, "mese presso", "anno presso")),
    ]
    result = merged(base, *asked)
    assert points(result) == [("A", "B", "C")]
    assert result.conflicts.between({"A", "C"}) == []
    chosen = merged(base, *asked, chosen=("A", "C"))
    assert chosen.set_aside == {"B": ("A", "C")}
    assert "vede ogni anno presso" in at(chosen.version, PLACE).text


def test_10_the_order_of_amendments_never_changes_the_text() -> None:
    base = text()
    chance = random.Random(10)
    for _turn in range(200):
        clauses = chance.sample([c for c in base if len(c.text.split()) > 3], 3)
        asked = []
        for number, clause in enumerate(clauses):
            word = chance.choice(clause.text.split())
            start = clause.text.index(word)
            edit = Replace(clause.id, start, start + len(word), f"<{number}>")
            asked.append(amendment(f"E{number}", edit))
        asked.append(amendment("E9", Insert("N", None, None, Kind.PARA, "Premessa.")))
        first = merged(base, *asked)
        chance.shuffle(asked)
        assert merged(base, *asked).version == first.version
        assert first.applied == ("E0", "E1", "E2", "E9")
