"""Taking, closing and correcting the roll of a meeting."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ordito.governance import acts
from ordito.governance.doors import body_url, meeting_for, meeting_url, trail_to_body
from ordito.governance.forms import CorrectionForm, RollForm
from ordito.governance.models import Meeting
from ordito.governance.rules import can_convene
from ordito.governance.views.meetings import meeting_page
from ordito.network.doors import MemberRequest, accepted


@login_required
@require_http_methods(["GET", "POST"])
def attendance(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    """The roll of a meeting: save it as it is, or close it for good."""
    row = meeting_for(request, can_convene, district, body, day)
    is_sent = request.method == "POST"
    if not is_sent and not row.is_open:
        return redirect(meeting_url(row))
    form = RollForm(request.POST if is_sent else None, meeting=row)
    closes = request.POST.get("action") == "close"
    if is_sent and form.is_valid():
        act = partial(
            acts.close_roll if closes else acts.save_roll,
            row,
            lines=form.lines,
            seen_version=form.cleaned_data["version"],
            by=request.user,
        )
        if accepted(form, act):
            return _done(request, row, form, closes=closes)
    row.refresh_from_db(fields=["status", "roll_version"])
    page = {
        "district": row.body.district,
        "body": row.body,
        "meeting": row,
        "form": form,
        "stored": _stored(row) if form.errors else [],
        "here": _("Presenze"),
        "back": meeting_url(row),
        "trail": [
            *trail_to_body(row.body),
            (row.body, body_url(row.body)),
            (row, meeting_url(row)),
        ],
    }
    return render(request, "governance/attendance.html", page, status=422 if form.errors else 200)


def _done(
    request: MemberRequest, meeting: Meeting, form: RollForm, *, closes: bool
) -> HttpResponse:
    if not closes:
        messages.success(request, _("Presenze salvate: le potete ancora cambiare."))
        return redirect(meeting_url(meeting, "attendance"))
    messages.success(request, _("Presenze chiuse e registrate."))
    if unnamed := sum(not (line.person or line.person_name) for line in form.lines):
        messages.warning(
            request,
            _("Enti presenti senza il nome della persona: %(count)s.") % {"count": unnamed},
        )
    return redirect(meeting_url(meeting))


def _stored(meeting: Meeting) -> object:
    """What is saved now: shown beside what was typed, when the two differ."""
    return meeting.attendances.select_related("organisation", "person")


@login_required
@require_POST
def attendance_correct(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    """Mend a slip in a closed roll, in one press."""
    row = meeting_for(request, can_convene, district, body, day)
    form = CorrectionForm(request.POST, meeting=row)
    if form.is_valid() and accepted(
        form, partial(acts.correct_roll, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(
            request, _("Correzione registrata: la prima registrazione resta leggibile.")
        )
        return redirect(meeting_url(row))
    page = meeting_page(request, row) | {"correction": form}
    return render(request, "governance/meeting.html", page, status=422)
