"""A version as ODT, numbers written out so that no program counts them again."""

from io import BytesIO

from odf import table as tables
from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.text import H, List, ListItem, ListLevelStyleBullet, ListStyle, P, Span

from ordito.texts.engine.model import Clause, Kind, Version
from ordito.texts.formats.docx_writer import pieces
from ordito.texts.formats.printing import Printed, grid, printed

LOOKS = {
    "bold": {"fontweight": "bold"},
    "italic": {"fontstyle": "italic"},
    "underline": {"textunderlinestyle": "solid"},
}
LEVELS = 10


def write_odt(version: Version) -> bytes:
    return _Writer(version).written()


class _Writer:
    def __init__(self, version: Version) -> None:
        self.version, self.document = version, OpenDocumentText()
        self.styles: dict[frozenset[str], Style] = {}
        # A list without a sign: the numbers of its items are written in their text.
        for name, bullet in (("Punti", "•"), ("Voci", " ")):
            style = ListStyle(name=name)
            for level in range(1, LEVELS + 1):
                style.addElement(ListLevelStyleBullet(level=level, bulletchar=bullet))
            self.document.automaticstyles.addElement(style)

    def written(self) -> bytes:
        for piece in printed(self.version):
            if piece.clause.kind is Kind.TABLE:
                self._table(piece.clause)
            elif piece.clause.kind is Kind.LIST_ITEM:
                self._item(piece)
            else:
                self._paragraph(piece)
        out = BytesIO()
        self.document.write(out)
        return out.getvalue()

    def _paragraph(self, piece: Printed) -> None:
        is_heading = piece.clause.kind is Kind.HEADING
        element = H(outlinelevel=piece.clause.level) if is_heading else P()
        self._fill(element, piece.clause, piece.head)
        self.document.text.addElement(element)

    def _item(self, piece: Printed) -> None:
        """Each item in lists of its own, as many as it is deep: nothing has to be continued."""
        element = P()
        self._fill(element, piece.clause, piece.head)
        for depth in range(piece.depth):
            item = ListItem()
            item.addElement(element)
            name = "Punti" if piece.is_bullet else "Voci"
            element = List(stylename=name) if depth == piece.depth - 1 else List()
            element.addElement(item)
        self.document.text.addElement(element)

    def _table(self, clause: Clause) -> None:
        made = tables.Table()
        rows = grid(clause, self.version)
        made.addElement(tables.TableColumn(numbercolumnsrepeated=max(len(rows[0]), 1)))
        for row in rows:
            line = tables.TableRow()
            for cell in row:
                line.addElement(self._cell(cell))
            made.addElement(line)
        self.document.text.addElement(made)

    def _cell(self, clause: Clause | None) -> tables.TableCell:
        if clause is None:
            return tables.CoveredTableCell()
        height, width = clause.span
        cell = tables.TableCell(numberrowsspanned=height, numbercolumnsspanned=width)
        paragraph = P()
        self._fill(paragraph, clause, "")
        cell.addElement(paragraph)
        return cell

    def _fill(self, element: P, clause: Clause, head: str) -> None:
        element.addText(head)
        for text, kinds in pieces(clause.text, clause.marks):
            known = frozenset(kind for kind in kinds if kind in LOOKS)
            if known:
                element.addElement(Span(stylename=self._style(known), text=text))
            else:
                element.addText(text)

    def _style(self, kinds: frozenset[str]) -> Style:
        if kinds not in self.styles:
            style = Style(name=f"T{len(self.styles) + 1}", family="text")
            look = {name: value for kind in kinds for name, value in LOOKS[kind].items()}
            style.addElement(TextProperties(**look))
            self.document.automaticstyles.addElement(style)
            self.styles[kinds] = style
        return self.styles[kinds]
