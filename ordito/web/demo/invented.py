"""Valprova: a district that does not exist, with two years of invented meetings.

Everything is drawn from one seed and told from today, so that every screen has something to show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from ordito.accounts.models import User
from ordito.governance import acts
from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Body, Designation, Meeting, Output
from ordito.network import acts as network
from ordito.registry.models import Affiliation, District, DistrictRole, Organisation, Person
from ordito.web.demo.cast import Municipality, make_district, make_user, register_municipalities
from ordito.web.demo.invented_names import FIRST_NAMES, LABS, ORGANISATIONS, SURNAMES
from ordito.web.demo.workdays import workday

Quality = Attendance.Quality
MUNICIPALITIES = (
    Municipality("Valprova"),
    Municipality("Borgo Esempio"),
    Municipality("Castel Finto"),
    Municipality("Pieve d'Invenzione"),
    Municipality("Roccamodello"),
    Municipality("Sant'Ipotesi al Lago"),
)
DAYS_BACK = 730


@dataclass
class Stage:
    """What the scenes of the demonstration share."""

    district: District
    by: User
    random: Random
    today: date
    names: Iterator[str]

    def day(self, back: int) -> date:
        """A working day so many days ago; a negative number is ahead."""
        return workday(self.today - timedelta(days=back))


def load(password: str) -> list[tuple[str, str]]:
    """Load the district; return its sign-ins as pairs of e-mail and role."""
    district = make_district(
        slug="valprova",
        name="Ambito di Valprova",
        province="Provincia d'Esempio",
        municipalities=MUNICIPALITIES,
        is_demonstrative=True,
        description="Un ambito inventato, con due anni di incontri inventati, per vedere ogni "
        "pagina al lavoro.",
        source="Nessuna: enti, persone, mandati e incontri sono inventati.",
        controller="Comune di Valprova (inventato)",
        controller_contact="protocollo@valprova.example",
        dpo_contact="dpo@valprova.example",
        accessibility_url="https://valprova.example/accessibilita",
        feedback_email="ufficiodipiano@valprova.example",
    )
    kinds = DistrictRole.Kind
    by = make_user(
        "coordinamento@ordito.example",
        "Coordinamento di Valprova",
        password,
        (district, kinds.PLAN_COORDINATOR),
    )
    random = Random(7)  # noqa: S311  a demonstration, not a secret
    stage = Stage(district, by, random, timezone.localdate(), _people_names(random))
    bodies = _bodies(stage)
    organisations = _organisations(stage)
    labs = [_lab(stage, bodies, number, organisations) for number in range(len(LABS))]
    for body in (bodies["assembly"], bodies["tt"]):
        _meetings(stage, body, every=75)
    for lab in labs:
        _meetings(stage, lab, every=50)
    _corrected_slip(stage, labs[0])
    _deadlines(stage)
    return _sign_ins(stage, labs[0], password)


def _people_names(random: Random) -> Iterator[str]:
    for number in count():
        first = FIRST_NAMES[number % len(FIRST_NAMES)]
        yield f"{first} {random.choice(SURNAMES)}"


def _bodies(stage: Stage) -> dict[str, Body]:
    kinds = Body.Kind
    plan = (
        ("assembly", "Assemblea dei Sindaci", kinds.MAYORS_ASSEMBLY, "Indirizza e programma.", 1),
        ("tt", "Tavolo Tecnico", kinds.TECHNICAL_TABLE, "Definisce le strategie e le attua.", 2),
        ("office", "Ufficio di Piano", kinds.PLAN_OFFICE, "Coordina e prepara gli atti.", 3),
        ("unified", "Tavolo Unificato", kinds.UNIFIED_TABLE, "Raccorda i laboratori.", 20),
    )
    bodies = {
        key: acts.establish_body(
            stage.district,
            name=name,
            kind=kind,
            purpose=purpose,
            order=order,
            established_on=stage.day(DAYS_BACK + 60),
            established_by="Delibera inventata n. 1",
            by=stage.by,
        )
        for key, name, kind, purpose, order in plan
    }
    for municipality in register_municipalities(stage.district, stage.by, source="act"):
        people = [_person(stage, municipality) for _each in range(2)]
        for body, person in ((bodies["assembly"], people[0]), (bodies["tt"], people[1])):
            since = stage.day(DAYS_BACK + 50)
            acts.grant_seat(body, organisation=municipality, since=since, by=stage.by)
            acts.designate(body, person=person, quality="titular", since=since, by=stage.by)
    return bodies


def _organisations(stage: Stage) -> list[Organisation]:
    rows = []
    for number, (name, kind) in enumerate(ORGANISATIONS):
        organisation = network.register_organisation(
            stage.district,
            name=name,
            kind=kind,
            seat=stage.random.choice(list(stage.district.territories.all())),
            ground=Affiliation.Ground.CALL,
            since=stage.day(DAYS_BACK + 40),
            is_listed=number % 11 != 5,
            by=stage.by,
        )
        for _each in range(2):
            _person(stage, organisation)
        rows.append(organisation)
    return rows


def _person(stage: Stage, organisation: Organisation) -> Person:
    name = next(stage.names)
    mailbox = name.lower().replace(" ", ".").replace("'", "").replace("ò", "o").replace("é", "e")
    return network.register_person(
        stage.district,
        organisation=organisation,
        name=name,
        email=f"{mailbox}@valprova.example",
        by=stage.by,
    )


def _lab(
    stage: Stage, bodies: dict[str, Body], number: int, organisations: list[Organisation]
) -> Body:
    name, purpose, mandate, outputs = LABS[number]
    issuer = bodies["assembly"] if number == 2 else bodies["tt"]
    lab = acts.establish_body(
        stage.district,
        name=name,
        kind=Body.Kind.LAB,
        purpose=purpose,
        method="plenaria e gruppi di progetto" if number % 2 else "confronti in plenaria",
        established_on=stage.day(DAYS_BACK + 30),
        established_by=f"Avviso inventato n. {number + 1}",
        follow_up="" if number % 2 else "Restituire il lavoro al Tavolo Unificato.",
        order=10 + number,
        by=stage.by,
    )
    _adhesions(stage, lab, organisations)
    if number == len(LABS) - 1:
        return lab  # one lab works without a mandate yet
    undated = number == 3
    given = acts.give_mandate(
        lab,
        text=mandate,
        issuer=None if undated else issuer,
        issued_on=None if undated else stage.day(DAYS_BACK - 20),
        plan_line=f"Obiettivo {number + 1} del Piano di Zona inventato",
        due_on=None if undated else stage.day(-90 + 40 * number),
        by=stage.by,
    )
    for order, (title, status, moved, due) in enumerate(outputs):
        output = acts.add_output(
            lab,
            title=title,
            mandate=given,
            status=Output.Status.EXPECTED,
            due_on=stage.day(due),
            order=order,
            by=stage.by,
        )
        if status != Output.Status.EXPECTED:
            reason = "Si attende il regolamento." if status in Output.NEED_REASON else ""
            acts.set_output_status(
                output, status=status, on=stage.day(moved), reason=reason, by=stage.by
            )
    return lab


def _adhesions(stage: Stage, lab: Body, organisations: list[Organisation]) -> None:
    municipalities = [seat.organisation for seat in _seats(stage)]
    chosen = stage.random.sample(organisations, k=stage.random.randint(17, 24))
    for organisation in [*municipalities, *chosen]:
        since = stage.day(DAYS_BACK + 20 - stage.random.choice((0, 0, 0, 200, 400)))
        acts.adhere(lab, organisation=organisation, since=since, signed_on=since, by=stage.by)
        titular, substitute = organisation.people.all()[:2]
        acts.designate(lab, person=titular, quality="titular", since=since, by=stage.by)
        if stage.random.random() < 0.6:
            acts.designate(lab, person=substitute, quality="substitute", since=since, by=stage.by)
    leading = lab.designations.select_related("person").order_by("pk")
    for designation, kind in zip(leading, ("coordinator", "facilitator"), strict=False):
        acts.give_body_role(
            lab, person=designation.person, kind=kind, since=designation.since, by=stage.by
        )
    leaving = lab.adhesions.order_by("pk").last()
    if leaving:
        acts.withdraw_adhesion(
            leaving, until=stage.day(100), reason="Cambio di attività dell'ente.", by=stage.by
        )


def _seats(stage: Stage) -> list:
    assembly = stage.district.bodies.get(kind=Body.Kind.MAYORS_ASSEMBLY)
    return list(assembly.seats.select_related("organisation"))


def _meetings(stage: Stage, body: Body, *, every: int) -> None:
    """From two years ago to two months ahead; the last one held has its roll still open."""
    start = DAYS_BACK - stage.random.randint(5, 40)
    backs = range(start, -60, -every)
    last_held = min(back for back in backs if back > 3)
    for back in backs:
        meeting = acts.open_meeting(
            body,
            held_on=stage.day(back),
            starts_at=time(17, 30) if body.is_by_adhesion else time(10),
            ends_at=time(19, 30) if body.is_by_adhesion else time(12),
            place="Sala civica di Valprova",
            agenda="Lettura del lavoro fatto\nProssimi passi",
            method=stage.random.choice(Meeting.Method.values[:2]),
            by=stage.by,
        )
        if back > last_held:
            lines = list(_attendance(stage, meeting))
            acts.close_roll(meeting, lines=lines, seen_version=0, by=stage.by)


def _attendance(stage: Stage, meeting: Meeting) -> Iterator[RollLine]:
    day = meeting.held_on
    rows = Designation.objects.in_force(day).filter(body=meeting.body)
    people: dict[int, list[Designation]] = {}
    for row in rows.select_related("person"):
        people.setdefault(row.organisation_id, []).append(row)
    for organisation in meeting.body.roster(day):
        # An organisation keeps its habits: some come almost always, some hardly ever.
        habit = 0.25 + 0.7 * Random(organisation.slug).random()  # noqa: S311  a demonstration
        draw = stage.random.random()
        designated = people.get(organisation.pk, [])
        if draw < habit:
            chosen = designated[-1] if len(designated) > 1 and draw < 0.12 else None
            chosen = chosen or (designated[0] if designated else None)
            substitute = chosen is not None and chosen.quality == Designation.Quality.SUBSTITUTE
            quality = Quality.SUBSTITUTE if substitute else Quality.DELEGATE
            yield RollLine(organisation, quality, chosen.person if chosen else None)
        elif draw > 0.93:
            yield RollLine(organisation, Quality.EXCUSED)
    if stage.random.random() < 0.3:
        others = Organisation.objects.filter(affiliations__district=stage.district)
        guest = stage.random.choice(list(others.exclude(pk__in=meeting.body.roster(day))))
        yield RollLine(guest, Quality.GUEST, None, next(stage.names))


def _corrected_slip(stage: Stage, lab: Body) -> None:
    meeting = lab.meetings.filter(status=Meeting.Status.CLOSED).latest("held_on")
    present = meeting.attendances.exclude(quality__in=[Quality.EXCUSED, Quality.GUEST])
    if line := present.first():
        acts.correct_roll(
            meeting,
            organisation=line.organisation,
            is_present=False,
            reason="Spuntato per errore: il foglio firmato non lo riporta.",
            by=stage.by,
        )


def _deadlines(stage: Stage) -> None:
    for ahead, title in ((20, "Relazione sullo stato di attuazione"), (45, "Quote dei comuni")):
        acts.set_deadline(
            stage.district,
            due_on=stage.day(-ahead),
            title=title,
            source="calendario inventato",
            by=stage.by,
        )


def _sign_ins(stage: Stage, lab: Body, password: str) -> list[tuple[str, str]]:
    kinds = DistrictRole.Kind
    plan = (
        ("operatore@ordito.example", "Operatore dell'Ufficio di Piano", kinds.PLAN_STAFF),
        ("sindaca@ordito.example", "Sindaca di Valprova", kinds.MAYOR),
        ("tecnico@ordito.example", "Componente del Tavolo Tecnico", kinds.TECHNICAL_MEMBER),
        ("regione@ordito.example", "Funzionaria regionale", kinds.REGIONAL_OFFICER),
        ("delegata@ordito.example", "Delegata di un ente", kinds.DELEGATE),
    )
    users = [("coordinamento@ordito.example", "Valprova, coordinamento dell'Ufficio di Piano")]
    for email, name, kind in plan:
        user = make_user(email, name, password, (stage.district, kind))
        users.append((email, f"Valprova, {kinds(kind).label}"))
        if kind == kinds.DELEGATE:
            speaker = lab.designations.order_by("pk").values("person")[:1]
            Person.objects.filter(pk__in=speaker).update(user=user)
    return users
