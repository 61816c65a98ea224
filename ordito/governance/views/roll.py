"""Taking, closing and correcting the roll of a meeting."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ordito.governance import acts
from ordito.governance.doors import body_url, meeting_for, meeting_url, trail_to_body
from ordito.governance.forms import CorrectionForm, RevisionForm, RollForm, merge_saved
from ordito.governance.models import Attendance, Meeting
from ordito.governance.roll_lines import frozen_roster
from ordito.governance.rolls import standing_roll
from ordito.governance.rules import can_convene, can_correct_roll
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
    closes = request.POST.get("action") == "close"
    form = RollForm(request.POST if is_sent else None, meeting=row, freezes=closes)
    if is_sent and form.is_valid():
        act = acts.close_roll if closes else acts.save_roll
        if accepted(form, _with_lines(act, request, row, form)):
            return _done(request, row, form, closes=closes)
    return _roll_page(request, row, form, here=_("Presenze"))


@login_required
@require_http_methods(["GET", "POST"])
def attendance_revise(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    """Mend a closed roll as a whole: persons, qualities, guests."""
    row = meeting_for(request, can_convene, district, body, day)
    if not (row.is_closed and can_correct_roll(request.user, row)):
        return redirect(meeting_url(row))
    data = request.POST if request.method == "POST" else None
    roster = frozen_roster(standing_roll(row))
    form = RevisionForm(data, meeting=row, freezes=True, roster=roster)
    if data is not None and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "key")}
        if accepted(form, _with_lines(acts.revise_roll, request, row, form, **said)):
            messages.success(
                request, _("Correzione registrata: la prima registrazione resta leggibile.")
            )
            return redirect(meeting_url(row))
    return _roll_page(request, row, form, here=_("Correzione delle presenze"))


def _with_lines(
    act: Any, request: MemberRequest, meeting: Meeting, form: RollForm, **said: str
) -> Any:
    version = form.cleaned_data["version"]
    return partial(act, meeting, lines=form.lines, seen_version=version, by=request.user, **said)


def _roll_page(request: MemberRequest, meeting: Meeting, form: RollForm, here: str) -> HttpResponse:
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale"):
        merge_saved(form)
    is_late = form.is_bound and form.has_error(NON_FIELD_ERRORS, "closed")
    page = {
        "district": meeting.body.district,
        "body": meeting.body,
        "meeting": meeting,
        "form": form,
        "revises": isinstance(form, RevisionForm),
        "stored": _stored(meeting) if is_late else [],
        "here": here,
        "back": meeting_url(meeting),
        "trail": [
            *trail_to_body(meeting.body),
            (meeting.body, body_url(meeting.body)),
            (meeting, meeting_url(meeting)),
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
    came = [line for line in form.lines if line.quality != Attendance.Quality.EXCUSED]
    named = {line.organisation for line in came if line.person or line.person_name}
    if unnamed := len({line.organisation for line in came} - named):
        messages.warning(
            request,
            _("Enti presenti senza il nome della persona: %(count)s.") % {"count": unnamed},
        )
    return redirect(meeting_url(meeting))


def _stored(meeting: Meeting) -> object:
    """What is saved now: shown beside what was typed, when the two can no longer be joined."""
    return meeting.attendances.select_related("organisation", "person")


@login_required
@require_http_methods(["GET", "POST"])
def attendance_correct(request: MemberRequest, district: str, body: str, day: str) -> HttpResponse:
    """Mend a slip in a closed roll, in one press; its form stands on the page of the meeting."""
    row = meeting_for(request, can_convene, district, body, day)
    if request.method != "POST":
        return redirect(meeting_url(row))
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
