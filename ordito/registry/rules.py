"""Who is who in a district."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from ordito.accounts.models import User
from ordito.registry.models import District, DistrictRole


def roles_of(user: User | AnonymousUser) -> list[DistrictRole]:
    """The roles that the user holds today, in every district; read once for a loaded user."""
    if not user.is_authenticated:
        return []
    if "roles" not in user.memo:
        in_force = DistrictRole.objects.in_force(date.today())
        user.memo["roles"] = list(in_force.filter(user=user).select_related("district"))
    return user.memo["roles"]


def has_role(user: User | AnonymousUser, district: District) -> bool:
    """Whoever holds any role in the district today."""
    return any(role.district_id == district.pk for role in roles_of(user))


def is_staff_of(user: User | AnonymousUser, district: District) -> bool:
    """The plan office of the district: its coordinator and its staff."""
    return any(
        role.district_id == district.pk and role.kind in DistrictRole.STAFF
        for role in roles_of(user)
    )


def is_coordinator_of(user: User | AnonymousUser, district: District) -> bool:
    """Who answers for the plan office of the district."""
    return any(
        role.district_id == district.pk and role.kind == DistrictRole.Kind.PLAN_COORDINATOR
        for role in roles_of(user)
    )


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Staff of any district signs in with a second factor; delegates are volunteers."""
    return any(role.kind in DistrictRole.STAFF for role in roles_of(user))
