"""Taking the roll of a meeting: the write journey that every other one resembles."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.models import Meeting
from ordito.governance.roll_lines import (
    RollLine,
    check_lines,
    distinct,
    is_stored,
    n_people,
    parties_and_facts,
    replace_lines,
    sort_roll,
    too_late,
    took_turn,
)
from ordito.governance.rules import can_take_roll
from ordito.ledger.kinds import Tie, kind
from ordito.ledger.models import Interaction
from ordito.ledger.record import record

MET = kind("governance.met", Tie.CO_PRESENCE, _("Presenze di un incontro"))
ROLL_CORRECTED = kind("governance.roll_corrected", Tie.CO_PRESENCE, _("Presenze corrette"))


@transaction.atomic
def save_roll(
    meeting: Meeting, *, lines: Collection[RollLine], seen_version: int, by: User
) -> None:
    """Keep the roll as taken so far. Not in the ledger: the roll is still open.

    Raises PermissionDenied, ValidationError when a line is wrong (`no_adhesion`, `both`,
    `not_designated`) or the roll was saved after version `seen_version` was read (`stale`).
    """
    if not can_take_roll(by, meeting):
        raise PermissionDenied
    lines = distinct(lines)
    check_lines(meeting, lines, set(meeting.body.roster(meeting.held_on)))
    if not took_turn(meeting, seen_version):
        raise too_late(meeting)
    replace_lines(meeting, lines)


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
    not come (`early`), it was saved meanwhile (`stale`) or closed otherwise (`closed`).
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
    check_lines(meeting, lines, roster)
    if not took_turn(meeting, seen_version, status=Meeting.Status.CLOSED):
        if _is_closed_with(meeting, lines):
            return
        raise too_late(meeting)
    replace_lines(meeting, lines)
    record(
        MET,
        district=meeting.body.district,
        on=meeting.held_on,
        about=meeting,
        label=f"{meeting.body.name}, {meeting}",
        by=by,
        **parties_and_facts(meeting, sort_roll(lines, roster), n_people(lines)),
        key=f"roll:{meeting.pk}",
        source=source,
    )


ROLL_KINDS = (MET.code, ROLL_CORRECTED.code)


def _is_closed_with(meeting: Meeting, lines: Collection[RollLine]) -> bool:
    """Whether the roll is closed with these very lines: a form sent twice."""
    if not Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.CLOSED).exists():
        return False
    return is_stored(meeting, lines)
