"""How the pages of a body let people in, and the way back from them."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ordito.governance.models import Body, Meeting
from ordito.network.doors import Rule, district_for, form_answer, trail_of


def visible_body(request: HttpRequest, district: str, body: str) -> Body:
    """The body for whoever may see it. Raises Http404."""
    rows = Body.objects.visible_to(request.user).select_related("district", "stated")
    return get_object_or_404(rows, district__slug=district, slug=body)


def body_for(request: HttpRequest, district: str, body: str, rule: Rule) -> Body:
    """The body for whom the rule admits. Raises PermissionDenied, Http404 for strangers."""
    district_for(request, district, rule)
    return visible_body(request, district, body)


def visible_meeting(request: HttpRequest, district: str, body: str, day: str) -> Meeting:
    """The meeting of that day and turn, for whoever may see it. Raises Http404."""
    held_on, turn = day[:10], int(day[11:] or 1)
    rows = Meeting.objects.visible_to(request.user).select_related("body__district")
    return get_object_or_404(
        rows.filter(body__district__slug=district, body__slug=body),
        held_on=held_on,
        turn=turn,
    )


def meeting_for(request: HttpRequest, rule: Rule, district: str, body: str, day: str) -> Meeting:
    """The meeting for whom the rule admits. Raises PermissionDenied, Http404 for strangers."""
    district_for(request, district, rule)
    return visible_meeting(request, district, body, day)


def body_url(body: Body) -> str:
    return reverse("governance:body", args=[body.district.slug, body.slug])


def meeting_url(meeting: Meeting, name: str = "meeting") -> str:
    body = meeting.body
    return reverse(f"governance:{name}", args=[body.district.slug, body.slug, meeting.day_slug])


def trail_to_body(body: Body) -> list[tuple[Any, str]]:
    """The way back to the page of a body."""
    bodies = reverse("governance:bodies", args=[body.district.slug])
    return trail_of(body.district, (_("Organismi"), bodies))


def body_form(
    request: HttpRequest, body: Body, form: BaseForm, title: str, action: str, **over: Any
) -> HttpResponse:
    """The common page of a form about a body; `over` says what differs, as in form_answer."""
    url = body_url(body)
    usual = {"intro": body.name, "back": url, "trail": [*trail_to_body(body), (body, url)]}
    return form_answer(
        request, form, district=body.district, title=title, action=action, **usual | over
    )
