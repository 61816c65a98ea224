"""Meetings, their signed sheets, what a source states of them, and the dates to remember."""

from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.archive.models import StoredFile
from ordito.archive.store import put
from ordito.governance.models import Body, Deadline, Meeting, StatedAttendance
from ordito.governance.rules import can_convene, can_file_scan, can_keep_bodies
from ordito.ledger.kinds import Tie, kind
from ordito.ledger.models import Interaction
from ordito.ledger.record import is_recorded, record
from ordito.registry.models import District

OPENED = kind("governance.meeting_opened", Tie.NONE, _("Incontro fissato"))
CANCELLED = kind("governance.meeting_cancelled", Tie.NONE, _("Incontro annullato"))
SCAN_FILED = kind("governance.scan_filed", Tie.NONE, _("Foglio delle presenze firmato"))

_SAME_DAY = _("Questo organismo ha già l'incontro del %(meeting)s: se è un altro, confermatelo.")
EARLIEST = date(1990, 1, 1)  # before the districts and their plans


@transaction.atomic
def open_meeting(
    body: Body,
    *,
    held_on: date,
    by: User,
    key: str = "",
    is_another: bool = False,
    **details: Any,
) -> Meeting:
    """Open a meeting of a body: its roll can be taken.

    A second one in a day is opened, with turn 2, only when said to be another. Raises
    PermissionDenied, ValidationError for an impossible date or times or a day that has a meeting
    already (`same_day`), AlreadyRecorded.
    """
    if not can_convene(by, body.district):
        raise PermissionDenied
    meeting = _new_meeting(body, held_on=held_on, is_another=is_another, key=key, **details)
    record(
        OPENED,
        district=body.district,
        on=held_on,
        about=meeting,
        label=f"{body.name}, {meeting}",
        by=by,
        facts={"body": body.pk},
        key=key,
    )
    return meeting


@transaction.atomic
def amend_meeting(meeting: Meeting, *, by: User, **details: Any) -> None:
    """Change hours, place or agenda of a meeting; its date never changes.

    Not in the ledger: what happened is told by its roll.
    Raises PermissionDenied, ValidationError.
    """
    if not can_convene(by, meeting.body.district):
        raise PermissionDenied
    if meeting.is_cancelled:
        raise ValidationError(_("L'incontro è annullato: non si modifica più."), code="cancelled")
    _check_hours(**details)
    for name, value in details.items():
        setattr(meeting, name, value)
    meeting.full_clean()
    meeting.save(update_fields=details)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User, key: str = "") -> None:
    """Cancel a meeting whose roll is still open: it stays in the calendar, as cancelled.

    Raises PermissionDenied, ValidationError when its roll is closed already; AlreadyRecorded.
    """
    if not can_convene(by, meeting.body.district):
        raise PermissionDenied
    still_open = Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.OPEN)
    if not still_open.update(status=Meeting.Status.CANCELLED):
        raise ValidationError(
            _("Le presenze sono chiuse o l'incontro è già annullato."), code="late"
        )
    record(
        CANCELLED,
        district=meeting.body.district,
        on=meeting.held_on,
        about=meeting,
        label=f"{meeting.body.name}, {meeting}",
        by=by,
        facts={"body": meeting.body_id},
        note=reason,
        key=key,
    )


@transaction.atomic
def state_meeting(body: Body, *, held_on: date, by: User, **details: Any) -> Meeting:
    """Write down a meeting that a source reports without saying who was there.

    Not in the ledger: nobody's presence is known. Raises PermissionDenied, ValidationError.
    """
    if not can_convene(by, body.district):
        raise PermissionDenied
    return _new_meeting(
        body, held_on=held_on, is_another=True, status=Meeting.Status.STATED, **details
    )


@transaction.atomic
def state_attendance(body: Body, *, by: User, **stated: Any) -> StatedAttendance:
    """Write down what a source states of a body's attendance as a whole.

    Not in the ledger: it is what a source says, not what was recorded.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    row = StatedAttendance(body=body, **stated)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def file_scan(meeting: Meeting, *, scan: UploadedFile, by: User) -> StoredFile:
    """File the signed sheet of a meeting; the same file twice is filed once.

    Raises PermissionDenied, ValidationError for a file too large or of a wrong type.
    """
    if not can_file_scan(by, meeting):
        raise PermissionDenied
    try:
        stored = put(scan, about=meeting, district=meeting.body.district, by=by)
    except ValidationError as refusal:
        raise ValidationError({"scan": refusal}) from refusal
    key = f"scan:{meeting.pk}:{stored.sha256}"
    if not Interaction.objects.filter(district=meeting.body.district, key=key).exists():
        record(
            SCAN_FILED,
            district=meeting.body.district,
            on=meeting.held_on,
            about=meeting,
            label=f"{meeting.body.name}, {meeting}",
            by=by,
            facts={"sha256": stored.sha256, "media_type": stored.media_type},
            key=key,
        )
    return stored


@transaction.atomic
def set_deadline(
    district: District, *, due_on: date, title: str, by: User, **details: Any
) -> Deadline:
    """Put a date in the calendar of the district; the same date twice stands once.

    Not in the ledger: a date to remember is no act between organisations.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, district):
        raise PermissionDenied
    same = Deadline.objects.filter(district=district, due_on=due_on, title=title)
    if known := same.first():
        return known
    deadline = Deadline(district=district, due_on=due_on, title=title, **details)
    deadline.full_clean()
    deadline.save()
    return deadline


@transaction.atomic
def remove_deadline(deadline: Deadline, *, by: User) -> None:
    """Take a date out of the calendar.

    Not in the ledger: a date to remember is no act between organisations.
    Raises PermissionDenied.
    """
    if not can_keep_bodies(by, deadline.district):
        raise PermissionDenied
    Deadline.objects.filter(pk=deadline.pk).delete()


def _new_meeting(
    body: Body, *, held_on: date, is_another: bool, key: str = "", **details: Any
) -> Meeting:
    if held_on < EARLIEST or held_on.year > date.today().year + 5:
        raise ValidationError(
            {"held_on": _("Controllate l'anno: è troppo lontano per un incontro.")}
        )
    _check_hours(**details)
    # The body's row is the queue of those who open a meeting on the same day.
    Body.objects.select_for_update().get(pk=body.pk)
    same_day = body.meetings.filter(held_on=held_on)
    known = same_day.exclude(status=Meeting.Status.CANCELLED).first()
    # A form sent twice finds its own meeting: its key refuses it later.
    if known and not (is_another or is_recorded(key)):
        raise ValidationError(
            {"is_another": ValidationError(_SAME_DAY, "same_day", {"meeting": known})}
        )
    last = same_day.aggregate(turn=Max("turn"))["turn"]
    meeting = Meeting(body=body, held_on=held_on, turn=(last or 0) + 1, **details)
    meeting.full_clean()
    meeting.save()
    return meeting


def _check_hours(
    *, starts_at: time | None = None, ends_at: time | None = None, **_rest: Any
) -> None:
    if starts_at and ends_at and ends_at <= starts_at:
        raise ValidationError({"ends_at": _("L'incontro finisce prima di cominciare.")})
