"""Where a point of a text goes when the text is edited."""

from collections.abc import Sequence

from ordito.texts.engine.diff import Edit


def shifted(offset: int, edits: Sequence[Edit]) -> int:
    """The place of a point after the edits, which are in order and disjoint.

    A point inside a replaced stretch goes to the end of what replaces it; a point where something
    is inserted stays before it.
    """
    moved = offset
    for edit in edits:
        if edit.start >= offset:
            break
        moved += len(edit.text) - (min(edit.end, offset) - edit.start)
    return moved


def shifted_span(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
    """The place of a stretch: insertions at its ends stay outside, those within stay within."""
    first = start
    for edit in edits:
        if edit.start > start or (edit.start == start and edit.end > start):
            break
        # What begins before, or is put exactly here, pushes the start along.
        first += len(edit.text) - (min(edit.end, start) - edit.start)
    return first, max(first, shifted(end, edits))
