"""The report as plain data, for JSON: figures at full precision, absent things as null."""

from datetime import date
from fractions import Fraction
from typing import Any

from ordito.cohesion import words
from ordito.cohesion.sheets import (
    DistrictReport,
    Figure,
    LabSheet,
    MandateLine,
    MeetingLine,
    OutputLine,
)


def as_data(report: DistrictReport) -> dict[str, Any]:
    """The whole report. Where a figure is null nothing is known, which is not zero."""
    return {
        "district": {
            "slug": report.slug,
            "name": report.name,
            "is_demonstrative": report.is_demonstrative,
            "source": report.source,
        },
        "day": report.day.isoformat(),
        "window": _window(report.window),
        "formulas": words.FORMULAS,
        "mark": str(words.DEMONSTRATIVE) if report.is_demonstrative else None,
        "use": str(words.USE),
        "reading": str(words.READING),
        "recorded": _figure(report.recorded),
        "stated": _figure(report.stated),
        "labs": [_lab(lab) for lab in report.labs],
    }


def _lab(lab: LabSheet) -> dict[str, Any]:
    return {
        "slug": lab.slug,
        "name": lab.name,
        "has_data": not lab.is_silent,
        "window": _window(lab.window),
        "recorded": _figure(lab.recorded),
        "stated": _figure(lab.stated),
        "constancy": _constancy(lab),
        "mandates": [_mandate(mandate) for mandate in lab.mandates],
        "fulfilment": {
            "delivered": lab.fulfilment.n_delivered,
            "expected": lab.fulfilment.n_expected,
            "rate": _share(lab.fulfilment.rate),
        },
        "outputs": [_output(output) for output in lab.outputs],
        "meetings": [_meeting(line) for line in lab.meetings],
        "to_close": [_meeting(line) for line in lab.to_close],
        "planned": [_meeting(line) for line in lab.planned],
        "follow_up": lab.follow_up or None,
        "method": lab.method or None,
    }


def _mandate(mandate: MandateLine) -> dict[str, Any]:
    return {
        "issuer": mandate.issuer or None,
        "issued_on": _day(mandate.issued_on),
        "act_reference": mandate.act_reference or None,
        "text": mandate.text,
        "plan_line": mandate.plan_line or None,
        "due_on": _day(mandate.due_on),
    }


def _output(output: OutputLine) -> dict[str, Any]:
    return {
        "title": output.title,
        "status": output.status,
        "status_on": _day(output.status_on),
        "reason": output.reason or None,
        "is_delivered": output.is_delivered,
        "is_expected": output.is_expected,
    }


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "sentence": figure.sentence,
        "mean_sentence": figure.mean_words or None,
        "origin": figure.origin,
        "numerator": float(figure.numerator),
        "denominator": figure.denominator,
        "rate": _share(figure.rate),
        "n_meetings": figure.n_meetings,
        "presences": float(figure.presences),
        "due": figure.due,
        "mean": _share(figure.mean),
        "adhesions": figure.adhesions,
        "n_guests": figure.n_guests,
        "unit": figure.unit,
        "is_rounded": figure.is_rounded,
        "band": [float(edge) for edge in figure.band] if figure.band else None,
        "source": figure.source or None,
    }


def _constancy(lab: LabSheet) -> dict[str, Any] | None:
    found = lab.constancy
    if found is None:
        return None
    return {
        "n_meetings": found.n_meetings,
        "n_organisations": found.n_organisations,
        "n_constant": found.n_constant,
        "n_occasional": found.n_occasional,
        "n_silent": found.n_silent,
        "n_excused": found.n_excused,
        "constant_share": _share(found.constant_share),
        "silent_share": _share(found.silent_share),
    }


def _meeting(line: MeetingLine) -> dict[str, Any]:
    return {
        "held_on": line.held_on.isoformat(),
        "address": line.day_slug,
        "present": line.n_present,
        "roster": line.n_roster,
        "guests": line.n_guests if line.n_present is not None else None,
    }


def _window(days: tuple[date, date] | None) -> list[str] | None:
    return [day.isoformat() for day in days] if days else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _share(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
