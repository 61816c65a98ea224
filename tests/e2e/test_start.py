"""Journey 1: a demonstration starts, answers, and says who can sign in."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import USERS, Visit
from tests.e2e.site import Site

pytestmark = pytest.mark.browser


def test_the_server_says_its_address_and_the_demo_sign_ins(site: Site) -> None:
    assert f"{site.url}/" in site.announced
    assert [email for email in USERS.values() if email not in site.announced] == []
    assert site.password in site.announced


def test_it_answers_that_it_is_alive_and_ready(site: Site, visit: Visit) -> None:
    asking = visit().context.request
    assert [asking.get(f"{site.url}/{path}").text() for path in ("healthz", "readyz")] == ["ok"] * 2


def test_the_first_page_leads_to_the_three_districts(visit: Visit) -> None:
    page = visit().open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A che punto siamo?")
    names = ("Distretto 5 - Melzo", "Ambito distrettuale di Tradate", "Ambito di Valprova")
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_second_demo_keeps_the_data(site: Site) -> None:
    before = site.ordito("verify", "--format", "json")
    password = site.password
    site.ordito("demo")
    assert site.password == password
    assert site.ordito("verify", "--format", "json") == before


def test_signing_in_leads_to_the_desk(visit: Visit) -> None:
    page = visit("staff").open("/scrivania/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Che cosa mi aspetta?")
    expect(page.get_by_role("link", name="Ambito di Valprova", exact=True)).to_be_visible()
