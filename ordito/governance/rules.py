"""Who may change the governance of a district and record its meetings."""

from django.contrib.auth.models import AnonymousUser

from ordito.accounts.models import User
from ordito.governance.models import Meeting
from ordito.registry.models import District
from ordito.registry.rules import is_staff_of


def can_keep_bodies(user: User | AnonymousUser, district: District) -> bool:
    """The plan office keeps bodies, rosters, mandates and outputs (LR 3/2008 art. 18 c. 10)."""
    return is_staff_of(user, district)


def can_convene(user: User | AnonymousUser, district: District) -> bool:
    """The plan office opens the meetings of every body of its district."""
    return is_staff_of(user, district)


def can_take_roll(user: User | AnonymousUser, meeting: Meeting) -> bool:
    """The plan office takes the roll."""
    return is_staff_of(user, meeting.body.district)


def can_correct_roll(user: User | AnonymousUser, meeting: Meeting) -> bool:
    """The plan office corrects a closed roll, with a new entry."""
    return is_staff_of(user, meeting.body.district)


def can_file_scan(user: User | AnonymousUser, meeting: Meeting) -> bool:
    """The plan office files the signed sheet, before or after closing."""
    return is_staff_of(user, meeting.body.district)
