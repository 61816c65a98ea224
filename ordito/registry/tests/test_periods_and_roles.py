"""Dates of what holds for a time, and who is who in a district."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from conftest import give_role, make_user
from ordito.accounts.models import User
from ordito.registry.models import District, DistrictRole, DistrictTerritory, Territory
from ordito.registry.rules import has_role, is_coordinator_of, is_staff_of, needs_second_factor

Kind = DistrictRole.Kind


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        (date(2026, 1, 1), None, True),
        (date(2026, 6, 1), None, True),
        (date(2026, 6, 2), None, False),
        (None, date(2026, 6, 1), True),
        (None, date(2026, 5, 31), False),
    ],
)
@pytest.mark.django_db
def test_a_fact_holds_from_its_first_day_to_its_last(since, until, holds):
    Territory.objects.create(kind=Territory.Kind.MUNICIPALITY, name="X", since=since, until=until)

    assert Territory.objects.in_force(date(2026, 6, 1)).exists() is holds


@pytest.mark.django_db
def test_nothing_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        Territory.objects.create(
            kind=Territory.Kind.MUNICIPALITY,
            name="X",
            since=date(2026, 2, 1),
            until=date(2026, 1, 1),
        )


@pytest.mark.django_db
def test_a_merged_municipality_keeps_its_predecessors_and_their_code():
    old = Territory.objects.create(
        kind=Territory.Kind.MUNICIPALITY,
        name="Vecchio",
        istat_code="015001",
        until=date(2019, 1, 1),
    )
    new = Territory.objects.create(
        kind=Territory.Kind.MUNICIPALITY, name="Nuovo", istat_code="015001", since=date(2019, 1, 2)
    )
    new.predecessors.add(old)

    assert list(old.successors.all()) == [new]
    with pytest.raises(IntegrityError):
        Territory.objects.create(
            kind=Territory.Kind.MUNICIPALITY, name="Doppio", istat_code="015001"
        )


def reloaded(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("kind", "is_staff", "is_coordinator"),
    [
        (Kind.PLAN_COORDINATOR, True, True),
        (Kind.PLAN_STAFF, True, False),
        (Kind.MAYOR, False, False),
        (Kind.DELEGATE, False, False),
        (Kind.REGIONAL_OFFICER, False, False),
    ],
)
def test_what_each_role_is(cast, kind, is_staff, is_coordinator):
    user = make_user("Elio")
    give_role(user, cast.district, kind)

    assert has_role(user, cast.district)
    assert is_staff_of(user, cast.district) is is_staff
    assert is_coordinator_of(user, cast.district) is is_coordinator
    assert needs_second_factor(user) is is_staff
    assert not has_role(user, cast.elsewhere)


def test_a_role_that_ended_yesterday_gives_nothing(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    DistrictRole.objects.filter(user=cast.bruno).update(until=yesterday)

    assert not has_role(reloaded(cast.bruno), cast.district)
    assert not District.objects.of(cast.bruno).exists()


@pytest.mark.django_db
def test_a_municipality_changes_district_on_a_day(cast):
    town = Territory.objects.create(kind=Territory.Kind.MUNICIPALITY, name="Confine")
    for district, since, until in (
        (cast.district, None, date(2020, 12, 31)),
        (cast.elsewhere, date(2021, 1, 1), None),
    ):
        DistrictTerritory.objects.create(
            district=district, territory=town, since=since, until=until
        )

    then, now = (
        DistrictTerritory.objects.in_force(day).get(territory=town).district
        for day in (date(2020, 6, 1), date(2021, 6, 1))
    )
    assert (then, now) == (cast.district, cast.elsewhere)
