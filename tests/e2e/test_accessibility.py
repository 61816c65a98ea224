"""Every page, for everyone who sees it, on a desk and on a phone: axe and our own checks."""

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.addresses import NO_PAGE, PAGES, STATES, address, routes
from tests.e2e.checks import look, narrow, walk
from tests.e2e.conftest import DESKTOP, PHONE, Visit, Visitor, close
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

SEEN = [(route, role) for route, (_arguments, roles) in PAGES.items() for role in roles]
BY_KEYBOARD = [(route, roles[-1]) for route, (_arguments, roles) in PAGES.items()]


@pytest.fixture(scope="module")
def pages(open_visitor: Visit) -> Iterator[dict[str, tuple[Visitor, Page]]]:
    """One page for each role, used again by every test."""
    opened: dict[str, tuple[Visitor, Page]] = {}
    for role in ("anonymous", "delegate", "staff", "melzo"):
        visitor = open_visitor(None if role == "anonymous" else role)
        opened[role] = visitor, visitor.page()
    yield opened
    for visitor, _page in opened.values():
        close(visitor.context)


def go(pages: dict[str, tuple[Visitor, Page]], role: str, url: str) -> tuple[Visitor, Page, int]:
    """Open an address on the page of a role; return the status of the answer too."""
    visitor, page = pages[role]
    visitor.wrongs.clear()
    page.set_viewport_size(DESKTOP)
    answer = page.goto(visitor.site.url + url)
    assert answer
    return visitor, page, answer.status


def test_every_route_is_looked_at_or_says_why_not() -> None:
    known, named = {*PAGES, *NO_PAGE}, set(routes())
    assert named - known == set()
    assert known - named == set()
    assert PAGES.keys() & NO_PAGE.keys() == set()


@pytest.mark.parametrize(("route", "role"), SEEN, ids=[f"{r}-{who}" for r, who in SEEN])
def test_a_page_has_nothing_wrong(
    site: Site, pages: dict[str, tuple[Visitor, Page]], route: str, role: str
) -> None:
    url = address(route, site.samples)
    visitor, page, status = go(pages, role, url)
    assert (status, page.url) == (200, site.url + url)
    assert page.locator("html").get_attribute("lang") == "it"
    assert page.locator("h1").count() == 1
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page), *visitor.wrongs] == []


@pytest.mark.parametrize(("url", "role"), STATES.items())
def test_a_state_of_a_page_has_nothing_wrong(
    pages: dict[str, tuple[Visitor, Page]], url: str, role: str
) -> None:
    visitor, page, _status = go(pages, role, url)
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page), *visitor.wrongs] == []


@pytest.mark.parametrize("route", ["governance:attendance", "governance:meeting", "ledger:entry"])
def test_nothing_is_wrong_when_the_details_are_open(
    site: Site, pages: dict[str, tuple[Visitor, Page]], route: str
) -> None:
    visitor, page, _status = go(pages, "staff", address(route, site.samples))
    page.evaluate("() => document.querySelectorAll('details').forEach((el) => { el.open = true; })")
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page), *visitor.wrongs] == []


@pytest.mark.parametrize(("route", "role"), BY_KEYBOARD, ids=[r for r, _who in BY_KEYBOARD])
def test_the_keyboard_reaches_everything_and_is_never_caught(
    site: Site, pages: dict[str, tuple[Visitor, Page]], route: str, role: str
) -> None:
    _visitor, page, _status = go(pages, role, address(route, site.samples))
    assert walk(page) == []


@pytest.mark.parametrize("url", ["/", "/ambiti/valprova/", "/accesso/"])
def test_the_first_tab_skips_to_the_content(
    pages: dict[str, tuple[Visitor, Page]], url: str
) -> None:
    _visitor, page, _status = go(pages, "anonymous", url)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip-link"
    box = page.locator(".skip-link").bounding_box()
    assert box
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.tagName") == "MAIN"


@pytest.mark.parametrize("role", ["anonymous", "delegate", "staff"])
def test_no_two_pages_have_the_same_title(
    site: Site, pages: dict[str, tuple[Visitor, Page]], role: str
) -> None:
    asking = pages[role][0].context.request
    titles = {}
    for route, (_arguments, roles) in PAGES.items():
        if role in roles:
            text = asking.get(site.url + address(route, site.samples)).text()
            titles[route] = text.partition("<title>")[2].partition("</title>")[0].strip()
    # The form of a scan stands on the page of its meeting.
    titles.pop("governance:scan_file", "")
    twice = [title for title, n in Counter(titles.values()).items() if n > 1]
    assert {title: [r for r, t in titles.items() if t == title] for title in twice} == {}
    assert [route for route, title in titles.items() if not title.endswith("· Ordito")] == []
    assert [route for route, title in titles.items() if len(title) < 15] == []
