"""Taking the roll of a meeting: the write journey that every other one resembles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.models import Attendance, Meeting
from ordito.governance.rules import can_correct_roll, can_take_roll
from ordito.ledger.kinds import Tie, kind
from ordito.ledger.models import Interaction
from ordito.ledger.record import ABSENT, EXCUSED, GUEST, PRESENT, record
from ordito.registry.models import Organisation, Person

MET = kind("governance.met", Tie.CO_PRESENCE, _("Presenze di un incontro"))
ROLL_CORRECTED = kind("governance.roll_corrected", Tie.CO_PRESENCE, _("Presenze corrette"))

Quality = Attendance.Quality


@dataclass(frozen=True)
class RollLine:
    """One person at a meeting, or an organisation whose person is not known."""

    organisation: Organisation
    quality: str
    person: Person | None = None
    person_name: str = ""


@transaction.atomic
def save_roll(
    meeting: Meeting, *, lines: Collection[RollLine], seen_version: int, by: User
) -> None:
    """Keep the roll as taken so far. Not in the ledger: the roll is still open.

    Raises PermissionDenied, ValidationError when a line is wrong (`no_adhesion`, `both`) or
    someone else saved after version `seen_version` was read (`stale`).
    """
    if not can_take_roll(by, meeting):
        raise PermissionDenied
    lines = distinct(lines)
    _check(lines, set(meeting.body.roster(meeting.held_on)))
    if not _took_turn(meeting, seen_version):
        raise _too_late(meeting)
    _replace(meeting, lines)


@transaction.atomic
def close_roll(
    meeting: Meeting,
    *,
    lines: Collection[RollLine],
    seen_version: int,
    by: User,
    source: str = Interaction.Source.ACT,
) -> None:
    """Freeze who was there, whoever came, and enter it in the ledger.

    The roster is the one in force on the day of the meeting. Closing again with the same lines
    changes nothing. Raises PermissionDenied, ValidationError when a line is wrong, the day has
    not come (`early`), someone else saved meanwhile (`stale`) or closed otherwise (`closed`).
    """
    if not can_take_roll(by, meeting):
        raise PermissionDenied
    if meeting.held_on > timezone.localdate():
        raise ValidationError(
            _("L'incontro è del %(day)s: le presenze si chiudono da quel giorno."),
            code="early",
            params={"day": f"{meeting.held_on:%d/%m/%Y}"},
        )
    roster = set(meeting.body.roster(meeting.held_on))
    lines = distinct(lines)
    _check(lines, roster)
    if not _took_turn(meeting, seen_version, status=Meeting.Status.CLOSED):
        if _is_closed_with(meeting, lines):
            return
        raise _too_late(meeting)
    _replace(meeting, lines)
    record(
        MET,
        district=meeting.body.district,
        on=meeting.held_on,
        about=meeting,
        label=f"{meeting.body.name}, {meeting}",
        by=by,
        **_parties_and_facts(meeting, sort_roll(lines, roster), n_people(lines)),
        key=f"roll:{meeting.pk}",
        source=source,
    )


@transaction.atomic
def correct_roll(
    meeting: Meeting,
    *,
    organisation: Organisation,
    is_present: bool,
    reason: str,
    by: User,
    key: str = "",
) -> None:
    """Mend a slip in a closed roll: one organisation becomes present, or absent.

    The new entry carries the whole corrected roll and points at the one it corrects.
    Raises PermissionDenied, ValidationError without a reason or when nothing would change,
    AlreadyRecorded.
    """
    if not can_correct_roll(by, meeting):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Scrivete il motivo della correzione.")})
    # The row is the queue of those who correct the same roll.
    Meeting.objects.filter(pk=meeting.pk).update(roll_version=F("roll_version") + 1)
    rolls = Interaction.objects.about(meeting).filter(kind__in=ROLL_KINDS)
    standing = rolls.standing().first()
    if standing is None:
        raise ValidationError(_("Le presenze non sono ancora chiuse: modificatele."), code="open")
    parties = _with_mended(meeting, parties_of(standing), organisation, is_present=is_present)
    _mend_attendance(
        meeting, organisation, is_present=is_present, is_guest=organisation in parties[GUEST]
    )
    people = meeting.attendances.exclude(quality=Quality.EXCUSED).count()
    record(
        ROLL_CORRECTED,
        district=meeting.body.district,
        on=meeting.held_on,
        about=meeting,
        label=f"{meeting.body.name}, {meeting}",
        by=by,
        **_parties_and_facts(meeting, parties, people),
        note=reason,
        corrects=standing,
        key=key,
    )


ROLL_KINDS = (MET.code, ROLL_CORRECTED.code)


def distinct(lines: Iterable[RollLine]) -> list[RollLine]:
    """The lines without repetitions: a person stands once for an organisation."""
    by_person = {(line.organisation, line.person, line.person_name): line for line in lines}
    return list(by_person.values())


def sort_roll(lines: Iterable[RollLine], roster: set[Organisation]) -> dict[str, set[Organisation]]:
    """Who was present, guest, excused or absent: each organisation stands in one place only."""
    came = {line.organisation for line in lines if line.quality != Quality.EXCUSED}
    excused = {line.organisation for line in lines if line.quality == Quality.EXCUSED}
    return {
        PRESENT: came & roster,
        GUEST: came - roster,
        EXCUSED: excused,
        ABSENT: roster - came - excused,
    }


def n_people(lines: Iterable[RollLine]) -> int:
    """How many people came."""
    return sum(line.quality != Quality.EXCUSED for line in lines)


def parties_of(entry: Interaction) -> dict[str, set[Organisation]]:
    """The roll that an entry holds, by role."""
    sorted_roll: dict[str, set[Organisation]] = {
        role: set() for role in (PRESENT, GUEST, EXCUSED, ABSENT)
    }
    for party in entry.parties.select_related("organisation"):
        sorted_roll[party.role].add(party.organisation)
    return sorted_roll


def _check(lines: Collection[RollLine], roster: set[Organisation]) -> None:
    """Refuse lines that contradict the roster or each other, all named at once."""
    refusals = []
    came = {line.organisation for line in lines if line.quality != Quality.EXCUSED}
    for line in lines:
        if line.organisation not in roster and line.quality != Quality.GUEST:
            refusals.append(
                ValidationError(
                    _("«%(organisation)s» non aderisce in questa data: registratelo come ospite."),
                    code="no_adhesion",
                    params={"organisation": line.organisation},
                )
            )
        if line.quality == Quality.EXCUSED and line.organisation in came:
            refusals.append(
                ValidationError(
                    _("«%(organisation)s» risulta presente e anche assente: scegliete."),
                    code="both",
                    params={"organisation": line.organisation},
                )
            )
    if refusals:
        raise ValidationError(refusals)


def _took_turn(meeting: Meeting, seen_version: int, **changes: Any) -> bool:
    """Move the open roll from the version that was read to the next, if it is still that one."""
    unchanged = Meeting.objects.filter(
        pk=meeting.pk, status=Meeting.Status.OPEN, roll_version=seen_version
    )
    return bool(unchanged.update(roll_version=seen_version + 1, **changes))


def _too_late(meeting: Meeting) -> ValidationError:
    if Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.OPEN).exists():
        return ValidationError(
            _(
                "Un'altra persona ha salvato le presenze mentre scrivevate: "
                "confrontate le due versioni e salvate di nuovo."
            ),
            code="stale",
        )
    return ValidationError(
        _("Le presenze sono già chiuse: ciò che avete scritto è qui sotto, non salvato."),
        code="closed",
    )


def _replace(meeting: Meeting, lines: Iterable[RollLine]) -> None:
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            organisation=line.organisation,
            person=line.person,
            person_name=line.person_name,
            quality=line.quality,
        )
        for line in lines
    )


def _is_closed_with(meeting: Meeting, lines: Collection[RollLine]) -> bool:
    """Whether the roll is closed with these very lines: a form sent twice."""
    if not Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.CLOSED).exists():
        return False
    stored = meeting.attendances.values_list(
        "organisation_id", "person_id", "person_name", "quality"
    )
    sent = {
        (line.organisation.pk, line.person and line.person.pk, line.person_name, line.quality)
        for line in lines
    }
    return set(stored) == sent


def _parties_and_facts(
    meeting: Meeting, roll: dict[str, set[Organisation]], people: int
) -> dict[str, Any]:
    return {
        "parties": roll,
        "facts": {
            "body": meeting.body_id,
            "roster": sum(len(roll[role]) for role in (PRESENT, EXCUSED, ABSENT)),
            "present": len(roll[PRESENT]),
            "guests": len(roll[GUEST]),
            "excused": len(roll[EXCUSED]),
            "people": people,
        },
    }


def _with_mended(
    meeting: Meeting,
    parties: dict[str, set[Organisation]],
    organisation: Organisation,
    *,
    is_present: bool,
) -> dict[str, set[Organisation]]:
    """The roll with one organisation moved. Raises ValidationError when it stands there already."""
    if is_present == (organisation in parties[PRESENT] | parties[GUEST]):
        raise ValidationError(_("Risulta già così: non c'è niente da correggere."), code="same")
    on_roster = organisation in meeting.body.roster(meeting.held_on)
    for them in parties.values():
        them.discard(organisation)
    if is_present:
        parties[PRESENT if on_roster else GUEST].add(organisation)
    elif on_roster:
        parties[ABSENT].add(organisation)
    return parties


def _mend_attendance(
    meeting: Meeting, organisation: Organisation, *, is_present: bool, is_guest: bool
) -> None:
    meeting.attendances.filter(organisation=organisation).delete()
    if is_present:
        Attendance.objects.create(
            meeting=meeting,
            organisation=organisation,
            quality=Quality.GUEST if is_guest else Quality.DELEGATE,
        )
