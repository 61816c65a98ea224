"""Mending a roll that was closed: every mending is an entry that points at the one it corrects."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.acts.roll import ROLL_CORRECTED, ROLL_KINDS
from ordito.governance.models import Attendance, Meeting
from ordito.governance.roll_lines import (
    RollLine,
    check_lines,
    distinct,
    frozen_roster,
    is_stored,
    n_people,
    parties_and_facts,
    parties_of,
    replace_lines,
    sort_roll,
    stale,
    took_turn,
)
from ordito.governance.rules import can_correct_roll
from ordito.ledger.models import Interaction
from ordito.ledger.record import ABSENT, GUEST, PRESENT, record
from ordito.registry.models import Organisation

Quality = Attendance.Quality


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
    _must_have(reason)
    # The row is the queue of those who correct the same roll.
    Meeting.objects.filter(pk=meeting.pk).update(roll_version=F("roll_version") + 1)
    standing = _standing(meeting)
    parties = _with_mended(meeting, parties_of(standing), organisation, is_present=is_present)
    _mend_attendance(
        meeting, organisation, is_present=is_present, is_guest=organisation in parties[GUEST]
    )
    people = meeting.attendances.exclude(quality=Quality.EXCUSED).count()
    _record(meeting, standing, parties, people, by=by, note=reason, key=key)


@transaction.atomic
def revise_roll(
    meeting: Meeting,
    *,
    lines: Collection[RollLine],
    reason: str,
    seen_version: int,
    by: User,
    key: str = "",
) -> None:
    """Mend a closed roll as a whole: persons, qualities, guests that were forgotten.

    The roster is the one that was frozen at closing. Raises PermissionDenied, ValidationError
    without a reason, when a line is wrong as in `close_roll`, when nothing would change (`same`)
    or the roll was corrected after `seen_version` was read (`stale`); AlreadyRecorded.
    """
    if not can_correct_roll(by, meeting):
        raise PermissionDenied
    _must_have(reason)
    standing = _standing(meeting)
    roster = frozen_roster(parties_of(standing))
    lines = distinct(lines)
    check_lines(meeting, lines, roster)
    if not took_turn(meeting, seen_version, was=Meeting.Status.CLOSED):
        raise stale()
    if is_stored(meeting, lines):
        raise _same()
    replace_lines(meeting, lines)
    people = n_people(lines)
    _record(meeting, standing, sort_roll(lines, roster), people, by=by, note=reason, key=key)


def _must_have(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Scegliete o scrivete il motivo della correzione.")})


def _same() -> ValidationError:
    return ValidationError(_("Risulta già così: non c'è niente da correggere."), code="same")


def _standing(meeting: Meeting) -> Interaction:
    """The entry that holds the roll now. Raises ValidationError when it is still open."""
    rolls = Interaction.objects.about(meeting).filter(kind__in=ROLL_KINDS)
    standing = rolls.standing().first()
    if standing is None:
        raise ValidationError(_("Le presenze non sono ancora chiuse: modificatele."), code="open")
    return standing


def _record(
    meeting: Meeting,
    standing: Interaction,
    parties: dict[str, set[Organisation]],
    people: int,
    **rest: Any,
) -> None:
    record(
        ROLL_CORRECTED,
        district=meeting.body.district,
        on=meeting.held_on,
        about=meeting,
        label=f"{meeting.body.name}, {meeting}",
        **parties_and_facts(meeting, parties, people),
        corrects=standing,
        **rest,
    )


def _with_mended(
    meeting: Meeting,
    parties: dict[str, set[Organisation]],
    organisation: Organisation,
    *,
    is_present: bool,
) -> dict[str, set[Organisation]]:
    """The roll with one organisation moved. Raises ValidationError when it stands there already."""
    if is_present == (organisation in parties[PRESENT] | parties[GUEST]):
        raise _same()
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
