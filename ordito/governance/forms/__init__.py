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
from ordito.governance.forms.corrections import CorrectionForm, Ground, RevisionForm
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
from ordito.governance.forms.merge import merge_saved
from ordito.governance.forms.roll import RollForm

__all__ = [
    "AdhesionForm",
    "BodyForm",
    "BodyRoleForm",
    "CancellationForm",
    "CorrectionForm",
    "DeadlineForm",
    "DelegateForm",
    "EndForm",
    "Ground",
    "MandateForm",
    "MeetingForm",
    "NewBodyForm",
    "NewMeetingForm",
    "OutputEditForm",
    "OutputForm",
    "OutputStatusForm",
    "RevisionForm",
    "RollForm",
    "ScanForm",
    "SeatForm",
    "merge_saved",
]
