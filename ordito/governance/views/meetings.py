"""The pages of a meeting, its signature sheet and its signed scans."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ordito.accounts.models import User
from ordito.archive.store import files_of
from ordito.governance import acts
from ordito.governance.doors import (
    body_for,
    body_form,
    body_url,
    meeting_for,
    meeting_url,
    trail_to_body,
    visible_meeting,
)
from ordito.governance.forms import (
    CancellationForm,
    Ground,
    MeetingForm,
    NewMeetingForm,
    ScanForm,
)
from ordito.governance.models import Attendance, Body, Meeting
from ordito.governance.rolls import cancelling, counts_of, meeting_opened, standing_roll, state_of
from ordito.governance.rules import can_convene, can_correct_roll, can_file_scan, can_take_roll
from ordito.governance.sheets import sheet_pdf
from ordito.ledger.record import ABSENT, EXCUSED, GUEST, PRESENT
from ordito.network.doors import MemberRequest, accepted
from ordito.registry.models import Organisation


@require_safe
def meeting(request: HttpRequest, district: str, body: str, day: str) -> HttpResponse:
    """One meeting: what it was about and who came; names only for whoever may read them."""
    row = visible_meeting(request, district, body, day)
    return render(request, "governance/meeting.html", meeting_page(request, row))


def meeting_page(
    request: HttpRequest, meeting: Meeting, scan_form: object = None
) -> dict[str, Any]:
    """What the page of a meeting shows to this reader."""
    lines = Attendance.objects.visible_to(request.user).filter(meeting=meeting)
    named = list(lines.select_related("organisation", "person"))
    can_correct = can_correct_roll(request.user, meeting) and meeting.is_closed
    may_file = can_file_scan(request.user, meeting)
    scans = files_of(meeting) if may_file else []
    today = timezone.localdate()
    return {
        "district": meeting.body.district,
        "body": meeting.body,
        "meeting": meeting,
        "here": meeting,
        "trail": [*trail_to_body(meeting.body), (meeting.body, body_url(meeting.body))],
        "count": counts_of(meeting.body.district, [meeting]).get(meeting.pk),
        "roll": roll_by_state(meeting, named, request.user) if meeting.is_closed else [],
        "can_take": can_take_roll(request.user, meeting) and meeting.is_open,
        "can_convene": can_convene(request.user, meeting.body.district),
        "can_correct": can_correct,
        "key": uuid4().hex,
        "scans": scans,
        "scan_form": (scan_form or ScanForm()) if may_file else None,
        "state": state_of(meeting, today),
        "is_ahead": meeting.is_open and meeting.held_on > today,
        "grounds": Ground.of_a_slip() if can_correct else [],
        "cancelling": cancelling(meeting) if meeting.is_cancelled and may_file else None,
    }


@dataclass(frozen=True)
class RollState:
    """One way of standing in a roll, in words; `came` when it means being there."""

    label: object
    came: bool


STATES = {
    PRESENT: RollState(gettext_lazy("Presenti"), came=True),
    GUEST: RollState(gettext_lazy("Ospiti"), came=True),
    EXCUSED: RollState(gettext_lazy("Assenti giustificati"), came=False),
    ABSENT: RollState(gettext_lazy("Assenti"), came=False),
}
Line = tuple[Organisation | None, list[str]]


def roll_by_state(
    meeting: Meeting, named: list[Attendance], user: User | AnonymousUser
) -> list[tuple[RollState, list[Line]]]:
    """The closed roll as the ledger holds it: organisations by state, None for the unlisted,
    each with the names that this reader may see."""
    parties = standing_roll(meeting)
    everyone = [organisation.pk for them in parties.values() for organisation in them]
    visible = set(Organisation.objects.visible_to(user).filter(pk__in=everyone))
    names: dict[int, list[str]] = {}
    for line in named:
        if said := str(line.person or line.person_name):
            described = f"{said} ({line.get_quality_display()})"
            names.setdefault(line.organisation_id, []).append(described)
    return [
        (
            STATES[role],
            sorted(
                ((o, names.get(o.pk, [])) if o in visible else (None, []) for o in them),
                key=lambda row: (row[0] is None, str(row[0])),
            ),
        )
        for role, them in parties.items()
        if them
    ]


@login_required
@require_http_methods(["GET", "POST"])
def meeting_new(request: MemberRequest, district: str, body: str) -> HttpResponse:
    """Open a meeting, then go to its roll."""
    row = body_for(request, district, body, can_convene)
    form = NewMeetingForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.open_meeting, row, by=request.user, **form.cleaned_data)
    ):
        opened = meeting_opened(row, key=form.cleaned_data["key"])
        for warning in _warnings(row, opened):
            messages.warning(request, warning)
        messages.success(request, _opened(opened))
        return redirect(meeting_url(opened))
    if form.is_bound and form.has_error("is_another"):
        known = row.meetings.exclude(status=Meeting.Status.CANCELLED)
        form.ask_whether_another(meeting_url(known.filter(held_on=form.cleaned_data["held_on"])[0]))
    return body_form(request, row, form, _("Nuovo incontro"), _("Aprite l'incontro"))


def _warnings(body: Body, meeting: Meeting) -> list[str]:
    """What is unusual and allowed: practice is looser than the rule."""
    warnings = []
    if body.established_on and meeting.held_on < body.established_on:
        warnings.append(
            _("L'incontro precede l'atto che istituisce l'organismo: controllate la data.")
        )
    first = body.mandates.exclude(issued_on=None).order_by("issued_on").first()
    if first and first.issued_on and meeting.held_on < first.issued_on:
        warnings.append(_("L'incontro precede il mandato: è possibile, ma controllate la data."))
    return warnings


def _opened(meeting: Meeting) -> str:
    if meeting.held_on > timezone.localdate():
        return _("Incontro fissato: le presenze si prendono da quel giorno.")
    return _("Incontro aperto: potete prendere le presenze.")


@login_required
@require_http_methods(["GET", "POST"])
def meeting_edit(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    row = meeting_for(request, can_convene, district, body, day)
    if row.is_cancelled:
        return redirect(meeting_url(row))
    form = MeetingForm(request.POST or None, instance=row)
    if form.is_valid() and accepted(
        form, partial(acts.amend_meeting, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Modifiche salvate."))
        return redirect(meeting_url(row))
    return body_form(
        request,
        row.body,
        form,
        _("Modifica dell'incontro"),
        _("Salvate"),
        back=meeting_url(row),
        back_label=_("Tornate all'incontro"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def meeting_cancel(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    row = meeting_for(request, can_convene, district, body, day)
    form = CancellationForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.cancel_meeting, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Incontro annullato: resta nel calendario come tale."))
        return redirect(meeting_url(row))
    return body_form(
        request,
        row.body,
        form,
        _("Annullamento dell'incontro"),
        _("Annullate l'incontro"),
        intro=f"{row.body.name}, {row}",
        back=meeting_url(row),
        back_label=_("Tornate all'incontro"),
    )


@login_required
@require_safe
def signature_sheet(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    """The sheet to sign, with organisations and delegates already written."""
    row = meeting_for(request, can_convene, district, body, day)
    if row.is_cancelled:
        return redirect(meeting_url(row))
    name = f"foglio-presenze-{row.body.slug}-{row.day_slug}.pdf"
    return HttpResponse(
        sheet_pdf(row),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@login_required
@require_http_methods(["GET", "POST"])
def scan_file(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    """File the signed sheet: the form stands on the page of the meeting."""
    row = meeting_for(request, can_convene, district, body, day)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if form.is_valid() and accepted(
        form, partial(acts.file_scan, row, scan=form.cleaned_data["scan"], by=request.user)
    ):
        messages.success(request, _("Foglio firmato archiviato."))
        return redirect(meeting_url(row))
    page = meeting_page(request, row, scan_form=form)
    return render(request, "governance/meeting.html", page, status=422 if form.errors else 200)


@login_required
@require_safe
def scan(request: MemberRequest, district: str, body: str, day: str, uid: str) -> FileResponse:
    """A signed sheet: it holds names, so it is for the staff of the district."""
    row = meeting_for(request, can_convene, district, body, day)
    stored = get_object_or_404(files_of(row), uid=uid)
    response = FileResponse(
        stored.path.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response.headers["Content-Security-Policy"] = "sandbox"
    return response
