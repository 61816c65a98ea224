"""Many at once: each thing that happens only once has one winner, and the chain never forks."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from conftest import Cast, give_role, make_district, make_meeting, make_user
from ordito.accounts.models import User
from ordito.governance import acts as governance
from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Meeting
from ordito.ledger.kinds import Kind, Tie
from ordito.ledger.models import Interaction
from ordito.ledger.record import PRESENT, AlreadyRecorded, record
from ordito.ledger.verify import verify
from ordito.network import acts as network
from ordito.registry.models import DistrictRole

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 50 if os.environ.get("TESTS_FULL") == "1" else 10
THREADS = 16
NOTED = Kind("prove.noted", Tie.NONE, "Nota di prova")
COORDINATOR = DistrictRole.Kind.PLAN_COORDINATOR
# How an act says no; any other exception fails the test.
REFUSALS = (ValidationError, AlreadyRecorded, PermissionDenied)


@pytest.fixture(autouse=True, scope="module")
def _ledger_that_can_be_emptied(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Between these tests every table is emptied, which the triggers of the ledger refuse."""
    del django_db_setup
    triggers = import_module("ordito.ledger.migrations.0002_append_only")
    with django_db_blocker.unblock():
        in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
        assert not in_memory, "Threads share nothing in a database in memory."
        with connection.schema_editor() as editor:
            triggers.remove(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        triggers.add(None, editor)


def at_once(act: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """What came of the act in each thread, all set off together: its result, or its refusal."""
    barrier = threading.Barrier(threads, timeout=30)

    def run(number: int) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait()
            return act(number)
        except REFUSALS as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def refusals(outcomes: list[Any]) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def fresh(user: User) -> User:
    """The user as another request loads it: nothing read before is remembered."""
    return User.objects.get(pk=user.pk)


def a_line(cast: Cast, number: int) -> RollLine:
    return RollLine(cast.coop, Attendance.Quality.SUBSTITUTE, person_name=f"Persona {number}")


def names_on(meeting: Meeting) -> list[str]:
    return list(meeting.attendances.values_list("person_name", flat=True))


def test_many_acts_at_once_never_fork_the_chain(cast: Cast) -> None:
    before = verify(cast.district).entries
    for turn in range(1, ROUNDS + 1):
        entries = at_once(
            lambda number: record(
                NOTED,
                district=cast.district,
                on=None,
                about=cast.lab,
                by=cast.anna,
                parties={PRESENT: [cast.coop, cast.comune]},
                note=f"n. {number}",
            )
        )
        verdict = verify(cast.district)
        assert (verdict.broken_at, verdict.entries) == (None, before + turn * THREADS)
        first = verdict.entries - THREADS + 1
        assert sorted(entry.seq for entry in entries) == list(range(first, verdict.entries + 1))


def test_a_roll_closed_by_many_at_once_is_closed_by_one(cast: Cast) -> None:
    for turn in range(ROUNDS):
        meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, 1, 1 + turn % 28))
        outcomes = at_once(
            lambda number: governance.close_roll(
                Meeting.objects.get(pk=meeting.pk),  # noqa: B023  used within the round
                lines=[a_line(cast, number)],
                seen_version=0,
                by=fresh(cast.anna),
            )
        )
        assert [refusal.code for refusal in refusals(outcomes)] == ["closed"] * (THREADS - 1)
        assert names_on(meeting) == [f"Persona {outcomes.index(None)}"]
        assert Interaction.objects.filter(key=f"roll:{meeting.pk}").count() == 1
    assert verify(cast.district).broken_at is None


def test_a_form_sent_many_times_at_once_opens_one_meeting(cast: Cast) -> None:
    for turn in range(ROUNDS):
        held_on = date(2026, 2, 1 + turn % 28)
        outcomes = at_once(
            lambda _number: governance.open_meeting(
                cast.lab,
                held_on=held_on,  # noqa: B023  used within the round
                by=fresh(cast.anna),
                key=f"modulo {turn}",  # noqa: B023  used within the round
            )
        )
        assert [type(one) for one in refusals(outcomes)] == [AlreadyRecorded] * (THREADS - 1)
        [meeting] = [one for one in outcomes if isinstance(one, Meeting)]
        opened = Interaction.objects.get(district=cast.district, key=f"modulo {turn}")
        assert opened.subject_id == str(meeting.pk)
        assert {one.entry_id for one in refusals(outcomes)} == {opened.pk}
    assert Meeting.objects.filter(body=cast.lab).count() == ROUNDS


def test_different_forms_at_once_open_meetings_in_turn(cast: Cast) -> None:
    at_once(
        lambda _n: governance.open_meeting(
            cast.lab, held_on=date(2026, 3, 3), by=cast.anna, is_another=True
        )
    )
    turns = Meeting.objects.filter(body=cast.lab).values_list("turn", flat=True)
    assert sorted(turns) == list(range(1, THREADS + 1))


def test_two_coordinators_who_end_each_other_leave_one() -> None:
    for turn in range(ROUNDS):
        district = make_district()
        users = [make_user(f"coordina-{turn}-{number}") for number in range(2)]
        roles = [give_role(user, district, COORDINATOR) for user in users]
        if turn % 2:  # one given today is deleted, an older one is closed
            DistrictRole.objects.filter(district=district).update(since=date(2025, 1, 1))
        outcomes = at_once(
            lambda number: network.end_role(
                DistrictRole.objects.get(pk=roles[1 - number].pk),  # noqa: B023  in the round
                by=fresh(users[number]),  # noqa: B023  used within the round
            ),
            threads=2,
        )
        standing = DistrictRole.objects.in_force(date.today()).filter(district=district)
        assert len(refusals(outcomes)) == 1
        assert [role.user for role in standing] == [users[outcomes.index(None)]]


def test_a_roll_saved_by_many_at_once_keeps_one_version(cast: Cast) -> None:
    for turn in range(ROUNDS):
        meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, 1, 1 + turn % 28))
        outcomes = at_once(
            lambda number: governance.save_roll(
                Meeting.objects.get(pk=meeting.pk),  # noqa: B023  used within the round
                lines=[a_line(cast, number)],
                seen_version=0,
                by=fresh(cast.anna),
            )
        )
        assert [refusal.code for refusal in refusals(outcomes)] == ["stale"] * (THREADS - 1)
        assert names_on(meeting) == [f"Persona {outcomes.index(None)}"]
        assert Meeting.objects.get(pk=meeting.pk).roll_version == 1
