"""The pages of bodies, mandates, meetings and the calendar."""

from ordito.governance.views.bodies import (
    bodies,
    body,
    body_edit,
    body_new,
    body_role_end,
    body_role_new,
    delegate_end,
    delegate_new,
    member_end,
    member_new,
    of_organisation,
)
from ordito.governance.views.calendar import (
    calendar,
    calendar_feed,
    deadline_new,
    deadline_remove,
)
from ordito.governance.views.mandates import (
    mandate_amend,
    mandate_new,
    output_edit,
    output_new,
    output_status,
)
from ordito.governance.views.meetings import (
    meeting,
    meeting_cancel,
    meeting_edit,
    meeting_new,
    scan,
    scan_file,
    signature_sheet,
)
from ordito.governance.views.roll import attendance, attendance_correct, attendance_revise

__all__ = [
    "attendance",
    "attendance_correct",
    "attendance_revise",
    "bodies",
    "body",
    "body_edit",
    "body_new",
    "body_role_end",
    "body_role_new",
    "calendar",
    "calendar_feed",
    "deadline_new",
    "deadline_remove",
    "delegate_end",
    "delegate_new",
    "mandate_amend",
    "mandate_new",
    "meeting",
    "meeting_cancel",
    "meeting_edit",
    "meeting_new",
    "member_end",
    "member_new",
    "of_organisation",
    "output_edit",
    "output_new",
    "output_status",
    "scan",
    "scan_file",
    "signature_sheet",
]
