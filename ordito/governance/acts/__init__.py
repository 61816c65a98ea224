"""What can be done in the governance of a district."""

from ordito.governance.acts.bodies import (
    adhere,
    amend_body,
    designate,
    end_body_role,
    end_designation,
    end_seat,
    establish_body,
    give_body_role,
    grant_seat,
    withdraw_adhesion,
)
from ordito.governance.acts.corrections import correct_roll, revise_roll
from ordito.governance.acts.mandates import (
    add_output,
    amend_mandate,
    amend_output,
    give_mandate,
    set_output_status,
)
from ordito.governance.acts.meetings import (
    amend_meeting,
    cancel_meeting,
    file_scan,
    open_meeting,
    remove_deadline,
    set_deadline,
    state_attendance,
    state_meeting,
)
from ordito.governance.acts.roll import close_roll, save_roll
from ordito.governance.roll_lines import RollLine

__all__ = [
    "RollLine",
    "add_output",
    "adhere",
    "amend_body",
    "amend_mandate",
    "amend_meeting",
    "amend_output",
    "cancel_meeting",
    "close_roll",
    "correct_roll",
    "designate",
    "end_body_role",
    "end_designation",
    "end_seat",
    "establish_body",
    "file_scan",
    "give_body_role",
    "give_mandate",
    "grant_seat",
    "open_meeting",
    "remove_deadline",
    "revise_roll",
    "save_roll",
    "set_deadline",
    "set_output_status",
    "state_attendance",
    "state_meeting",
    "withdraw_adhesion",
]
