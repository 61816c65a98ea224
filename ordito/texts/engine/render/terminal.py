"""A comparison as lines for a terminal, in colour or with signs."""

from collections.abc import Iterator

from ordito.texts.engine.compare import Comparison, Row, State
from ordito.texts.engine.diff import Level
from ordito.texts.engine.model import Kind
from ordito.texts.engine.render.pieces import Piece, pieces
from ordito.texts.engine.render.words import Words

RESET, BOLD = "\x1b[0m", "\x1b[1m"
COLOURS = {Piece.OUT: "\x1b[9;31m", Piece.IN: "\x1b[4;32m"}
SIGNS = {Piece.OUT: ("[-", "-]"), Piece.IN: ("{+", "+}")}
ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\[]{}"})
FRAMES = (Kind.TABLE, Kind.ROW)


def as_lines(
    comparison: Comparison, words: Words, colour: bool = False, whole: bool = False
) -> Iterator[str]:
    """What changed, clause by clause; `whole` also shows what did not.

    Without colour, what is taken out stands in [- -] and what is put in in {+ +}; a backslash
    stands before the brackets of the text itself.
    """
    skipped = 0
    for row in comparison.rows:
        if not whole and _is_still(row):
            skipped += row.clause.kind not in FRAMES
            continue
        if skipped:
            yield f"  {words.same.format(count=skipped)}"
            skipped = 0
        yield from _lines(row, words, colour)
    if skipped:
        yield f"  {words.same.format(count=skipped)}"


def _is_still(row: Row) -> bool:
    is_frame = row.clause.kind in FRAMES and row.state in (State.KEPT, State.EDITED)
    return is_frame or (row.state is State.KEPT and not row.reparented and not row.formatted)


def _lines(row: Row, words: Words, colour: bool) -> Iterator[str]:
    yield f"{BOLD}{heading(row, words)}{RESET}" if colour else heading(row, words)
    text = "".join(
        marked(piece, text, colour)
        for piece, text in pieces(row.old.text if row.old else "", row.diff)
    )
    if text:
        yield f"    {text}"


def heading(row: Row, words: Words) -> str:
    """The label of a clause, what happened to it, and what to know of it."""
    labels = row.new_label or row.old_label
    if row.old_label and row.new_label and row.old_label != row.new_label:
        labels = words.from_to.format(old=row.old_label, new=row.new_label)
    remarks = [words.states[row.state]]
    remarks += [words.reparented] if row.reparented else []
    remarks += [words.formatted] if row.formatted else []
    remarks += [words.typographic] if row.typographic else []
    remarks += [words.unsure] if row.unsure else []
    if row.diff.level is not Level.WORDS:
        remarks.append(words.levels[row.diff.level])
    return f"{labels} · {', '.join(remarks)}"


def marked(piece: Piece, text: str, colour: bool = False) -> str:
    if colour:
        colours = COLOURS.get(piece)
        return f"{colours}{text}{RESET}" if colours else text
    opening, closing = SIGNS.get(piece, ("", ""))
    return f"{opening}{text.translate(ESCAPED)}{closing}"
