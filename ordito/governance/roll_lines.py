"""What a roll says, line by line: what is refused, what is saved, what its entry holds."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ordito.governance.models import Attendance, Designation, Meeting
from ordito.ledger.models import Interaction
from ordito.ledger.record import ABSENT, EXCUSED, GUEST, PRESENT
from ordito.registry.models import Organisation, Person

Quality = Attendance.Quality


@dataclass(frozen=True)
class RollLine:
    """One person at a meeting, or an organisation whose person is not known."""

    organisation: Organisation
    quality: str
    person: Person | None = None
    person_name: str = ""


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


def check_lines(meeting: Meeting, lines: Collection[RollLine], roster: set[Organisation]) -> None:
    """Refuse lines that contradict the roster or each other, all named at once.

    Raises ValidationError: `no_adhesion`, `both`, `not_designated`.
    """
    refusals = [*_out_of_place(lines, roster), *_not_delegates(meeting, lines)]
    if refusals:
        raise ValidationError(refusals)


def _out_of_place(
    lines: Collection[RollLine], roster: set[Organisation]
) -> Iterator[ValidationError]:
    came = {line.organisation for line in lines if line.quality != Quality.EXCUSED}
    for line in lines:
        if line.organisation not in roster and line.quality != Quality.GUEST:
            yield _refusal(
                _("«%(organisation)s» non aderisce in questa data: registratelo come ospite."),
                line,
                "no_adhesion",
            )
        if line.quality == Quality.EXCUSED and line.organisation in came:
            yield _refusal(
                _("«%(organisation)s» risulta presente e anche assente: scegliete."), line, "both"
            )


def _not_delegates(meeting: Meeting, lines: Collection[RollLine]) -> Iterator[ValidationError]:
    delegates = [line for line in lines if line.quality == Quality.DELEGATE and _is_named(line)]
    designated = _designated(meeting) if delegates else set()
    for line in delegates:
        if not line.person or (line.organisation.pk, line.person.pk) not in designated:
            yield _refusal(
                _(
                    "«%(organisation)s»: chi non è stato designato non è delegato; "
                    "indicate un'altra qualità."
                ),
                line,
                "not_designated",
            )


def _refusal(message: Any, line: RollLine, code: str) -> ValidationError:
    return ValidationError(message, code=code, params={"organisation": line.organisation})


def _is_named(line: RollLine) -> bool:
    return bool(line.person or line.person_name)


def _designated(meeting: Meeting) -> set[tuple[int, int]]:
    """Who speaks for whom in the body on the day of the meeting: organisation and person."""
    rows = Designation.objects.in_force(meeting.held_on).filter(body=meeting.body_id)
    return set(rows.values_list("organisation_id", "person_id"))


def took_turn(
    meeting: Meeting, seen_version: int, *, was: str = Meeting.Status.OPEN, **changes: Any
) -> bool:
    """Move the roll from the version that was read to the next, if it is still that one."""
    unchanged = Meeting.objects.filter(pk=meeting.pk, status=was, roll_version=seen_version)
    return bool(unchanged.update(roll_version=seen_version + 1, **changes))


def stale() -> ValidationError:
    """The refusal of a roll that was saved after it was read."""
    return ValidationError(
        _(
            "Le presenze sono state salvate in un'altra scheda o da un'altra persona mentre "
            "scrivevate: guardate le righe segnate e salvate di nuovo."
        ),
        code="stale",
    )


def too_late(meeting: Meeting) -> ValidationError:
    """Why a roll could not be moved on: it was saved meanwhile, or closed."""
    if Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.OPEN).exists():
        return stale()
    return ValidationError(
        _("Le presenze sono già chiuse: ciò che avete scritto è qui sotto, non salvato."),
        code="closed",
    )


def replace_lines(meeting: Meeting, lines: Iterable[RollLine]) -> None:
    """Write these lines in the place of those that are saved."""
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


def is_stored(meeting: Meeting, lines: Collection[RollLine]) -> bool:
    """Whether these very lines are what is saved."""
    stored = meeting.attendances.values_list(
        "organisation_id", "person_id", "person_name", "quality"
    )
    sent = {
        (line.organisation.pk, line.person and line.person.pk, line.person_name, line.quality)
        for line in lines
    }
    return set(stored) == sent


def parties_and_facts(
    meeting: Meeting, roll: dict[str, set[Organisation]], people: int
) -> dict[str, Any]:
    """What the entry of a roll holds: who stood where, and how many."""
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


def frozen_roster(parties: dict[str, set[Organisation]]) -> set[Organisation]:
    """Who took part by right when the roll was closed."""
    return parties[PRESENT] | parties[EXCUSED] | parties[ABSENT]
