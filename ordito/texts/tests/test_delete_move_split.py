"""Edge cases 11-21: clauses taken away, moved, broken and joined."""

from itertools import combinations

from ordito.texts.engine import (
    Delete,
    Insert,
    Kind,
    Merge,
    Move,
    Replace,
    Split,
    at_first,
    compare,
    faults,
    reanchor,
)
from ordito.texts.engine.anchor import State as Anchored
from ordito.texts.engine.compare import State
from ordito.texts.engine.meetings import Why
from ordito.texts.engine.model import Origin
from ordito.texts.engine.operations import Fault
from ordito.texts.tests.drafts import amendment, at, merged, note, points, replaced, text, texts


def test_11_deleting_a_clause_against_an_edit_inside_it() -> None:
    base = text()
    result = merged(
        base,
        amendment("E1", Delete(at(base, "Art. 1, c. 2").id)),
        amendment("E2", replaced(base, "Art. 1, c. 2, lett. b", "dati", "numeri")),
    )
    assert points(result) == [("E1", "E2")]
    assert result.conflicts.points[0].clashes[0].why is Why.DELETE_EDIT


def test_12_a_comment_on_a_deleted_clause_stands_at_its_tombstone() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    before = at_first(note(base, "Art. 2, c. 2", "un delegato"))
    new = merged(base, amendment("E1", Delete(clause.id))).version
    (after,) = reanchor([before], base, new)
    assert (after.state, after.quote) == (Anchored.ORPHAN, "un delegato")
    assert after.near == at(base, "Art. 2, c. 1").id
    assert [grave.clause.id for grave in new.tombstones] == [clause.id]
    assert new.tombstones[0].caused_by == ("E1",)


def test_13_deleting_a_parent_against_an_insertion_under_it() -> None:
    base = text()
    parent = at(base, "Art. 1, c. 2")
    last = at(base, "Art. 1, c. 2, lett. c")
    result = merged(
        base,
        amendment("E1", Delete(parent.id)),
        amendment("E2", Insert("N", parent.id, last.id, Kind.LIST_ITEM, "per verificare.")),
    )
    assert points(result) == [("E1", "E2")]
    assert result.conflicts.points[0].clashes[0].why is Why.DELETE_INSERT


def test_14_a_clause_that_only_moved_shows_no_difference_of_text() -> None:
    base = text()
    moved, after = at(base, "Art. 2, c. 1"), at(base, "Art. 2, c. 2")
    new = merged(base, amendment("E1", Move(moved.id, moved.parent, after.id))).version
    rows = [row for row in compare(base, new).rows if row.state is not State.KEPT]
    assert [(row.clause.id, row.state, row.diff.edits) for row in rows] == [
        (rows[0].clause.id, State.MOVED, ())
    ]
    assert at(new, "Art. 2, c. 2").id == moved.id


def test_15_a_move_and_an_edit_of_one_clause_by_two_people_merge() -> None:
    base = text()
    clause, end = at(base, "Art. 1, c. 1"), at(base, "Art. 3, c. 1")
    result = merged(
        base,
        amendment("E1", Move(clause.id, end.parent, end.id)),
        amendment("E2", replaced(base, "Art. 1, c. 1", "presente", "nuovo")),
    )
    assert points(result) == []
    moved = at(result.version, "Art. 3, c. 2")
    assert moved.id == clause.id
    assert moved.text.startswith("Il nuovo regolamento")
    assert moved.caused_by == ("E1", "E2")
    row = next(r for r in compare(base, result.version).rows if r.clause.id == clause.id)
    assert row.state is State.MOVED_EDITED


def test_16_two_different_moves_of_one_clause_are_a_conflict() -> None:
    base = text()
    clause = at(base, "Art. 1, c. 1")
    second, third = at(base, "Art. 2, c. 2"), at(base, "Art. 3, c. 1")
    result = merged(
        base,
        amendment("E1", Move(clause.id, second.parent, second.id)),
        amendment("E2", Move(clause.id, third.parent, third.id)),
    )
    assert points(result) == [("E1", "E2")]
    assert result.version == base


def test_16_two_bodies_that_move_a_clause_to_one_place_agree() -> None:
    base = text()
    clause, third = at(base, "Art. 1, c. 1"), at(base, "Art. 3, c. 1")
    move = Move(clause.id, third.parent, third.id)
    result = merged(base, amendment("E1", move), amendment("E2", move))
    assert points(result) == []
    assert result.conflicts.groups == (("E1", "E2"),)
    assert texts(result.version).count(clause.text) == 1


def test_17_a_under_b_and_b_under_a_wait_for_a_decision() -> None:
    base = text()
    a, b = at(base, "Art. 1, c. 2, lett. a"), at(base, "Art. 1, c. 2, lett. b")
    result = merged(
        base, amendment("E1", Move(a.id, b.id, None)), amendment("E2", Move(b.id, a.id, None))
    )
    assert points(result) == [("E1", "E2")]
    assert {clash.why for clash in result.conflicts.points[0].clashes} == {Why.CYCLE}
    assert result.version == base


def test_17_no_circle_of_moves_asked_by_many_loses_a_clause() -> None:
    base = text()
    a, b, c = (at(base, f"Art. 1, c. 2, lett. {letter}").id for letter in "abc")
    asked = [
        amendment("E1", Move(a, b, None)),
        amendment("E2", Move(b, c, None)),
        amendment("E3", Move(a, b, None)),
        amendment("E4", Move(c, a, None)),
        amendment("E5", Move(b, c, None)),
        amendment("E6", Move(a, c, None)),
    ]
    for size in range(1, 7):
        for some in combinations(asked, size):
            for chosen in ((), ("E1", "E2"), ("E2", "E4"), ("E6",)):
                kept = tuple(one for one in chosen if one in {x.id for x in some})
                new = merged(base, *some, chosen=kept).version
                assert set(new.by_id) == set(base.by_id)


def test_17_one_amendment_that_goes_round_is_refused() -> None:
    base = text()
    parent, child = at(base, "Art. 1, c. 2"), at(base, "Art. 1, c. 2, lett. b")
    first = at(base, "Art. 1, c. 2, lett. a")
    under_itself = amendment("E1", Move(parent.id, child.id, None))
    round_two = amendment("E2", Move(child.id, first.id, None), Move(first.id, child.id, None))
    assert [one.fault for one in faults(base, [under_itself])] == [Fault.UNDER_ITSELF]
    assert {one.fault for one in faults(base, [round_two])} == {Fault.CONTRADICTION}


def test_18_comments_on_a_clause_split_in_two_go_by_their_words() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    cut = clause.text.index("e un supplente")
    notes = [
        at_first(note(base, "Art. 2, c. 2", "un delegato", "O1")),
        at_first(note(base, "Art. 2, c. 2", "un supplente", "O2")),
    ]
    new = merged(base, amendment("E1", Split(clause.id, cut, "NUOVO"))).version
    first, second = reanchor(notes, base, new)
    assert at(new, "Art. 2, c. 2").text == "Ogni ente designa un delegato"
    assert at(new, "Art. 2, c. 3").text == "e un supplente."
    assert (first.spot and first.spot.clause, first.state) == (clause.id, Anchored.SHIFTED)
    assert (second.spot and second.spot.clause, second.state) == ("NUOVO", Anchored.SHIFTED)
    assert new.by_id["NUOVO"].sources == (clause.id,)


def test_18_the_second_piece_keeps_the_list_that_it_introduces() -> None:
    base = text()
    clause = at(base, "Art. 1, c. 2")
    cut = clause.text.index("presso la sede")
    new = merged(base, amendment("E1", Split(clause.id, cut, "NUOVO"))).version
    assert at(new, "Art. 1, c. 3").id == "NUOVO"
    assert at(new, "Art. 1, c. 3, lett. a").text == "per ascoltare i bisogni;"


def test_19_both_threads_survive_the_merge_of_two_clauses() -> None:
    base = text()
    one, other = at(base, "Art. 2, c. 1"), at(base, "Art. 2, c. 2")
    notes = [
        at_first(note(base, "Art. 2, c. 1", "gli enti", "O1")),
        at_first(note(base, "Art. 2, c. 2", "un supplente", "O2")),
    ]
    new = merged(base, amendment("E1", Merge(one.id, other.id))).version
    joined = at(new, "Art. 2, c. 1")
    assert joined.text == f"{one.text} {other.text}"
    assert (joined.origin, joined.sources) == (Origin.MERGED, (one.id, other.id))
    found = reanchor(notes, base, new)
    assert [r.quote for r in found] == ["gli enti", "un supplente"]
    starts = [r.spot.start for r in found if r.spot and r.spot.start is not None]
    assert starts == sorted(starts)
    assert {r.state for r in found} <= {Anchored.SHIFTED, Anchored.EXACT}


def test_20_all_the_clauses_of_a_chapter_are_deleted() -> None:
    base = text()
    gone = [Delete(at(base, label).id) for label in ("Art. 2, c. 1", "Art. 2, c. 2")]
    new = merged(base, amendment("E1", *gone)).version
    assert at(new, "Art. 2").text == "Composizione"
    assert at(new, "Art. 2").id not in {clause.parent for clause in new}
    assert len(new.tombstones) == 2


def test_21_an_insertion_after_a_clause_that_goes_keeps_its_place_and_is_flagged() -> None:
    base = text()
    gone = at(base, "Art. 2, c. 2")
    result = merged(
        base,
        amendment("E1", Delete(gone.id)),
        amendment("E2", Insert("N", gone.parent, gone.id, Kind.PARA, "Un comma nuovo.")),
    )
    assert points(result) == []
    assert at(result.version, "Art. 2, c. 2").text == "Un comma nuovo."
    assert result.displaced == ("N",)


def test_what_is_moved_out_of_a_deleted_chapter_survives_it() -> None:
    base = text()
    chapter, saved, end = at(base, "Art. 2"), at(base, "Art. 2, c. 1"), at(base, "Art. 3, c. 1")
    asked = amendment("E1", Move(saved.id, end.parent, end.id), Delete(chapter.id))
    new = merged(base, asked).version
    assert at(new, "Art. 2, c. 2").id == saved.id
    assert [grave.clause.text for grave in new.tombstones] == [
        "Composizione",
        "Ogni ente designa un delegato e un supplente.",
    ]


def test_a_split_against_an_edit_across_the_cut_is_a_conflict() -> None:
    base = text()
    clause = at(base, "Art. 2, c. 2")
    cut = clause.text.index("e un supplente")
    result = merged(
        base,
        amendment("E1", Split(clause.id, cut, "N")),
        amendment("E2", replaced(base, "Art. 2, c. 2", "delegato e un", "solo")),
        amendment("E3", Replace(clause.id, 0, 4, "Ciascun")),
    )
    assert points(result) == [("E1", "E2")]
    assert result.applied == ("E3",)


def test_two_bodies_that_take_one_clause_away_are_co_proposers() -> None:
    base = text()
    gone = Delete(at(base, "Art. 2, c. 2").id)
    result = merged(base, amendment("E1", gone), amendment("E2", gone))
    assert result.conflicts.groups == (("E1", "E2"),)
    assert result.version.tombstones[0].caused_by == ("E1", "E2")


def test_new_clauses_with_one_name_and_different_texts_are_both_kept() -> None:
    base = text()
    after = at(base, "Art. 2, c. 2")
    asked = [
        amendment(name, Insert("N", after.parent, after.id, Kind.PARA, f"Aggiunta di {name}."))
        for name in ("E1", "E2")
    ]
    new = merged(base, *asked).version
    assert texts(new)[-4:-2] == ["Aggiunta di E1.", "Aggiunta di E2."]
    assert len(new.by_id) == len(new.clauses)


def test_what_is_put_beside_or_under_what_the_amendment_itself_makes_is_there() -> None:
    base = text()
    clause, after = at(base, "Art. 2, c. 2"), at(base, "Art. 2, c. 1")
    cut = clause.text.index("e un supplente")
    asked = amendment(
        "E1",
        Split(clause.id, cut, "P"),
        Insert("A", clause.parent, "P", Kind.PARA, "Dopo la seconda parte."),
        Insert("B", "P", None, Kind.LIST_ITEM, "sotto la seconda parte;"),
        Insert("C", clause.parent, after.id, Kind.PARA, "Un comma."),
        Insert("D", clause.parent, "C", Kind.PARA, "E quello dopo."),
        Insert("E", "D", None, Kind.LIST_ITEM, "sotto di lui."),
    )
    new = merged(base, asked).version
    assert texts(new)[8:15] == [
        "Un comma.",
        "E quello dopo.",
        "sotto di lui.",
        "Ogni ente designa un delegato",
        "e un supplente.",
        "sotto la seconda parte;",
        "Dopo la seconda parte.",
    ]
    astray = amendment(
        "E2",
        Insert("X", None, None, Kind.PARA, "x"),
        Insert("Y", clause.parent, "X", Kind.PARA, "y"),
    )
    assert [one.fault for one in faults(base, [astray])] == [Fault.NOT_THERE]


def test_an_amendment_to_a_clause_that_is_not_there_is_a_fault() -> None:
    base = text()
    for operation in (
        Delete("ASSENTE"),
        Split("ASSENTE", 3, "N"),
        Merge("ASSENTE", at(base, "Art. 1").id),
        Move(at(base, "Art. 1").id, "ASSENTE", None),
        Replace("ASSENTE", 0, 1, "x"),
    ):
        found = faults(base, [amendment("E1", operation)])
        assert [(one.fault, one.clause) for one in found] == [(Fault.NO_CLAUSE, "ASSENTE")]
    of_its_own = amendment("E1", Insert("N", None, None, Kind.PARA, "x"), Delete("N"))
    assert [one.fault for one in faults(base, [of_its_own])] == [Fault.NO_CLAUSE]
