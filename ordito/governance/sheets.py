"""The sheet that people sign at a meeting, with what is known already written."""

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ordito.governance.models import Designation, Meeting
from ordito.lib.typesetting import pdf

TEMPLATE = Path(__file__).parent / "typst" / "signature_sheet.typ"
BLANK_ROWS = 6  # for guests and for those who came unannounced


def sheet_pdf(meeting: Meeting) -> bytes:
    """One row for each designated person of the roster, or for the organisation without one."""
    return pdf(TEMPLATE, sheet_data(meeting))


def sheet_data(meeting: Meeting) -> dict[str, Any]:
    body = meeting.body
    people: dict[int, list[Designation]] = {}
    designations = Designation.objects.in_force(meeting.held_on).filter(body=body)
    for designation in designations.select_related("person"):
        people.setdefault(designation.organisation_id, []).append(designation)
    rows = []
    for organisation in body.roster(meeting.held_on):
        known = people.get(organisation.pk)
        rows += [
            [organisation.name, d.person.name, d.get_quality_display()] for d in known or ()
        ] or [[organisation.name, "", ""]]
    hours = " - ".join(f"{hour:%H:%M}" for hour in (meeting.starts_at, meeting.ends_at) if hour)
    return {
        "language": get_language() or "it",
        "date": [meeting.held_on.year, meeting.held_on.month, meeting.held_on.day],
        "title": _("Foglio delle presenze"),
        "district": body.district.name,
        "body": body.name,
        "when": f"{meeting.held_on:%d/%m/%Y}" + (f", {hours}" if hours else ""),
        "place": meeting.place,
        "agenda": [line.strip() for line in meeting.agenda.splitlines() if line.strip()],
        "agenda_title": _("Ordine del giorno"),
        "columns": [_("Ente"), _("Persona"), _("In qualità di"), _("Firma")],
        "rows": rows,
        "blank_rows": BLANK_ROWS,
        "guests": _("Ospiti e persone non elencate"),
        "note": _("I dati di chi firma servono a documentare l'incontro e non sono pubblicati."),
        "mark": _("Ambito dimostrativo: dati inventati") if body.district.is_demonstrative else "",
    }
