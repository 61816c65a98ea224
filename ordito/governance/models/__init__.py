"""Bodies and who sits in them, what they are asked, when they meet and what they produce."""

from ordito.governance.models.bodies import Adhesion, Body, BodyRole, Designation, Seat
from ordito.governance.models.mandates import Mandate, Output
from ordito.governance.models.meetings import Attendance, Deadline, Meeting, StatedAttendance

__all__ = [
    "Adhesion",
    "Attendance",
    "Body",
    "BodyRole",
    "Deadline",
    "Designation",
    "Mandate",
    "Meeting",
    "Output",
    "Seat",
    "StatedAttendance",
]
