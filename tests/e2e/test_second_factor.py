"""The pages of the second factor, in the order in which someone meets them."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.e2e.checks import look, narrow, walk
from tests.e2e.conftest import DESKTOP, PHONE, USERS, Visit, sign_in
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

GATES = "secondo-fattore/"


def code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def nothing_wrong(page: Page) -> None:
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page)] == []
    page.set_viewport_size(DESKTOP)
    assert walk(page) == []


def test_every_page_of_the_second_factor_has_nothing_wrong(site: Site, visit: Visit) -> None:
    page = visit().page()
    sign_in(page, site, USERS["member"])
    page.goto(f"{site.url}/accesso/{GATES}app/")
    secret = page.locator(".one-time-code code").first.inner_text().replace(" ", "")
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Attiva").click()
    expect(page.locator("#errori")).to_be_focused()
    nothing_wrong(page)
    page.locator("input[name=code]").fill(code(secret, -1))
    page.get_by_role("button", name="Attiva").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codici di riserva")
    nothing_wrong(page)
    for address in (GATES, f"{GATES}riserva/nuovi/", f"{GATES}app/togli/", f"{GATES}conferma/"):
        page.goto(f"{site.url}/accesso/{address}")
        nothing_wrong(page)
    page.get_by_role("button", name="Uscite").click()
    page.goto(f"{site.url}/accesso/")
    page.locator("input[name=login]").fill(USERS["member"])
    page.locator("input[name=password]").fill(site.password)
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Il secondo fattore")
    nothing_wrong(page)
    page.locator("input[name=code]").fill(code(secret))
    page.get_by_role("button", name="Entrate").click()
    page.wait_for_url("**/scrivania/")


def test_the_wait_for_a_code_by_mail_has_nothing_wrong(site: Site, visit: Visit) -> None:
    page = visit().open("/accesso/")
    page.locator("input[name=email]").fill("nessuno@ordito.example")
    page.locator("input[name=email]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Controllate la posta")
    nothing_wrong(page)
    page.locator("input[name=code]").fill("AAAAAA")
    page.get_by_role("button", name="Entrate").click()
    expect(page.locator("#errori")).to_be_focused()
    nothing_wrong(page)
    assert site.url in page.url
