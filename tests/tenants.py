"""Whole districts for the cross-cutting tests, with a canary in every text that is not public."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from conftest import (
    Visitor,
    give_role,
    make_body,
    make_district,
    make_meeting,
    make_organisation,
    make_user,
)
from ordito.accounts.models import User
from ordito.archive.models import StoredFile
from ordito.governance import acts as governance
from ordito.governance.models import (
    Adhesion,
    Attendance,
    Body,
    BodyRole,
    Deadline,
    Designation,
    Mandate,
    Meeting,
    Output,
    Seat,
)
from ordito.ledger.models import Interaction
from ordito.network import acts as network
from ordito.network.models import Feedback
from ordito.registry.models import District, DistrictRole, Organisation, Person

OFFICE, INSIDE = "ufficio", "interno"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Quality = Attendance.Quality


class Canaries:
    """Words that occur nowhere else, by who may read them: the office, or whoever has a role."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.of: dict[str, list[str]] = {OFFICE: [], INSIDE: []}

    def office(self, what: str) -> str:
        return self._new(OFFICE, what)

    def inside(self, what: str) -> str:
        return self._new(INSIDE, what)

    def _new(self, reader: str, what: str) -> str:
        word = f"zq{self.mark}-{what}-zq"
        self.of[reader].append(word)
        return word


@dataclass
class Tenant:
    """A district with one of everything: `hidden` things are those of the private body."""

    district: District
    coordinator: User
    staff: User
    organisation: Organisation
    unlisted: Organisation
    lab: Body
    hidden: Body
    adhesion: Adhesion
    seat: Seat
    person: Person
    designation: Designation
    mandate: Mandate
    output: Output
    open_meeting: Meeting
    closed_meeting: Meeting
    hidden_meeting: Meeting
    scan: StoredFile
    feedback: Feedback
    settled: Feedback
    deadline: Deadline
    role: DistrictRole
    body_role: BodyRole
    canaries: Canaries

    @property
    def _correction(self) -> Interaction:
        return Interaction.objects.get(district=self.district, corrects__isnull=False)

    def address(self, names: str) -> dict[str, Any]:
        """The arguments of a route from the words of its line in the table of access."""
        known = {
            "district": self.district.slug,
            "body": self.lab.slug,
            "hidden": self.hidden.slug,
            "day": self.closed_meeting.day_slug,
            "open": self.open_meeting.day_slug,
            "hidden_day": self.hidden_meeting.day_slug,
            "organisation": self.organisation.slug,
            "unlisted": self.unlisted.slug,
            "person": self.person.uid,
            "scan": self.scan.uid,
            "adhesion": self.adhesion.pk,
            "designation": self.designation.pk,
            "mandate": self.mandate.pk,
            "output": self.output.pk,
            "feedback": self.feedback.pk,
            "settled": self.settled.pk,
            "correction": self._correction.seq,
            "role": self.role.pk,
            "deadline": self.deadline.pk,
            "body_role": self.body_role.pk,
            "entry": Interaction.objects.filter(district=self.district).latest("seq").seq,
        }
        pairs = (word.partition("=") for word in names.split())
        return {name: known.get(value or name, value) for name, _eq, value in pairs}


def make_tenant(mark: str, **over: Any) -> Tenant:
    """A district `ambito-<mark>`, public unless told otherwise, and its office."""
    say = Canaries(mark)
    district = make_district(slug=f"ambito-{mark}", name=f"Ambito {mark}", **over)
    boss, staff = make_user(f"Capo-{mark}"), make_user(f"Ufficio-{mark}")
    give_role(boss, district, DistrictRole.Kind.PLAN_COORDINATOR)
    give_role(staff, district, DistrictRole.Kind.PLAN_STAFF)
    role = give_role(make_user(say.office("ruolo")), district, DistrictRole.Kind.EVALUATOR)
    organisation = make_organisation(district, boss, name=f"Ente {mark}")
    unlisted = _unlisted(district, boss, say)
    lab = make_body(district, boss, name=f"LabGo {mark}")
    since = date(2025, 1, 1)
    adhesion = governance.adhere(lab, organisation=organisation, by=boss, since=since)
    governance.adhere(lab, organisation=unlisted, by=boss, since=since, brings=say.inside("valore"))
    person, designation = _people(district, organisation, lab, boss, say)
    mandate = governance.give_mandate(lab, text=f"Mandato {mark}", by=boss)
    output = governance.add_output(
        lab, title=f"Prodotto {mark}", status=Output.Status.EXPECTED, mandate=mandate, by=boss
    )
    hidden, seat, hidden_meeting = _hidden_body(district, organisation, boss, say)
    closed, scan = _closed_meeting(lab, organisation, unlisted, person, boss, say)
    waiting, settled = _feedback(district, boss, say)
    return Tenant(
        district=district,
        coordinator=boss,
        staff=staff,
        organisation=organisation,
        unlisted=unlisted,
        lab=lab,
        hidden=hidden,
        adhesion=adhesion,
        seat=seat,
        person=person,
        designation=designation,
        mandate=mandate,
        output=output,
        open_meeting=_open_meeting(lab, organisation, boss, say),
        closed_meeting=closed,
        hidden_meeting=hidden_meeting,
        scan=scan,
        feedback=waiting,
        settled=settled,
        deadline=governance.set_deadline(
            district,
            due_on=date(2026, 5, 1),
            title=say.inside("scadenza"),
            is_public=False,
            by=boss,
        ),
        role=role,
        body_role=governance.give_body_role(lab, person=person, kind="chair", by=boss),
        canaries=say,
    )


def _unlisted(district: District, boss: User, say: Canaries) -> Organisation:
    """An organisation that chose not to be listed; its address does not give it away."""
    row = make_organisation(district, boss, name="Riservato", is_listed=False)
    network.amend_organisation(
        row,
        district=district,
        by=boss,
        identifiers={"ipa": say.inside("repertorio")},
        name=say.inside("ente"),
        email=f"{say.inside('posta')}@example.org",
        website=f"https://{say.inside('sito')}.example.org",
    )
    return row


def _people(
    district: District, organisation: Organisation, lab: Body, boss: User, say: Canaries
) -> tuple[Person, Designation]:
    person = network.register_person(
        district,
        organisation=organisation,
        name=say.office("persona"),
        email=f"{say.office('recapito')}@example.org",
        phone=say.office("telefono"),
        by=boss,
    )
    return person, governance.designate(lab, person=person, quality="titular", by=boss)


def _hidden_body(
    district: District, organisation: Organisation, boss: User, say: Canaries
) -> tuple[Body, Seat, Meeting]:
    body = make_body(
        district, boss, name="Gruppo riservato", kind=Body.Kind.PROJECT_GROUP, is_public=False
    )
    governance.amend_body(
        body,
        by=boss,
        name=say.inside("gruppo"),
        purpose=say.inside("compito"),
        method=say.inside("metodo"),
        established_by=say.inside("atto"),
        follow_up=say.inside("prosecuzione"),
    )
    seat = governance.grant_seat(body, organisation=organisation, by=boss, since=date(2025, 1, 1))
    governance.give_mandate(
        body,
        text=say.inside("mandato"),
        act_reference=say.inside("estremi"),
        plan_line=say.inside("linea"),
        by=boss,
    )
    governance.add_output(
        body, title=say.inside("prodotto"), status=Output.Status.EXPECTED, by=boss
    )
    meeting = make_meeting(
        body,
        boss,
        held_on=date(2026, 3, 4),
        place=say.inside("luogo"),
        agenda=say.inside("ordine"),
        link=f"https://{say.office('collegamento')}.example.org",
    )
    governance.close_roll(
        meeting,
        lines=[governance.RollLine(organisation, Quality.SUBSTITUTE, None, say.office("presente"))],
        seen_version=0,
        by=boss,
    )
    return body, seat, meeting


def _closed_meeting(
    lab: Body,
    organisation: Organisation,
    unlisted: Organisation,
    person: Person,
    boss: User,
    say: Canaries,
) -> tuple[Meeting, StoredFile]:
    meeting = make_meeting(lab, boss, held_on=date(2026, 3, 2))
    lines = [
        governance.RollLine(organisation, Quality.DELEGATE, person),
        governance.RollLine(organisation, Quality.SUBSTITUTE, None, say.office("secondo")),
    ]
    governance.close_roll(meeting, lines=lines, seen_version=0, by=boss)
    governance.correct_roll(
        meeting, organisation=unlisted, is_present=True, reason=say.office("motivo"), by=boss
    )
    upload = SimpleUploadedFile(f"{say.office('scansione')}.pdf", PDF + say.mark.encode())
    return meeting, governance.file_scan(meeting, scan=upload, by=boss)


def _open_meeting(lab: Body, organisation: Organisation, boss: User, say: Canaries) -> Meeting:
    meeting = make_meeting(
        lab,
        boss,
        held_on=date(2026, 4, 2),
        link=f"https://{say.office('stanza')}.example.org",
    )
    line = governance.RollLine(organisation, Quality.SUBSTITUTE, None, say.office("aperto"))
    governance.save_roll(meeting, lines=[line], seen_version=0, by=boss)
    return meeting


def _feedback(district: District, boss: User, say: Canaries) -> tuple[Feedback, Feedback]:
    """Two messages: one that waits, and one that the office has answered."""
    sent = []
    for which in ("uno", "due"):
        token = uuid4()
        network.send_feedback(
            district,
            text=say.office(f"messaggio-{which}"),
            token=token,
            email=f"{say.office(f'mittente-{which}')}@example.org",
            page=f"/{say.office(f'pagina-{which}')}/",
        )
        sent.append(Feedback.objects.get(token=token))
    network.settle_feedback(sent[1], outcome=say.office("esito"), by=boss)
    return sent[0], sent[1]


def people_around(home: Tenant, foreign: Tenant) -> dict[str, User | None]:
    """One person for each relation to the home district, by the name of the role."""
    today = timezone.localdate()
    kinds = {
        "delegate": DistrictRole.Kind.DELEGATE,
        "mayor": DistrictRole.Kind.MAYOR,
        "regional": DistrictRole.Kind.REGIONAL_OFFICER,
        "former": DistrictRole.Kind.PLAN_STAFF,
        "suspended": DistrictRole.Kind.PLAN_COORDINATOR,
    }
    users: dict[str, User | None] = {"anonymous": None}
    for name, kind in kinds.items():
        user = make_user(name)
        row = give_role(user, home.district, kind)
        if name == "former":
            DistrictRole.objects.filter(pk=row.pk).update(until=today - timedelta(days=1))
        users[name] = user
    User.objects.filter(pk=users["suspended"].pk).update(is_active=False)  # type: ignore[union-attr]  # made above
    return users | {
        "staff": home.staff,
        "coordinator": home.coordinator,
        "stranger": foreign.coordinator,
    }


def entered(user: User | None, **options: Any) -> Visitor:
    """A browser in which the user has signed in and passed the second factor."""
    client = Visitor(raise_request_exception=False, **options)
    if user is not None:
        client.force_login(user)
    return client


@contextmanager
def kept(blocker: Any) -> Iterator[None]:
    """A transaction that outlives one test: what a module makes in it is undone at its end."""
    with blocker.unblock(), transaction.atomic():
        logging.disable(logging.WARNING)  # refused requests are what these tests are about
        yield
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


def rows() -> dict[str, list[Any]]:
    """Everything that our tables hold, row by row: nothing changed if it is the same."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("ordito.")
    }
