"""Edge cases 27-33: observations on words that change, move and go."""

from ordito.texts.engine import (
    Delete,
    Move,
    Replace,
    Split,
    Spot,
    anchored_across,
    at_first,
    confirmed,
    reanchor,
    rewrite,
    threads,
)
from ordito.texts.engine.anchor import ENGINE_VERSION, Resolution, State, anchored
from ordito.texts.engine.model import Version
from ordito.texts.tests.drafts import amendment, at, merged, note, replaced, text


def follow(before: Resolution, old: Version, new: Version) -> Resolution:
    (after,) = reanchor([before], old, new)
    return after


def test_27_a_comment_on_removed_words_is_an_orphan_with_its_quote() -> None:
    base = text()
    before = at_first(note(base, "Art. 1, c. 2", "presso la sede del Comune capofila"))
    new = merged(
        base,
        amendment("E1", replaced(base, "Art. 1, c. 2", " presso la sede del Comune capofila", "")),
    ).version
    after = follow(before, base, new)
    assert (after.state, after.spot) == (State.ORPHAN, None)
    assert after.anchor.quote == "presso la sede del Comune capofila"
    assert after.near == at(base, "Art. 1, c. 2").id
    assert after.engine_version == ENGINE_VERSION


def test_28_on_words_repeated_ten_times_the_surroundings_decide() -> None:
    base = text(" ".join(f"La rete {n} ascolta." for n in range(10)))
    clause = base.clauses[0]
    start = clause.text.index("rete 7")
    before = at_first(anchored(base, "O1", Spot(clause.id, start, start + 4)))
    edit = Replace(clause.id, 0, 0, "In premessa la rete è una. ")
    new = merged(base, amendment("E1", edit)).version
    after = follow(before, base, new)
    assert after.state is State.SHIFTED
    assert after.spot
    assert new.clauses[0].text[after.spot.start :].startswith("rete 7")


def test_28_when_the_surroundings_cannot_decide_the_author_does() -> None:
    base = text("Rete rete rete rete rete.")
    clause = base.clauses[0]
    before = at_first(anchored(base, "O1", Spot(clause.id, 10, 14)))
    new = merged(base, amendment("E1", Replace(clause.id, 5, 10, ""))).version
    assert follow(before, base, new).state in (State.FUZZY, State.SHIFTED)
    assert follow(before, base, new).quote == "rete"


def test_29_a_comment_on_a_whole_clause_then_split_awaits_its_author() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    before = at_first(note(base, "Art. 2, c. 2"))
    cut = clause.text.index("e un supplente")
    new = merged(base, amendment("E1", Split(clause.id, cut, "N"))).version
    after = follow(before, base, new)
    assert (after.state, after.spot) == (State.FUZZY, Spot(clause.id))


def test_30_a_quote_now_in_another_chapter() -> None:
    base = text()
    before = at_first(note(base, "Art. 1, c. 1", "il Tavolo di rete e i suoi laboratori"))
    new = merged(
        base,
        amendment("E1", Delete(at(base, "Art. 1, c. 1").id)),
        amendment(
            "E2",
            *rewrite(
                base,
                at(base, "Art. 3, c. 1").id,
                "Durano tre anni il Tavolo di rete e i suoi laboratori.",
            ),
        ),
    ).version
    after = follow(before, base, new)
    assert after.state is State.FUZZY
    assert after.spot
    assert after.spot.clause == at(base, "Art. 3, c. 1").id
    assert after.quote == "il Tavolo di rete e i suoi laboratori"


def test_30_a_clause_moved_to_another_chapter_keeps_its_comments() -> None:
    base = text()
    before = at_first(note(base, "Art. 1, c. 1", "i suoi laboratori"))
    end = at(base, "Art. 3, c. 1")
    new = merged(
        base, amendment("E1", Move(at(base, "Art. 1, c. 1").id, end.parent, end.id))
    ).version
    assert follow(before, base, new).state is State.EXACT


def test_31_an_orphan_whose_words_come_back_waits_to_be_confirmed() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    first = at_first(note(base, "Art. 2, c. 2", "un delegato e un supplente"))
    second = merged(base, amendment("E1", Replace(clause.id, 0, 0, "Di norma o"))).version
    shifted = follow(first, base, second)
    third = merged(second, amendment("E2", Delete(clause.id))).version
    orphan = follow(shifted, second, third)
    fourth = merged(
        third, amendment("E3", *rewrite(third, at(third, "Art. 2, c. 1").id, clause.text))
    ).version
    back = follow(orphan, third, fourth)
    states = [one.state for one in (first, shifted, orphan, back)]
    assert states == [State.EXACT, State.SHIFTED, State.ORPHAN, State.ORPHAN]
    assert back.suggested
    assert back.suggested.clause == at(fourth, "Art. 2, c. 1").id
    assert confirmed(back, fourth, back.suggested).state is State.EXACT


def test_32_an_anchor_across_two_clauses_is_one_for_each() -> None:
    base = text()
    one, other = at(base, "Art. 2, c. 1"), at(base, "Art. 2, c. 2")
    start = one.text.index("alla rete")
    found = anchored_across(base, "O1", Spot(one.id, start), Spot(other.id, 0, 9))
    assert [anchor.quote for anchor in found] == ["alla rete.", "Ogni ente"]
    assert {anchor.observation for anchor in found} == {"O1"}


def test_33_the_replies_under_an_orphan_stay_with_it() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    before = at_first(note(base, "Art. 2, c. 2", "un delegato"))
    new = merged(base, amendment("E1", Delete(clause.id))).version
    orphan = follow(before, base, new)
    found = threads({"O1": orphan}, {"R1": "O1", "R2": "R1"})
    assert found == {"O1": orphan, "R1": orphan, "R2": orphan}
