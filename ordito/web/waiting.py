"""What waits in a district: work for its office, news for who only reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ordito.accounts.models import User
from ordito.governance.models import Adhesion, Body, Mandate, Meeting, Output, Seat
from ordito.registry.models import District, DistrictRole, Organisation
from ordito.registry.rules import is_staff_of, roles_of

Reader = User | AnonymousUser
HANDED = (Output.Status.SENT, Output.Status.SUBMITTED, Output.Status.UNDER_REVIEW)
# The bodies that a role sits in by itself (LR 3/2008, art. 18).
SITS_IN: dict[str, str] = {
    DistrictRole.Kind.MAYOR: Body.Kind.MAYORS_ASSEMBLY,
    DistrictRole.Kind.TECHNICAL_MEMBER: Body.Kind.TECHNICAL_TABLE,
}


@dataclass(frozen=True)
class Row:
    """What to do or what waits, in which body, of which thing, and the day it concerns."""

    what: str
    body: Body
    url: str
    on: date | None = None
    thing: str = ""
    is_own: bool = False


def waiting_in(
    district: District, user: Reader, today: date, own: Collection[int] = ()
) -> list[Row]:
    """Rolls to close, outputs without an outcome, mandates without issuer or date.

    The staff gets each with the page where it is done; the others do nothing about them: they
    read what is under way, that of the bodies in `own` (their ids) first.
    """
    is_staff = is_staff_of(user, district)
    rows = _rolls(district, user, today) if is_staff else []
    rows += _outputs(district, user, is_staff, own) + _mandates(district, user, is_staff, own)
    return sorted(rows, key=lambda row: not row.is_own)


def coming_in(
    district: District, user: Reader, today: date, own: Collection[int] = ()
) -> list[Row]:
    """Meetings to come, nearest first, those of the bodies in `own` (their ids) before all."""
    meetings = Meeting.objects.visible_to(user).expected(today).filter(body__district=district)
    rows = [
        Row(
            meeting.body.sitting.capitalize(),
            meeting.body,
            _meeting_url("governance:meeting", district, meeting),
            meeting.held_on,
            is_own=meeting.body_id in own,
        )
        for meeting in meetings.select_related("body").order_by("held_on", "starts_at")
    ]
    return sorted(rows, key=lambda row: not row.is_own)


def represented_by(user: User, district: District) -> list[Organisation]:
    """The organisations for which the user takes part in the district."""
    people = user.people.filter(district=district).select_related("organisation")
    return [person.organisation for person in people]


def own_bodies(user: User, district: District, today: date) -> set[int]:
    """The ids of the bodies where the user sits, for an organisation, by role or by name."""
    organisations = user.people.filter(district=district).values("organisation")
    seats, adhesions = (
        model.objects.in_force(today).filter(organisation__in=organisations).values("body")
        for model in (Seat, Adhesion)
    )
    kinds = [
        SITS_IN[role.kind]
        for role in roles_of(user)
        if role.district_id == district.pk and role.kind in SITS_IN
    ]
    mine = (
        Q(pk__in=seats)
        | Q(pk__in=adhesions)
        | Q(kind__in=kinds)
        | Q(designations__person__user=user)
        | Q(roles__person__user=user)
    )
    bodies = Body.objects.visible_to(user).filter(mine, district=district)
    return set(bodies.values_list("pk", flat=True))


def _rolls(district: District, user: Reader, today: date) -> list[Row]:
    rows = Meeting.objects.visible_to(user).unclosed(today).filter(body__district=district)
    return [
        Row(
            _("Chiudete le presenze"),
            meeting.body,
            _meeting_url("governance:attendance", district, meeting),
            meeting.held_on,
        )
        for meeting in rows.select_related("body").order_by("held_on", "turn")
    ]


def _outputs(district: District, user: Reader, is_staff: bool, own: Collection[int]) -> list[Row]:
    rows = Output.objects.visible_to(user).filter(body__district=district, status__in=HANDED)
    name = "governance:output_status"
    return [
        Row(
            _("Registrate l'esito") if is_staff else str(output.get_status_display()).capitalize(),
            output.body,
            reverse(name, args=[district.slug, output.body.slug, output.pk])
            if is_staff
            else _body_url(district, output.body),
            output.status_on,
            output.title,
            output.body_id in own,
        )
        for output in rows.select_related("body")
    ]


def _mandates(district: District, user: Reader, is_staff: bool, own: Collection[int]) -> list[Row]:
    rows = Mandate.objects.visible_to(user).current().filter(body__district=district)
    name = "governance:mandate_amend"
    return [
        Row(
            _("Completate il mandato: manca la data o il mandante")
            if is_staff
            else _("Mandato senza data o mandante"),
            mandate.body,
            reverse(name, args=[district.slug, mandate.body.slug, mandate.pk])
            if is_staff
            else _body_url(district, mandate.body),
            is_own=mandate.body_id in own,
        )
        for mandate in rows.filter(Q(issued_on=None) | Q(issuer=None)).select_related("body")
    ]


def _meeting_url(name: str, district: District, meeting: Meeting) -> str:
    return reverse(name, args=[district.slug, meeting.body.slug, meeting.day_slug])


def _body_url(district: District, body: Body) -> str:
    return reverse("governance:body", args=[district.slug, body.slug])
