"""Rows of the demonstration as JSON: printed by the shell of the served installation."""

import json
import uuid
from datetime import date, timedelta

from django.utils import timezone

from ordito.accounts.models import User
from ordito.governance import acts as governance
from ordito.governance.models import Attendance, Body, BodyRole, Meeting
from ordito.ledger.models import Interaction
from ordito.network import acts
from ordito.registry.models import District, DistrictRole, Person


def show() -> None:
    print(json.dumps(_samples()))


def _samples() -> dict[str, object]:
    """One of each row that the address of a page names, all of Valprova."""
    today = timezone.localdate()
    district = District.objects.get(slug="valprova")
    labs = district.bodies.filter(kind=Body.Kind.LAB, mandates__isnull=False, outputs__isnull=False)
    lab = max(labs.distinct(), key=lambda body: len(body.roster(today)))
    closed = lab.meetings.filter(status=Meeting.Status.CLOSED).first()
    to_close = lab.meetings.filter(status=Meeting.Status.OPEN, held_on__lt=today).first()
    acts.send_feedback(district, text="La pagina è chiara.", email="", page="/", token=uuid.uuid4())
    return {
        "lab": lab.slug,
        "roster": len(lab.roster(today)),
        "substitutes": _substitutes(lab, today),
        "closed": closed.day_slug,
        "open": to_close.day_slug,
        "organisation": lab.roster(today)[0].slug,
        "person": str(district.people.first().uid),
        "adhesion": lab.adhesions.filter(until__isnull=True).first().pk,
        "designation": lab.designations.filter(until__isnull=True).first().pk,
        "body_role": _body_role(lab).pk,
        "mandate": lab.mandates.current().first().pk,
        "output": lab.outputs.first().pk,
        "role": district.roles.filter(until__isnull=True).last().pk,
        "feedback": district.feedback.first().pk,
        "entry": _correction(district).seq,
        "free_days": _free_days(lab, today),
        "guests": _outside(district, lab, today),
        "secrets": _secrets(),
    }


def _body_role(lab: Body) -> BodyRole:
    """A role in the lab: the demonstration gives none, so its coordinator does."""
    coordinator = lab.district.roles.get(kind=DistrictRole.Kind.PLAN_COORDINATOR).user
    person = lab.designations.order_by("pk")[0].person
    found = lab.roles.first()
    return found or governance.give_body_role(
        lab, person=person, kind=BodyRole.Kind.values[0], by=coordinator
    )


def _correction(district: District) -> Interaction:
    rows = Interaction.objects.filter(district=district, corrects__isnull=False)
    return rows.order_by("seq")[0]


def _free_days(lab: Body, today: date) -> list[str]:
    """Recent days on which the lab did not meet: one for each test that opens a meeting."""
    taken = set(lab.meetings.values_list("held_on", flat=True))
    days = (today - timedelta(days=back) for back in range(15, 95))
    return [day.isoformat() for day in days if day not in taken]


def _substitutes(lab: Body, today: date) -> list[dict[str, object]]:
    """Organisations of the roster that have a substitute: their keys and the person's."""
    rows = lab.designations.in_force(today).filter(quality="substitute")
    on_roster = {organisation.pk for organisation in lab.roster(today)}
    return [
        {"organisation": row.organisation_id, "person": row.person_id, "name": row.person.name}
        for row in rows.select_related("person")
        if row.organisation_id in on_roster
    ]


def _outside(district: District, lab: Body, today: date) -> list[str]:
    """Names of organisations of the district that do not adhere to the lab."""
    rows = district.affiliations.exclude(organisation__in=lab.roster(today))
    return sorted(rows.values_list("organisation__name", flat=True))


def _secrets() -> list[str]:
    """What no public page may say: names, addresses and telephones of people."""
    people = Person.objects.values_list("name", "email", "phone")
    users = User.objects.values_list("email", flat=True)
    guests = Attendance.objects.values_list("person_name", flat=True)
    return sorted(({text for row in people for text in row} | {*users, *guests}) - {""})
