"""The words of a rendering, given by whoever asks for it: the engine speaks no language."""

from collections.abc import Mapping
from dataclasses import dataclass

from ordito.texts.engine.compare import State
from ordito.texts.engine.diff import Level


@dataclass(frozen=True)
class Words:
    """The words that accompany the clauses.

    from_to   a form with {old} and {new} for the two labels of a clause that moved
    same      a form with {count} for the clauses left out because nothing changed in them
    """

    language: str
    title: str
    states: Mapping[State, str]
    levels: Mapping[Level, str]
    reparented: str
    formatted: str
    typographic: str
    unsure: str
    from_to: str
    same: str
    out_begins: str
    out_ends: str
    in_begins: str
    in_ends: str
    empty: str
