"""The one form that every rendering of a clause starts from: what is kept, struck and put in."""

from collections.abc import Iterator
from enum import StrEnum

from ordito.texts.engine.diff import Diff


class Piece(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


def pieces(old: str, diff: Diff) -> Iterator[tuple[Piece, str]]:
    """The text cut at its changes: SAME and OUT joined are the old text, SAME and IN the new."""
    at = 0
    for edit in diff.edits:
        yield from _if_any(Piece.SAME, old[at : edit.start])
        yield from _if_any(Piece.OUT, old[edit.start : edit.end])
        yield from _if_any(Piece.IN, edit.text)
        at = edit.end
    yield from _if_any(Piece.SAME, old[at:])


def _if_any(piece: Piece, text: str) -> Iterator[tuple[Piece, str]]:
    if text:
        yield piece, text
