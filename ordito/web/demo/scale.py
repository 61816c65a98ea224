"""A large invented district, written in bulk: to measure, not to look at."""

from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from ordito.governance.acts.roll import MET
from ordito.governance.models import Adhesion, Attendance, Body, Meeting
from ordito.ledger.record import ABSENT, PRESENT, Entry, record_many
from ordito.registry.models import Affiliation, District, Organisation
from ordito.web.demo.workdays import workday

SLUG = "scala"
N_ORGANISATIONS, N_BODIES, N_MEETINGS, PER_MEETING, PER_BODY = 2_000, 40, 2_000, 30, 60
BATCH = 5_000


@transaction.atomic
def load() -> dict[str, int]:
    """Write the district; return how many rows of each sort, in words."""
    random = Random(7)  # noqa: S311  a demonstration, not a secret
    district = District.objects.create(
        slug=SLUG,
        name="Ambito di Scala",
        is_public=True,
        is_demonstrative=True,
        description="Un ambito inventato e grande, per misurare le prestazioni.",
    )
    organisations = Organisation.objects.bulk_create(
        (
            Organisation(
                slug=f"{SLUG}-{number}",
                name=f"Ente di scala {number:04d}",
                kind=random.choice(Organisation.Kind.values),
            )
            for number in range(N_ORGANISATIONS)
        ),
        batch_size=BATCH,
    )
    Affiliation.objects.bulk_create(
        (
            Affiliation(organisation=o, district=district, ground=Affiliation.Ground.CALL)
            for o in organisations
        ),
        batch_size=BATCH,
    )
    bodies = Body.objects.bulk_create(
        Body(
            district=district,
            slug=f"lab-{number}",
            name=f"Laboratorio {number:02d}",
            kind=Body.Kind.LAB,
            order=number,
        )
        for number in range(N_BODIES)
    )
    rosters = {body.pk: random.sample(organisations, PER_BODY) for body in bodies}
    Adhesion.objects.bulk_create(
        (Adhesion(body=body, organisation=o) for body in bodies for o in rosters[body.pk]),
        batch_size=BATCH,
    )
    n_attendances = _meetings(district, bodies, rosters, random)
    return {
        "enti": len(organisations),
        "organismi": len(bodies),
        "incontri": N_MEETINGS,
        "presenze": n_attendances,
    }


def _meetings(
    district: District, bodies: list[Body], rosters: dict[int, list[Organisation]], random: Random
) -> int:
    first = timezone.localdate() - timedelta(days=3 * 365)
    each = N_MEETINGS // N_BODIES
    meetings = Meeting.objects.bulk_create(
        Meeting(
            body=body,
            held_on=_day(first, number, each),
            status=Meeting.Status.CLOSED,
            roll_version=1,
        )
        for body in bodies
        for number in range(each)
    )
    present = {m.pk: random.sample(rosters[m.body_id], PER_MEETING) for m in meetings}
    Attendance.objects.bulk_create(
        (
            Attendance(meeting=m, organisation=o, quality=Attendance.Quality.DELEGATE)
            for m in meetings
            for o in present[m.pk]
        ),
        batch_size=BATCH,
    )
    record_many(district, [_entry(m, present[m.pk], rosters[m.body_id]) for m in meetings])
    return sum(map(len, present.values()))


def _day(first: date, number: int, each: int) -> date:
    return workday(first + timedelta(days=number * (3 * 365) // each))


def _entry(meeting: Meeting, came: list[Organisation], roster: list[Organisation]) -> Entry:
    return Entry(
        kind=MET,
        on=meeting.held_on,
        about=meeting,
        label=f"{meeting.body.name}, {meeting}",
        by=None,
        parties={PRESENT: came, ABSENT: set(roster) - set(came)},
        facts={
            "body": meeting.body_id,
            "roster": len(roster),
            "present": len(came),
            "guests": 0,
            "excused": 0,
            "people": len(came),
        },
        key=f"roll:{meeting.pk}",
    )
