"""What the ledger holds about the rolls of meetings."""

from collections.abc import Iterable
from dataclasses import dataclass

from ordito.governance.acts.roll import ROLL_KINDS, parties_of
from ordito.governance.models import Body, Meeting
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
