"""A version as DOCX, numbers written out so that no program counts them again."""

from collections.abc import Iterable
from io import BytesIO

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from ordito.texts.engine.model import Clause, Kind, Mark, Version
from ordito.texts.formats.printing import Printed, grid, printed

STYLES_DEPTH = 3  # depths of list that the template knows
HEADINGS_DEPTH = 9


def write_docx(version: Version) -> bytes:
    document = docx.Document()
    for piece in printed(version):
        if piece.clause.kind is Kind.TABLE:
            _add_table(document, piece.clause, version)
        else:
            paragraph = document.add_paragraph(style=style_of(piece))
            paragraph.add_run(piece.head)
            _add_text(paragraph, piece.clause)
    return saved(document)


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def style_of(piece: Printed) -> str | None:
    """The style of the default template for a clause."""
    if piece.clause.kind is Kind.HEADING:
        return f"Heading {min(piece.clause.level, HEADINGS_DEPTH)}"
    if piece.clause.kind is Kind.LIST_ITEM:
        depth = min(piece.depth, STYLES_DEPTH)
        name = "List Bullet" if piece.is_bullet else "List"
        return name if depth == 1 else f"{name} {depth}"
    return None


def pieces(text: str, marks: Iterable[Mark]) -> list[tuple[str, set[str]]]:
    """A text cut where its marks change, each piece with the marks on it."""
    marks = list(marks)
    bounds = {0, len(text)} | {place for mark in marks for place in (mark.start, mark.end)}
    edges = sorted(bounds)
    return [
        (text[start:end], {m.kind for m in marks if m.start <= start and end <= m.end})
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def _add_text(paragraph: Paragraph, clause: Clause) -> None:
    for text, kinds in pieces(clause.text, clause.marks):
        run = paragraph.add_run(text)
        run.bold = "bold" in kinds or None
        run.italic = "italic" in kinds or None
        run.underline = "underline" in kinds or None
        run.font.strike = "strike" in kinds or None


def _add_table(document: Document, table: Clause, version: Version) -> None:
    rows = grid(table, version)
    if not rows or not rows[0]:
        return
    made = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            height, width = cell.span
            corner = made.cell(number, column)
            if (height, width) != (1, 1):
                corner = corner.merge(made.cell(number + height - 1, column + width - 1))
            _add_text(corner.paragraphs[0], cell)
