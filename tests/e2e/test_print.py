"""What comes out of the printer: one A4 sheet for each lab, without the controls of the page."""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Visit
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

# Points, as a PDF counts: 210 x 297 mm within one point.
BOX = re.compile(rb"/MediaBox\s*\[0 0 (59[45](?:\.\d+)?) (84[12](?:\.\d+)?)\]")


def printed(page: Page) -> int:
    """How many A4 pages the browser prints."""
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    assert len(BOX.findall(pdf)) == pages
    return pages


@pytest.mark.parametrize("lab", ["famiglia", "isel", "migra", "abitare", "giovani"])
def test_the_sheet_of_a_documented_lab_is_one_page(visit: Visit, lab: str) -> None:
    page = visit().open(f"/ambiti/melzo/organismi/labgo-{lab}/a-che-punto-siamo/")
    assert printed(page) == 1


def test_the_sheet_of_a_lab_with_two_years_of_meetings_is_one_page(
    site: Site, visit: Visit
) -> None:
    lab = site.samples["lab"]
    page = visit().open(f"/ambiti/valprova/organismi/{lab}/a-che-punto-siamo/")
    assert printed(page) == 1


@pytest.mark.parametrize("district", ["melzo", "valprova"])
def test_the_report_has_one_page_for_each_lab_after_its_own(visit: Visit, district: str) -> None:
    page = visit().open(f"/ambiti/{district}/a-che-punto-siamo/")
    sheets = page.get_by_role("article").count()
    assert sheets >= 5
    whole = printed(page)
    page.evaluate("() => document.querySelectorAll('article').forEach((el) => el.remove())")
    own = printed(page)
    assert whole == own + sheets
    assert own <= 2


@pytest.mark.parametrize("district", ["melzo", "valprova"])
def test_the_page_of_a_district_is_two_sheets_of_paper(visit: Visit, district: str) -> None:
    assert printed(visit().open(f"/ambiti/{district}/")) <= 2


def test_the_page_of_a_lab_is_two_sheets_of_paper(site: Site, visit: Visit) -> None:
    page = visit().open(f"/ambiti/valprova/organismi/{site.samples['lab']}/")
    assert printed(page) <= 2


@pytest.mark.parametrize("role", [None, "staff"])
def test_paper_has_no_controls_and_keeps_the_mark(visit: Visit, role: str | None) -> None:
    page = visit(role).open("/ambiti/valprova/a-che-punto-siamo/")
    page.emulate_media(media="print")
    for unwanted in ("header", "footer", "nav", "main button", ".skip-link"):
        for each in page.locator(unwanted).all():
            assert not each.is_visible(), unwanted
    assert page.get_by_text("Ambito dimostrativo").first.is_visible()


def test_a_closed_meeting_prints_without_its_forms(site: Site, visit: Visit) -> None:
    lab, day = site.samples["lab"], site.samples["closed"]
    page = visit("staff").open(f"/ambiti/valprova/organismi/{lab}/incontri/{day}/")
    page.emulate_media(media="print")
    assert [
        each for each in page.locator("button, input, summary").all() if each.is_visible()
    ] == []
    assert page.get_by_role("heading", name=re.compile("^Presenti")).is_visible()
