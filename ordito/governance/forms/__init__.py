"""What people write about bodies, mandates and meetings."""

from ordito.governance.forms.bodies import (
    AdhesionForm,
    BodyForm,
    DelegateForm,
    EndForm,
    NewBodyForm,
    SeatForm,
)
from ordito.governance.forms.mandates import MandateForm, OutputForm, OutputStatusForm
from ordito.governance.forms.meetings import DeadlineForm, MeetingForm, NewMeetingForm, ScanForm
from ordito.governance.forms.roll import CorrectionForm, RollForm

__all__ = [
    "AdhesionForm",
    "BodyForm",
    "CorrectionForm",
    "DeadlineForm",
    "DelegateForm",
    "EndForm",
    "MandateForm",
    "MeetingForm",
    "NewBodyForm",
    "NewMeetingForm",
    "OutputForm",
    "OutputStatusForm",
    "RollForm",
    "ScanForm",
    "SeatForm",
]
