"""A version as Markdown."""

from collections.abc import Iterator

from ordito.texts.engine.model import Clause, Kind, Version
from ordito.texts.formats.printing import Printed, grid, printed

SIGNS = {"bold": "**", "italic": "*", "strike": "~~"}
ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|~&"})
OPENERS = ("#", "+", "-", "=", ">")


def write_markdown(version: Version) -> bytes:
    """The text in CommonMark with tables, its numbers written before each clause."""
    return ("\n\n".join(_blocks(version)) + "\n").encode()


def _blocks(version: Version) -> Iterator[str]:
    for piece in printed(version):
        if piece.clause.kind is Kind.TABLE:
            yield "\n".join(_table(piece.clause, version))
        else:
            yield _block(piece)


def _block(piece: Printed) -> str:
    clause, text = piece.clause, _marked(piece.clause)
    if clause.kind is Kind.HEADING:
        return f"{'#' * min(clause.level, 6)} {piece.head}{text}"
    if clause.kind is Kind.LIST_ITEM:
        indent = "  " * (piece.depth - 1)
        return f"{indent}- {piece.head}{text}"
    return f"{_safe(piece.head)}{text}" if piece.head else _escaped_opening(text)


def _table(table: Clause, version: Version) -> Iterator[str]:
    for number, row in enumerate(grid(table, version)):
        texts = [_marked(cell) if cell else "" for cell in row]
        yield f"| {' | '.join(texts)} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"


def _marked(clause: Clause) -> str:
    """The text with the signs of its marks, which open and close at the edge of a word."""
    bounds = {0, len(clause.text)} | {m for mark in clause.marks for m in (mark.start, mark.end)}
    edges, out = sorted(bounds), ""
    for start, end in zip(edges, edges[1:], strict=False):
        piece = clause.text[start:end]
        kinds = [m.kind for m in clause.marks if m.start <= start and end <= m.end]
        signs = "".join(SIGNS.get(kind, "") for kind in kinds)
        bare = piece.strip()
        if signs and bare:
            lead, tail = piece[: piece.index(bare)], piece[piece.index(bare) + len(bare) :]
            out += f"{lead}{signs}{bare.translate(ESCAPED)}{signs[::-1]}{tail}"
        else:
            out += piece.translate(ESCAPED)
    return out


def _safe(head: str) -> str:
    """A number as it is read, not as the beginning of a list of Markdown's own."""
    return head.replace(".", "\\.", 1) if head[:1].isdigit() else head


def _escaped_opening(text: str) -> str:
    return f"\\{text}" if text.startswith(OPENERS) else text
