"""A comparison as an HTML page that a screen reader reads as well as an eye."""

from collections.abc import Iterator
from html import escape

from ordito.texts.engine.compare import Comparison, Row, State
from ordito.texts.engine.model import Kind
from ordito.texts.engine.render.pieces import Piece, pieces
from ordito.texts.engine.render.terminal import heading
from ordito.texts.engine.render.words import Words

STYLE = """
body { font: 1.1rem/1.6 "Titillium Web", system-ui, sans-serif; margin: 2rem auto; max-width: 46rem;
  padding: 0 1rem; color: #17324d; background: #fff; }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: 0; overflow-wrap: anywhere; }
section { border-left: .25rem solid transparent; padding-left: 1rem; }
section.is-changed { border-color: #0066cc; }
del { color: #a3001b; background: #fdf0f2; }
ins { color: #00522a; background: #ecf8f1; text-decoration: underline; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
@media print { section { break-inside: avoid; } }
"""


def as_page(comparison: Comparison, words: Words) -> str:
    """A page of its own: every clause, with what changed in it. It loads nothing."""
    title = escape(words.title)
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{_summary(comparison, words)}\n"
        f"{''.join(as_sections(comparison, words))}</main>\n</body>\n</html>\n"
    )


def as_sections(comparison: Comparison, words: Words) -> Iterator[str]:
    """The clauses alone, to be put inside a page."""
    for row in comparison.rows:
        if row.clause.kind not in (Kind.TABLE, Kind.ROW):
            yield _section(row, words)


def _section(row: Row, words: Words) -> str:
    is_changed = row.state is not State.KEPT or row.reparented or row.formatted
    text = "".join(
        _piece(piece, text, words)
        for piece, text in pieces(row.old.text if row.old else "", row.diff)
    )
    name = "is-changed" if is_changed else "is-same"
    said = heading(row, words) if is_changed else row.new_label
    return (
        f'<section class="{name}" id="{row.clause.id}" data-state="{row.state}">\n<h2>{escape(said)}</h2>\n'
        f"<p>{text or escape(words.empty)}</p>\n</section>\n"
    )


def _piece(piece: Piece, text: str, words: Words) -> str:
    if piece is Piece.SAME:
        return escape(text)
    tag, begins, ends = (
        ("del", words.out_begins, words.out_ends)
        if piece is Piece.OUT
        else ("ins", words.in_begins, words.in_ends)
    )
    said = '<span class="said">{}</span>'
    opening, closing = said.format(f" [{escape(begins)}: "), said.format(f" {escape(ends)}] ")
    return f"{opening}<{tag}>{escape(text)}</{tag}>{closing}"


def _summary(comparison: Comparison, words: Words) -> str:
    counts = comparison.counts
    items = [f"<li>{escape(words.states[s])}: {counts[s]}</li>" for s in State if counts[s]]
    return f"<ul>{''.join(items)}</ul>"
