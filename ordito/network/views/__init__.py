"""The pages of organisations, people, roles, notices and feedback."""

from ordito.network.views.feedback import feedback, feedback_received, feedback_settle, notices
from ordito.network.views.organisations import (
    affiliation_end,
    affiliation_new,
    organisation,
    organisation_edit,
    organisation_new,
    organisations,
)
from ordito.network.views.people import people, person, person_new, role_end, role_new, roles

__all__ = [
    "affiliation_end",
    "affiliation_new",
    "feedback",
    "feedback_received",
    "feedback_settle",
    "notices",
    "organisation",
    "organisation_edit",
    "organisation_new",
    "organisations",
    "people",
    "person",
    "person_new",
    "role_end",
    "role_new",
    "roles",
]
