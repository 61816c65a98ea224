"""Who may keep the registers of a district."""

from django.contrib.auth.models import AnonymousUser

from ordito.accounts.models import User
from ordito.registry.models import District
from ordito.registry.rules import is_coordinator_of, is_staff_of


def can_keep_registers(user: User | AnonymousUser, district: District) -> bool:
    """The plan office keeps organisations and people (LR 3/2008 art. 18 c. 10)."""
    return is_staff_of(user, district)


def can_assign_roles(user: User | AnonymousUser, district: District) -> bool:
    """Only the coordinator says who does what in the office."""
    return is_coordinator_of(user, district)


def can_fill_notices(user: User | AnonymousUser, district: District) -> bool:
    """The coordinator answers for the notices of the public pages."""
    return is_coordinator_of(user, district)


def can_settle_feedback(user: User | AnonymousUser, district: District) -> bool:
    """The plan office answers those who write to it."""
    return is_staff_of(user, district)
