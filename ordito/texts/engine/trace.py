"""Who asked for what is now in the text, and what became of each amendment."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ordito.texts.engine.labels import labels
from ordito.texts.engine.merge import Merged
from ordito.texts.engine.model import Origin, Version
from ordito.texts.engine.operations import Amendment


class Fate(StrEnum):
    APPLIED = "applied"
    HELD = "held"  # it clashes with another, and nobody has chosen
    SET_ASIDE = "set_aside"  # one that it clashes with was chosen


@dataclass(frozen=True, slots=True)
class Line:
    """A clause that changed: before, after, and the amendments that caused it.

    `origin` is None when the clause was taken away.
    """

    clause: str
    origin: Origin | None
    old_label: str
    new_label: str
    old_text: str
    new_text: str
    asked: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    amendment: Amendment
    fate: Fate
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trace:
    """`lines` in the reading order of the new text, then what is gone; `outcomes` by id."""

    lines: tuple[Line, ...]
    outcomes: tuple[Outcome, ...]


def trace(base: Version, merged: Merged, amendments: Iterable[Amendment]) -> Trace:
    """Every changed clause with those who asked for it, every amendment with its fate."""
    known = {amendment.id: amendment for amendment in amendments}
    new = merged.version
    before, after = labels(base), labels(new)
    lines = []
    for clause in new:
        if clause.caused_by:
            source = clause.sources[0] if clause.origin is Origin.SPLIT else clause.id
            old = base.by_id.get(source)
            lines.append(
                Line(
                    clause.id,
                    clause.origin,
                    before[source].full if old else "",
                    after[clause.id].full,
                    old.text if old else "",
                    clause.text,
                    tuple(known[one] for one in clause.caused_by),
                )
            )
    for grave in new.tombstones[len(base.tombstones) :]:
        asked = tuple(known[one] for one in grave.caused_by)
        label = before[grave.clause.id].full
        lines.append(Line(grave.clause.id, None, label, "", grave.clause.text, "", asked))
    return Trace(tuple(lines), tuple(_outcome(known[one], merged) for one in sorted(known)))


def _outcome(amendment: Amendment, merged: Merged) -> Outcome:
    if amendment.id in merged.set_aside:
        return Outcome(amendment, Fate.SET_ASIDE, merged.set_aside[amendment.id])
    if amendment.id not in merged.held:
        return Outcome(amendment, Fate.APPLIED)
    points = (point.amendments for point in merged.conflicts.points)
    tied = next((tied for tied in points if amendment.id in tied), ())
    return Outcome(amendment, Fate.HELD, tuple(one for one in tied if one != amendment.id))
