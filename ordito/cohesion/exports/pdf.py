"""The report as PDF/A-3a and PDF/UA-1: the district then a page per lab, or one lab's page."""

from pathlib import Path
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ordito.cohesion import words
from ordito.cohesion.exports.csv import as_csv
from ordito.cohesion.exports.lines import lab_lines
from ordito.cohesion.sheets import DistrictReport, Figure, LabSheet
from ordito.lib.typesetting import pdf

MEDIA_TYPE = "application/pdf"
TEMPLATE = Path(__file__).parent.parent / "typst" / "labs.typ"
MEETINGS_ON_A_PAGE = 48
LETTERS_IN_A_TEXT = 900  # a sheet is one page: what is longer is whole in the attached table


def as_pdf(report: DistrictReport) -> bytes:
    """The same report gives the same bytes; its table travels inside as CSV."""
    return pdf(TEMPLATE, _content(report) | {"table": as_csv(report).decode()})


def _content(report: DistrictReport) -> dict[str, Any]:
    return _fixed_words(report) | {
        "title": f"{words.TITLE} {report.name}",
        "is_whole": report.is_whole,
        "district": report.name,
        "language": get_language() or "it",
        "day": {"year": report.day.year, "month": report.day.month, "day": report.day.day},
        "day_label": _("Rapporto del %(day)s") % {"day": words.day(report.day)},
        "window": _period(report.window_words),
        "mark": str(words.DEMONSTRATIVE) if report.is_demonstrative else "",
        "source": report.source,
        "figures": [_figure(figure) for figure in report.figures],
        "labs": [_lab(lab) for lab in report.labs],
    }


def _fixed_words(report: DistrictReport) -> dict[str, Any]:
    columns = [
        report.lab_column,
        _("Partecipazione"),
        _("Tasso"),
        _("Adempimento"),
        _("Origine"),
    ]
    return {
        "heading": str(words.TITLE),
        "total_heading": _("L'ambito nel suo insieme"),
        "no_data": str(words.NO_DATA),
        "labs_heading": report.labs_heading,
        "columns": columns,
        "participation_heading": _("Partecipazione"),
        "meetings_heading": _("Incontri"),
        "work_heading": _("Mandato e lavoro"),
        "reading_heading": _("Come leggere i numeri"),
        "reading": [str(words.READING), f"{_('Formule')}: {words.FORMULAS}."],
        "use": str(words.USE),
        "page": _("pagina"),
        "attachment": _("I dati di questo rapporto in formato CSV"),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    notes = [figure.caveat, figure.spread_words, figure.guests_words, figure.source]
    return {
        "sentence": figure.sentence,
        "mean": figure.mean_words,
        "rate": figure.rate_words,
        "has_rate": figure.rate is not None,
        "origin": figure.origin,
        "band": figure.band_words if figure.mean is None else "",
        "notes": [note for note in notes if note],
    }


def _lab(lab: LabSheet) -> dict[str, Any]:
    return {
        "name": lab.name,
        "kind": lab.kind,
        "is_silent": lab.is_silent,
        "window": _period(lab.window_words),
        "coverage": lab.coverage_words,
        "figures": [_figure(figure) for figure in lab.figures],
        "table": _table_rows(lab),
        "meetings": _meetings(lab),
        "has_words": bool(lab.to_close or lab.planned),
        "more": _more(lab),
        "lines": [[label, [_short(one) for one in texts]] for label, texts in lab_lines(lab)],
    }


def _table_rows(lab: LabSheet) -> list[list[str]]:
    rows = [
        [
            lab.name,
            "\n".join(part for part in (figure.sentence, figure.mean_words) if part),
            figure.rate_words,
            lab.fulfilment_fraction,
            figure.origin,
        ]
        for figure in lab.figures
    ]
    return rows or [[lab.name, str(words.NO_DATA), _("n.d."), lab.fulfilment_fraction, ""]]


def _meetings(lab: LabSheet) -> list[list[str]]:
    """The last meetings, each with who came, or why that is not known."""
    states = (
        (lab.meetings, ""),
        (lab.to_close, _("presenze da chiudere")),
        (lab.planned, _("in programma")),
    )
    lines = [[line.label, line.fraction or state] for them, state in states for line in them]
    return lines[-MEETINGS_ON_A_PAGE:]


def _more(lab: LabSheet) -> str:
    n_more = len(lab.meetings) + len(lab.to_close) + len(lab.planned) - MEETINGS_ON_A_PAGE
    return (
        _("e altri %(n)s prima di questi, nella tabella allegata") % {"n": n_more}
        if n_more > 0
        else ""
    )


def _period(window: str) -> str:
    return _("Periodo: %(window)s") % {"window": window} if window else ""


def _short(text: str) -> str:
    return Truncator(text).chars(LETTERS_IN_A_TEXT)
