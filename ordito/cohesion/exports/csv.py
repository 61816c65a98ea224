"""The report as CSV, as Italian spreadsheets open it: semicolons, decimal commas, UTF-8 with BOM."""

import csv
from datetime import date
from io import StringIO

from ordito.cohesion.exports.table import COLUMNS, Cell, rows
from ordito.cohesion.sheets import DistrictReport
from ordito.lib.spreadsheets import inert

MEDIA_TYPE = "text/csv; charset=utf-8"


def as_csv(report: DistrictReport) -> bytes:
    """One line per lab and origin; a cell that a spreadsheet would run starts with an apostrophe."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _written(cell) for name, cell in row.items()} for row in rows(report))
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.12g}".replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return inert(cell)
