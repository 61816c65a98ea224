"""What holds for every text, every set of amendments and every sequence of versions."""

import re
from html import unescape
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as some

from ordito.texts.engine import (
    Amendment,
    Delete,
    Insert,
    Kind,
    Merge,
    Move,
    Replace,
    Retitle,
    Split,
    Spot,
    apply,
    at_first,
    compare,
    compare_by_content,
    diff,
    faults,
    labels,
    merge,
    reanchor,
)
from ordito.texts.engine.anchor import State, anchored
from ordito.texts.engine.model import Version
from ordito.texts.engine.operations import Operation
from ordito.texts.engine.plain import plain
from ordito.texts.engine.render.page import as_sections
from ordito.texts.engine.render.pieces import pieces
from ordito.texts.engine.render.terminal import marked
from ordito.texts.tests.drafts import text
from ordito.texts.wording import render_words

LETTERS = "aàeèio'’ .,;-[]{}+\\<>&\"1bcd\u0301\U0001f44d\U0001f3fd\u05d0"
lines = some.text(LETTERS, max_size=80)
anything = some.text(max_size=60)
WORDS = ("rete", "ente", "tavolo", "di", "la", "ogni", "mese", "dati")
sentences = some.lists(some.sampled_from(WORDS), min_size=3, max_size=14).map(" ".join)
quick = settings(max_examples=60, deadline=None)


@quick
@given(lines, lines)
def test_the_edits_turn_one_text_into_the_other(old: str, new: str) -> None:
    for letters in (True, False):
        found = diff(old, new, letters)
        assert apply(old, found.edits) == new
        ends = [(edit.start, edit.end) for edit in found.edits]
        assert all(end <= start for (_s, end), (start, _e) in zip(ends, ends[1:], strict=False))


@quick
@given(anything)
def test_the_canonical_form_of_a_canonical_text_is_itself(raw: str) -> None:
    once = plain(raw)[0]
    assert plain(once)[0] == once


@quick
@given(lines, lines)
def test_a_rendering_reads_back_as_both_texts(old: str, new: str) -> None:
    found = list(pieces(old, diff(old, new)))
    assert "".join(text for piece, text in found if piece != "in") == old
    assert "".join(text for piece, text in found if piece != "out") == new
    line = "".join(marked(piece, text) for piece, text in found)
    assert read_line(line, "[-", "-]", "{+", "+}") == old
    assert read_line(line, "{+", "+}", "[-", "-]") == new


def read_line(line: str, keep: str, end: str, drop: str, close: str) -> str:
    """The text of one side of a marked line: a reader of its own, sign by sign."""
    out, dropping, at = "", False, 0
    while at < len(line):
        sign = line[at : at + 2]
        if line[at] == "\\":
            out += "" if dropping else line[at + 1]
            at += 2
        elif sign in (keep, end, drop, close):
            dropping = sign == drop if sign in (drop, close) else dropping
            at += 2
        else:
            out += "" if dropping else line[at]
            at += 1
    return out


@quick
@given(some.lists(sentences, min_size=1, max_size=8), some.lists(sentences, max_size=8))
def test_a_page_reads_back_as_both_texts(olds: list[str], news: list[str]) -> None:
    old, new = (text("\n\n".join(x)) for x in (olds, news))
    found = compare_by_content(old, new)
    page = "".join(as_sections(found, render_words("x")))
    seen = [read_section(part) for part in page.split("</section>")[:-1]]
    assert [after for state, _b, after in seen if state not in ("gone", "merged")] == [
        clause.text for clause in new
    ]
    befores = [before for state, before, _a in seen if state not in ("new", "split")]
    assert sorted(befores) == sorted(clause.text for clause in old)


def read_section(part: str) -> tuple[str, str, str]:
    state = re.search(r'data-state="(\w+)"', part)
    body = part[part.index("<p>") + 3 : part.rindex("</p>")]
    body = re.sub(r'<span class="said">.*?</span>', "", body)
    before = unescape(re.sub(r"</?del>", "", re.sub(r"<ins>.*?</ins>", "", body)))
    after = unescape(re.sub(r"</?ins>", "", re.sub(r"<del>.*?</del>", "", body)))
    return state[1] if state else "", before, after


@some.composite
def operations(draw: some.DrawFn, version: Version, name: str) -> Operation:
    clause = draw(some.sampled_from(version.clauses))
    siblings = version.children[clause.parent]
    after = siblings[version.rank[clause.id] + 1 :]
    kinds = ("replace", "replace", "delete", "insert", "move", "split", "merge", "retitle")
    match draw(some.sampled_from(kinds)):
        case "replace":
            start = draw(some.integers(0, len(clause.text)))
            end = draw(some.integers(start, len(clause.text)))
            return Replace(clause.id, start, end, draw(sentences))
        case "delete":
            return Delete(clause.id)
        case "insert":
            return Insert(f"N{name}", clause.parent, clause.id, Kind.PARA, draw(sentences))
        case "split":
            return Split(clause.id, draw(some.integers(0, len(clause.text))), f"S{name}")
        case "merge" if after:
            return Merge(clause.id, after[0].id)
        case "retitle":
            return Retitle(clause.id, draw(sentences))
        case _:
            other = draw(some.sampled_from(version.clauses))
            return Move(clause.id, other.parent, other.id)


@some.composite
def amended(draw: some.DrawFn) -> tuple[Version, list[Amendment]]:
    version = text()
    names = [f"E{n}" for n in range(draw(some.integers(0, 6)))]
    asked = [Amendment(name, name, (draw(operations(version, name)),)) for name in names]
    return version, [one for one in asked if not faults(version, [one])]


@quick
@given(amended(), some.randoms())
def test_amendments_merge_to_one_well_formed_text_in_any_order(
    case: tuple[Version, list[Amendment]], chance: Random
) -> None:
    base, asked = case
    first = merge(base, asked)
    chance.shuffle(asked)
    assert merge(base, asked).version == first.version
    assert set(first.applied) | set(first.held) == {one.id for one in asked}
    seen: set[str | None] = {None}
    for clause in first.version:
        assert clause.parent in seen
        assert clause.id not in seen
        seen.add(clause.id)
    assert len({label.full for label in labels(first.version).values()}) == len(
        first.version.clauses
    )


@quick
@given(amended())
def test_what_is_not_asked_to_go_does_not_go(case: tuple[Version, list[Amendment]]) -> None:
    base, asked = case
    new = merge(base, asked).version
    graves = {grave.clause.id for grave in new.tombstones}
    joined = {source for clause in new for source in clause.sources} - set(new.by_id)
    left = {clause.id for clause in base if clause.id in new.by_id}
    assert {clause.id for clause in base} == graves | joined | left
    assert not graves & set(new.by_id)
    found = compare(base, new)
    assert len(found.rows) == len(new.clauses) + len(graves | joined)


@quick
@given(amended())
def test_what_clashes_with_nothing_is_in_the_text(case: tuple[Version, list[Amendment]]) -> None:
    base, asked = case
    result = merge(base, asked)
    caused = {one for clause in result.version for one in clause.caused_by}
    caused |= {one for grave in result.version.tombstones for one in grave.caused_by}
    assert caused == set(result.applied)


def test_no_amendment_gives_the_base() -> None:
    base = text()
    assert merge(base, []).version == base
    assert merge(base, []).version.hash == base.hash


@quick
@given(some.data())
def test_no_observation_is_lost_or_put_on_other_words(data: some.DataObject) -> None:
    version = text()
    resolutions = []
    for number in range(5):
        clause = data.draw(some.sampled_from([c for c in version if c.text]))
        start = data.draw(some.integers(0, len(clause.text) - 1))
        end = data.draw(some.integers(start + 1, len(clause.text)))
        resolutions.append(at_first(anchored(version, f"O{number}", Spot(clause.id, start, end))))
    for turn in range(3):
        asked = [
            Amendment(f"{turn}.{n}", "x", (data.draw(operations(version, f"{turn}.{n}")),))
            for n in range(data.draw(some.integers(0, 4)))
        ]
        new = merge(version, [one for one in asked if not faults(version, [one])]).version
        if not new.clauses:
            return
        after = reanchor(resolutions, version, new)
        assert [r.anchor.observation for r in after] == [f"O{n}" for n in range(5)]
        for one in after:
            assert (one.spot is None) == (one.state is State.ORPHAN)
            if one.spot and one.state is not State.FUZZY:
                there = new.by_id[one.spot.clause].text[one.spot.start : one.spot.end]
                assert there == one.quote == one.anchor.quote
        version, resolutions = new, list(after)
