"""What the ledger holds about the rolls of meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ordito.governance.acts.meetings import CANCELLED
from ordito.governance.acts.roll import ROLL_KINDS
from ordito.governance.models import Body, Meeting
from ordito.governance.roll_lines import parties_of
from ordito.ledger.models import Interaction
from ordito.registry.models import District, Organisation


@dataclass(frozen=True)
class RollCount:
    """How many organisations of the roster came to a meeting, and the entry that says so."""

    seq: int
    present: int
    roster: int
    guests: int
    excused: int
    people: int


def meeting_opened(body: Body, *, key: str) -> Meeting:
    """The meeting that was opened under a key, by this request or by the one it repeats."""
    entry = Interaction.objects.get(district=body.district, key=key)
    return Meeting.objects.select_related("body__district").get(pk=entry.subject_id)


def standing_roll(meeting: Meeting) -> dict[str, set[Organisation]]:
    """The closed roll of a meeting as the ledger holds it now, by role; empty when still open."""
    entry = Interaction.objects.about(meeting).filter(kind__in=ROLL_KINDS).standing().first()
    return parties_of(entry) if entry else {}


def counts_of(district: District, meetings: Iterable[Meeting]) -> dict[int, RollCount]:
    """The standing count of each closed roll, by meeting id: one query for all."""
    closed = [str(meeting.pk) for meeting in meetings if meeting.is_closed]
    entries = Interaction.objects.filter(
        district=district,
        kind__in=ROLL_KINDS,
        subject_type=Meeting._meta.label_lower,
        subject_id__in=closed,
    ).standing()
    return {
        int(subject): RollCount(
            seq, *(facts[name] for name in ("present", "roster", "guests", "excused", "people"))
        )
        for seq, subject, facts in entries.values_list("seq", "subject_id", "facts")
    }


def cancelling(meeting: Meeting) -> Interaction | None:
    """The entry that says why a meeting was cancelled."""
    return Interaction.objects.about(meeting).filter(kind=CANCELLED.code).first()


def state_of(meeting: Meeting, today: date) -> str:
    """How a meeting stands, in words: one whose day has not come is planned."""
    if meeting.is_open and meeting.held_on > today:
        return _("in programma")
    return str(meeting.get_status_display())
