"""A page costs as many queries for many rows as for few, and never more than fifteen."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import Visitor, give_role, make_body, make_meeting, make_organisation, make_user
from ordito.governance import acts as governance
from ordito.governance.models import Attendance, Body, Output
from ordito.network import acts as network
from ordito.registry.models import DistrictRole
from tests.access import NOT_PUBLISHED, TABLE
from tests.tenants import Tenant, entered, kept, make_tenant

pytestmark = pytest.mark.django_db
MOST = 15
PAGES = [
    *((name, line.address) for name, line in [*TABLE.items(), *NOT_PUBLISHED]),
    ("cohesion:labs_file", "district extension=pdf"),
    ("cohesion:labs_file", "district extension=ods"),
    ("governance:meeting", "district body day=open"),
    ("governance:member_new", "district body=hidden"),
    ("network:feedback_settle", "district pk=settled"),
    ("ledger:entry", "district seq=correction"),
]


def grow(tenant: Tenant, more: int) -> None:
    """So many more of everything that a page lists."""
    boss, district, since = tenant.coordinator, tenant.district, date(2025, 1, 1)
    organisations = []
    for number in range(more):
        organisation = make_organisation(district, boss)
        organisations.append(organisation)
        governance.adhere(tenant.lab, organisation=organisation, by=boss, since=since)
        governance.grant_seat(tenant.hidden, organisation=organisation, by=boss, since=since)
        person = network.register_person(
            district, organisation=organisation, name=f"Persona {number}", by=boss
        )
        governance.designate(tenant.lab, person=person, quality="titular", by=boss)
        give_role(make_user(f"ruolo-{number}"), district, DistrictRole.Kind.DELEGATE)
        network.send_feedback(district, text="Un messaggio", token=uuid4())
    for number in range(more):
        _one_more_body(tenant, organisations, number)


def _one_more_body(tenant: Tenant, organisations: list[Any], number: int) -> None:
    boss, district = tenant.coordinator, tenant.district
    kind = Body.Kind.LAB if number % 2 else Body.Kind.TECHNICAL_TABLE
    body = make_body(district, boss, kind=kind)
    enter = governance.adhere if body.is_by_adhesion else governance.grant_seat
    enter(body, organisation=organisations[number], by=boss, since=date(2025, 1, 1))
    for where in (tenant.lab, body):
        mandate = governance.give_mandate(
            where, text="Un mandato", issuer=tenant.hidden, due_on=date(2027, 3, 1), by=boss
        )
        governance.add_output(
            where, title="Un prodotto", status=Output.Status.EXPECTED, mandate=mandate, by=boss
        )
        _meetings(where, boss, organisations, number)
    governance.set_deadline(district, due_on=date(2027, 6, 1), title="Una scadenza", by=boss)


def _meetings(body: Body, boss: Any, organisations: list[Any], number: int) -> None:
    """One with its roll closed, one still to close, one to come."""
    day = date(2025, 2, 1) + timedelta(days=number)
    closed = make_meeting(body, boss, held_on=day)
    came = organisations[: number + 1]
    roster = set(body.roster(day))
    lines = [
        governance.RollLine(
            organisation,
            Attendance.Quality.SUBSTITUTE if organisation in roster else Attendance.Quality.GUEST,
            None,
            "Qualcuno",
        )
        for organisation in came
    ]
    governance.close_roll(closed, lines=lines, seen_version=0, by=boss)
    make_meeting(body, boss, held_on=day + timedelta(days=30))
    make_meeting(body, boss, held_on=date.today() + timedelta(days=30 + number))


@pytest.fixture(scope="module")
def tenant(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tenant]:
    del django_db_setup
    with kept(django_db_blocker):
        yield make_tenant("casa")


def costs(client: Visitor, tenant: Tenant, pages: list[tuple[str, str]]) -> dict[str, int]:
    """How many queries each page that answers asks, by its name and address."""
    found = {}
    for name, address in pages:
        url = reverse(name, kwargs=tenant.address(address))
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
            b"".join(response) if response.streaming else response.content  # noqa: B018  what is streamed asks too
        if response.status_code == 200:
            found[f"{name} {address}"] = len(captured)
    return found


LISTS = [
    pair
    for pair in PAGES
    if pair[0].partition(":")[2]
    in {"desk", "district", "labs", "lab", "bodies", "body", "attendance", "calendar", "entries"}
    | {"organisations", "people", "roles", "feedback_received"}
]


@pytest.mark.parametrize(
    ("who", "pages", "more"),
    [
        ("coordinator", LISTS, 3),
        *(
            pytest.param(who, PAGES, 10, marks=pytest.mark.slow)
            for who in ("anonymous", "staff", "coordinator")
        ),
    ],
    ids=["lists", "anonymous", "staff", "coordinator"],
)
def test_a_page_costs_the_same_for_few_rows_and_for_many(
    tenant: Tenant, who: str, pages: list[tuple[str, str]], more: int
) -> None:
    user = {"anonymous": None, "staff": tenant.staff, "coordinator": tenant.coordinator}[who]
    client = entered(user)
    client.get("/")  # the session is written once a minute
    few = costs(client, tenant, pages)
    grow(tenant, more)
    many = costs(client, tenant, pages)
    assert few.keys() == many.keys()
    assert len(few) > 10
    grown = {page: (few[page], many[page]) for page in few if few[page] < many[page]}
    dear = {page: queries for page, queries in many.items() if queries > MOST}
    assert (grown, dear) == ({}, {})
