"""The demonstration: what it invents must look like work that was done."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ordito.governance.models import Meeting, Output
from ordito.ledger.models import Interaction
from ordito.registry.models import District
from ordito.web.demo import invented
from ordito.web.demo.workdays import easter, is_workday, workday


@pytest.fixture(scope="module")
def valprova(django_db_setup, django_db_blocker):  # noqa: ARG001  it makes the database
    """The invented district, loaded once and taken away."""
    with django_db_blocker.unblock(), transaction.atomic():
        invented.load("parola-di-prova-1")
        yield District.objects.get(slug="valprova")
        transaction.set_rollback(True)


def test_no_fact_is_of_a_day_that_has_not_come(valprova):
    today = timezone.localdate()
    planned = "governance.meeting_opened"  # an appointment, not yet a fact

    facts = Interaction.objects.filter(district=valprova).exclude(kind=planned)

    assert facts.count() > 400
    assert not facts.filter(occurred_on__gt=today).exists()
    assert not Output.objects.filter(body__district=valprova, status_on__gt=today).exists()


def test_a_product_moves_on_a_day_of_its_own_and_not_when_it_is_due(valprova):
    moved = Output.objects.filter(body__district=valprova, status_on__isnull=False)

    assert moved.count() == 7
    assert all(output.status_on != output.due_on for output in moved)
    assert all(is_workday(output.status_on) for output in moved)


def test_nobody_meets_on_a_day_of_rest(valprova):
    days = Meeting.objects.filter(body__district=valprova).values_list("held_on", flat=True)

    assert len(days) > 80
    assert [day for day in days if not is_workday(day)] == []


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter_moves(year, month, day):
    assert easter(year) == date(year, month, day)
    assert not is_workday(date(year, month, day) + timedelta(days=1))


@pytest.mark.parametrize(
    "rest", ["2026-12-25", "2027-01-01", "2025-05-01", "2025-08-15", "2026-04-06", "2026-11-21"]
)
def test_a_day_of_rest_gives_way_to_the_working_day_before(rest):
    found = workday(date.fromisoformat(rest))

    assert not is_workday(date.fromisoformat(rest))
    assert is_workday(found)
    assert 0 < (date.fromisoformat(rest) - found).days <= 4
