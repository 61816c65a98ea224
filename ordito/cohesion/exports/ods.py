"""The report as an ODS spreadsheet: typed cells, a header row, and the notes on their own sheet."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from odf import dc, number, style
from odf.element import Element
from odf.opendocument import OpenDocument, OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import P

from ordito.cohesion import words
from ordito.cohesion.exports.table import COLUMNS, Cell, rows
from ordito.cohesion.sheets import DistrictReport
from ordito.ui.templatetags.ui import percent

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SHARES = frozenset({"tasso", "tasso_minimo", "tasso_massimo"})


def as_ods(report: DistrictReport) -> bytes:
    """Three sheets: the labs, every meeting, and how to read the numbers."""
    document = OpenDocumentSpreadsheet()
    document.meta.addElement(dc.Title(text=f"{words.TITLE} {report.name}"))
    document.meta.addElement(dc.Language(text=get_language() or "it"))
    styles = _add_styles(document)
    lines = [list(row.values()) for row in rows(report)]
    _add_sheet(document, _("Laboratori"), COLUMNS, lines, styles)
    _add_sheet(document, _("Incontri"), MEETING_COLUMNS, _meeting_rows(report), styles)
    _add_sheet(
        document, _("Note di lettura"), ("nota",), [[note] for note in _notes(report)], styles
    )
    written = BytesIO()
    document.write(written)
    return written.getvalue()


MEETING_COLUMNS = ("denominazione", "data", "stato", "presenti", "adesioni", "ospiti")


def _meeting_rows(report: DistrictReport) -> list[list[Cell]]:
    return [
        [
            lab.name,
            line.held_on,
            state,
            line.n_present,
            line.n_roster,
            _guests(line.n_present, line.n_guests),
        ]
        for lab in report.labs
        for state, lines in (
            (_("tenuto"), lab.meetings),
            (_("presenze da chiudere"), lab.to_close),
            (_("in programma"), lab.planned),
        )
        for line in lines
    ]


def _guests(n_present: int | None, n_guests: int) -> int | None:
    return None if n_present is None else n_guests


def _notes(report: DistrictReport) -> list[str]:
    notes = [str(words.DEMONSTRATIVE)] if report.is_demonstrative else []
    notes += [report.source] if report.source else []
    for figure in report.figures:
        said = (figure.sentence, figure.rate_words, figure.mean_words, figure.caveat)
        notes += [f"{figure.origin}: {', '.join(part for part in said if part)}"]
        notes += [text for text in (figure.band_words, figure.source) if text]
    return [
        *notes,
        _("Periodo: %(window)s") % {"window": report.window_words or words.NO_DATA},
        _("Formule: %(formulas)s") % {"formulas": words.FORMULAS},
        str(words.READING),
        str(words.USE),
    ]


def _add_styles(document: OpenDocument) -> dict[str, Element]:
    head = style.Style(name="intestazione", family="table-cell")
    head.addElement(style.TextProperties(fontweight="bold"))
    percentage = number.PercentageStyle(name="percentuale-dato")
    percentage.addElement(number.Number(decimalplaces=1, minintegerdigits=1))
    percentage.addElement(number.Text(text="%"))
    share = style.Style(name="percentuale", family="table-cell", datastylename=percentage)
    column = style.Style(name="colonna", family="table-column")
    column.addElement(style.TableColumnProperties(columnwidth="4cm"))
    for one in (head, percentage, share, column):
        document.automaticstyles.addElement(one)
    return {"head": head, "share": share, "column": column}


def _add_sheet(
    document: OpenDocument,
    name: str,
    columns: Sequence[str],
    lines: Iterable[Sequence[Cell]],
    styles: dict[str, Element],
) -> None:
    table = Table(name=name)
    table.addElement(TableColumn(numbercolumnsrepeated=len(columns), stylename=styles["column"]))
    header = TableHeaderRows()
    top = TableRow()
    for column in columns:
        cell = TableCell(valuetype="string", stylename=styles["head"])
        cell.addElement(P(text=column))
        top.addElement(cell)
    header.addElement(top)
    table.addElement(header)
    for line in lines:
        row = TableRow()
        for column, value in zip(columns, line, strict=True):
            row.addElement(_cell(value, styles["share"] if column in SHARES else None))
        table.addElement(row)
    document.spreadsheet.addElement(table)


def _cell(value: Cell, share: Element | None) -> Element:
    """A typed cell: text is never read as a formula."""
    if value is None or value == "":
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
        shown = words.day(value)
    elif isinstance(value, str):
        cell, shown = TableCell(valuetype="string"), value
    elif share is not None:
        cell = TableCell(valuetype="percentage", value=repr(float(value)), stylename=share)
        shown = percent(value)
    else:
        cell, shown = TableCell(valuetype="float", value=repr(value)), words.number(Fraction(value))
    cell.addElement(P(text=shown))
    return cell
