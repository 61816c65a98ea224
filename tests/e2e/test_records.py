"""Journey 5: any number opens, down to the records behind it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site

pytestmark = pytest.mark.browser


def test_a_fraction_of_the_report_opens_down_to_the_entry_and_its_organisations(
    site: Site, visit: Visit
) -> None:
    lab = site.samples["lab"]
    page = visit().open(f"/ambiti/valprova/organismi/{lab}/a-che-punto-siamo/")
    article = page.get_by_role("article")
    fraction = article.get_by_role("link", name=re.compile(r"registrazioni.*\d+ su \d+")).first
    said = re.search(r"\d+ su \d+", fraction.inner_text())
    assert said
    fraction.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registrazioni")
    closing = page.get_by_role("row").filter(has_text="Presenze di un incontro").first
    closing.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Enti")).to_be_visible()
    present, roster = said[0].split(" su ")
    for number in (present, roster):
        expect(page.locator("dd").get_by_text(number, exact=True).first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("L'impronta lega questa registrazione")


def test_the_entry_of_a_meeting_lists_as_many_organisations_as_its_number(
    site: Site, visit: Visit
) -> None:
    lab, closed = site.samples["lab"], site.samples["closed"]
    page = visit("staff").open(f"/ambiti/valprova/organismi/{lab}/incontri/{closed}/")
    link = page.locator(".figure a")
    present = int(link.inner_text().split(" su ")[0])
    link.click()
    came = page.locator("dt:text-is('Presente') + dd li")
    assert came.count() == present


def test_a_stated_mean_opens_down_to_its_source(visit: Visit) -> None:
    page = visit().open("/ambiti/melzo/a-che-punto-siamo/")
    of_lab = page.get_by_role("article", name="LabGo Migra")
    of_lab.get_by_role("link", name="LabGo Migra", exact=True).click()
    sheet = page.get_by_role("article")
    expect(sheet.get_by_text("dichiarato dalla fonte")).to_be_visible()
    expect(sheet).to_contain_text("La governance territoriale: a che punto siamo?")
    sheet.get_by_role("link", name="12/12/2016").click()
    expect(page.get_by_text("La fonte riporta l'incontro e non chi c'era.")).to_be_visible()


def test_a_correction_names_the_entry_it_corrects(site: Site, visit: Visit) -> None:
    seq = site.samples["entry"]
    page = visit().open(f"/ambiti/valprova/registrazioni/{seq}/")
    page.locator("dt:text-is('Corregge') + dd a").click()
    expect(page.get_by_text("Questa registrazione non vale più com'è")).to_be_visible()
    page.get_by_role("link", name=f"la n. {seq}").click()
    page.wait_for_url(f"**/registrazioni/{seq}/")


def test_the_chain_of_the_demonstration_is_whole(site: Site) -> None:
    printed = site.ordito("verify", "--format", "json")
    assert '"valprova"' in printed
