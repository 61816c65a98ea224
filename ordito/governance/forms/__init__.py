"""What people write about bodies, mandates and meetings."""

from ordito.governance.forms.bodies import (
    AdhesionForm,
    BodyForm,
    BodyRoleForm,
    DelegateForm,
    EndForm,
    NewBodyForm,
    SeatForm,
)
from ordito.governance.forms.mandates import (
    MandateForm,
    OutputEditForm,
    OutputForm,
    OutputStatusForm,
)
from ordito.governance.forms.meetings import (
    CancellationForm,
    DeadlineForm,
    MeetingForm,
    NewMeetingForm,
    ScanForm,
)
from ordito.governance.forms.roll import CorrectionForm, RollForm

__all__ = [
    "AdhesionForm",
    "BodyForm",
    "BodyRoleForm",
    "CancellationForm",
    "CorrectionForm",
    "DeadlineForm",
    "DelegateForm",
    "EndForm",
    "MandateForm",
    "MeetingForm",
    "NewBodyForm",
    "NewMeetingForm",
    "OutputEditForm",
    "OutputForm",
    "OutputStatusForm",
    "RollForm",
    "ScanForm",
    "SeatForm",
]
