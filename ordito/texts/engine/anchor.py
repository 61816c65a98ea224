"""Observations that stay where they were made while the text changes under them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from ordito.texts.engine.diff import diff, similarity
from ordito.texts.engine.model import Clause, Version
from ordito.texts.engine.offsets import shifted_span
from ordito.texts.engine.tokens import words

ENGINE_VERSION = 1  # kept with every resolution: a decision is not taken again by a later engine
CONTEXT = 32  # code points kept on each side of a quote
LIKENESS = 0.5  # of a changed quote, for it to be proposed to its author
TELLING = 3  # words a quote needs to be looked for outside its clause


class State(StrEnum):
    """exact: the clause is as it was. shifted: the quote stands elsewhere in it, or in the clause
    known to have taken it. fuzzy: a likely place, which the author confirms. orphan: no place."""

    EXACT = "exact"
    SHIFTED = "shifted"
    FUZZY = "fuzzy"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a clause; without `start` and `end`, the clause as a whole."""

    clause: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an observation is about: a spot of a version, and the words that stood there."""

    observation: str
    spot: Spot
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where an anchor is in a version; kept for ever, one for each version.

    spot       None for an orphan
    quote      the words now there: those of the anchor when exact or shifted
    suggested  for an orphan, a spot where its words are found again: a person confirms it
    near       for an orphan, the surviving clause after which its own stood
    score      likeness of the words now there to the quote, 0 to 1
    """

    anchor: Anchor
    state: State
    spot: Spot | None
    quote: str
    score: float
    suggested: Spot | None = None
    near: str | None = None
    engine_version: int = ENGINE_VERSION


def anchored(version: Version, observation: str, spot: Spot) -> Anchor:
    """Anchor an observation to a spot of a version. Raises ValueError outside the text."""
    text = version.by_id[spot.clause].text
    if spot.start is None or spot.end is None:
        return Anchor(observation, spot, text)
    if not 0 <= spot.start < spot.end <= len(text):
        raise ValueError(f"{spot} is outside its clause")
    before, after = _around(text, spot.start, spot.end)
    return Anchor(observation, spot, text[spot.start : spot.end], before, after)


def anchored_across(
    version: Version, observation: str, first: Spot, last: Spot
) -> tuple[Anchor, ...]:
    """One anchor for each clause from the start of `first` to the end of `last`."""
    begin, stop = version.position[first.clause], version.position[last.clause]
    found = []
    for clause in version.clauses[begin : stop + 1]:
        start = first.start or 0 if clause.id == first.clause else 0
        end = last.end if clause.id == last.clause and last.end else len(clause.text)
        if start < end:
            found.append(anchored(version, observation, Spot(clause.id, start, end)))
    return tuple(found)


def at_first(anchor: Anchor) -> Resolution:
    """The resolution of an anchor in the version that it was made on."""
    return Resolution(anchor, State.EXACT, anchor.spot, anchor.quote, 1.0)


def confirmed(resolution: Resolution, version: Version, spot: Spot) -> Resolution:
    """The resolution once a person has said where it belongs: exact from here on."""
    anchor = anchored(version, resolution.anchor.observation, spot)
    return at_first(anchor)


def reanchor(
    resolutions: Iterable[Resolution], old: Version, new: Version
) -> tuple[Resolution, ...]:
    """Take resolutions in one version to the next: as many come out as go in, in order.

    An orphan stays one, with a suggestion when its words come back, until a person confirms.
    """
    finder = _Finder(old, new)
    return tuple(finder.resolve(resolution) for resolution in resolutions)


def threads(
    resolutions: Mapping[str, Resolution], replies: Mapping[str, str]
) -> dict[str, Resolution]:
    """The resolution of every observation: a reply stands where the observation that opened its
    thread does. `replies` gives what each one answers to."""
    found = dict(resolutions)
    for reply in replies:
        root = reply
        while root in replies:
            root = replies[root]
        found[reply] = resolutions[root]
    return found


class _Finder:
    def __init__(self, old: Version, new: Version) -> None:
        self.old, self.new = old, new
        self.relatives: dict[str, list[str]] = {}
        for clause in new:
            for source in clause.sources:
                self.relatives.setdefault(source, []).append(clause.id)
        self.whole = "\n".join(clause.text for clause in new)
        self.starts = [0, *accumulate(len(clause.text) + 1 for clause in new)]

    def resolve(self, before: Resolution) -> Resolution:
        if before.spot is None:
            return replace(before, near=self._near(before.near), suggested=self._anywhere(before))
        found = self._in_place(before, before.spot) or self._in_relatives(before, before.spot)
        if found:
            return found
        elsewhere = self._anywhere(before)
        if elsewhere:
            return self._at(before, State.FUZZY, elsewhere)
        near = self._near(before.spot.clause)
        return replace(before, state=State.ORPHAN, spot=None, score=0.0, near=near)

    def _in_place(self, before: Resolution, spot: Spot) -> Resolution | None:
        clause = self.new.by_id.get(spot.clause)
        if clause is None:
            return None
        old = self.old.by_id[spot.clause]
        if clause.text == old.text:
            return self._at(before, _kept(before, State.EXACT), spot)
        if spot.start is None or spot.end is None:
            return self._at(before, State.FUZZY, spot)
        return self._in_edited(before, spot, old, clause)

    def _in_edited(
        self, before: Resolution, spot: Spot, old: Clause, new: Clause
    ) -> Resolution | None:
        assert spot.start is not None
        assert spot.end is not None
        edits = diff(old.text, new.text, letters=False).edits
        start, end = shifted_span(spot.start, spot.end, edits)
        ranked = self._ranked(before.quote, new, _around(old.text, spot.start, spot.end))
        if ranked:
            best = ranked[0][1]
            sure = len(ranked) == 1 or (ranked[0][0] > ranked[1][0] and best.start == start)
            state = State.SHIFTED if sure else State.FUZZY
            return self._at(before, _kept(before, state), best)
        if similarity(before.quote, new.text[start:end]) >= LIKENESS:
            return self._at(before, State.FUZZY, Spot(new.id, start, end))
        return None

    def _in_relatives(self, before: Resolution, spot: Spot) -> Resolution | None:
        """The clauses that came of this one by a split, or took it in."""
        around = (before.anchor.prefix, before.anchor.suffix)
        for relative in self.relatives.get(spot.clause, ()):
            clause = self.new.by_id[relative]
            if spot.start is None:
                return self._at(before, State.FUZZY, Spot(relative))
            ranked = self._ranked(before.quote, clause, around)
            if len(ranked) == 1 or (ranked and ranked[0][0] > ranked[1][0]):
                return self._at(before, _kept(before, State.SHIFTED), ranked[0][1])
        return None

    def _anywhere(self, before: Resolution) -> Spot | None:
        """The one place of the whole text with these words, when they are enough to tell."""
        quote = before.quote
        if len(words(quote)) < TELLING or self.whole.count(quote) != 1:
            return None
        at = self.whole.index(quote)
        place = bisect_right(self.starts, at) - 1
        clause, start = self.new.clauses[place], at - self.starts[place]
        if before.anchor.spot.start is None:
            return Spot(clause.id) if clause.text == quote else None
        return Spot(clause.id, start, start + len(quote))

    def _ranked(
        self, quote: str, clause: Clause, around: tuple[str, str]
    ) -> list[tuple[int, Spot]]:
        """Every place of a quote in a clause, by how much of its surroundings is the same."""
        found = []
        for start in _places(quote, clause.text):
            before, after = _around(clause.text, start, start + len(quote))
            likeness = _shared_end(before, around[0]) + _shared_start(after, around[1])
            found.append((likeness, Spot(clause.id, start, start + len(quote))))
        return sorted(found, key=lambda one: -one[0])

    def _at(self, before: Resolution, state: State, spot: Spot) -> Resolution:
        text = self.new.by_id[spot.clause].text[spot.start : spot.end]
        return Resolution(before.anchor, state, spot, text, similarity(before.anchor.quote, text))

    def _near(self, clause: str | None) -> str | None:
        """The last surviving clause at or before the place of one that is gone."""
        if clause is None or clause in self.new.by_id:
            return clause
        place = self.old.position.get(clause, 0)
        before = (one.id for one in self.old.clauses[place::-1])
        return next((one for one in before if one in self.new.by_id), None)


def _kept(before: Resolution, state: State) -> State:
    """A place that awaits confirmation goes on awaiting it."""
    return State.FUZZY if before.state is State.FUZZY else state


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _places(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _shared_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _shared_end(one: str, other: str) -> int:
    return _shared_start(one[::-1], other[::-1])
