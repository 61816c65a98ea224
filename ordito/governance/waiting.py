"""What waits for someone in the governance of a district."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from ordito.accounts.models import User
from ordito.governance.models import Mandate, Meeting, Output
from ordito.registry.models import District

Reader = User | AnonymousUser
AT_MOST = 20


@dataclass(frozen=True)
class Waiting:
    """Something to be done: what, where, and the day it concerns when it has one."""

    what: str
    label: str
    url: str
    on: date | None = None


def rolls_to_close(district: District, user: Reader, today: date) -> list[Waiting]:
    """Meetings already held whose roll is open, oldest first."""
    rows = Meeting.objects.visible_to(user).unclosed(today).filter(body__district=district)
    rows = rows.select_related("body").order_by("held_on", "turn")[:AT_MOST]
    return [
        Waiting(
            _("presenze da chiudere"),
            meeting.body.name,
            reverse(
                "governance:attendance", args=[district.slug, meeting.body.slug, meeting.day_slug]
            ),
            meeting.held_on,
        )
        for meeting in rows
    ]


def next_meetings(district: District, user: Reader, today: date) -> list[Waiting]:
    """Meetings to come, nearest first."""
    rows = Meeting.objects.visible_to(user).expected(today).filter(body__district=district)
    rows = rows.select_related("body").order_by("held_on", "starts_at")[:AT_MOST]
    return [
        Waiting(
            meeting.body.sitting,
            meeting.body.name,
            reverse(
                "governance:meeting", args=[district.slug, meeting.body.slug, meeting.day_slug]
            ),
            meeting.held_on,
        )
        for meeting in rows
    ]


def unanswered(district: District, user: Reader) -> list[Waiting]:
    """Outputs handed in that wait for an outcome, and mandates whose issuer or date is unknown."""
    handed = (Output.Status.SENT, Output.Status.SUBMITTED, Output.Status.UNDER_REVIEW)
    outputs = Output.objects.visible_to(user).filter(body__district=district, status__in=handed)
    mandates = Mandate.objects.visible_to(user).current().filter(body__district=district)
    undated = mandates.filter(issued_on=None)
    return [
        *(
            Waiting(
                str(output.get_status_display()),
                output.title,
                _body_url(district, output.body.slug),
                output.status_on,
            )
            for output in outputs.select_related("body")[:AT_MOST]
        ),
        *(
            Waiting(
                _("mandato senza data o mandante"),
                mandate.body.name,
                _body_url(district, mandate.body.slug),
            )
            for mandate in undated.select_related("body")[:AT_MOST]
        ),
    ]


def _body_url(district: District, slug: str) -> str:
    return reverse("governance:body", args=[district.slug, slug])
