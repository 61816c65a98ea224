"""Journey 3: "a che punto siamo?", on the page, in files and in the terminal."""

import csv
import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

REPORT = "/ambiti/melzo/a-che-punto-siamo"
ROUNDED = "unità non dichiarata, media arrotondata"
LABS = {
    "LabGo Famiglia": ("14 su 28, 4 incontri", "50,0%"),
    "LabGo ISEL": ("8 su 24, 3 incontri", "33,3%"),
    "LabGo Migra": ("10 su 13, 6 incontri", "76,9%"),
    "LabGo Abitare": ("7 su 16, 2 incontri", "dati insufficienti"),
    "LabGo Giovani": ("11 su 25, 1 incontro", "dati insufficienti"),
}


def test_the_page_prints_the_sentences_of_the_source(visit: Visit) -> None:
    page = visit().open(f"{REPORT}/")
    for lab, (sentence, rate) in LABS.items():
        sheet = page.get_by_role("article", name=lab)
        expect(sheet.get_by_text(sentence, exact=True)).to_be_visible()
        expect(sheet.get_by_text(rate, exact=True)).to_be_visible()
        expect(sheet).to_contain_text("dichiarato dalla fonte")
        row = page.get_by_role("row", name=lab)
        expect(row).to_contain_text(sentence)
        expect(row).to_contain_text(rate)
    for lab in list(LABS)[:3]:
        expect(page.get_by_role("article", name=lab)).to_contain_text(ROUNDED)


def test_a_single_meeting_is_not_called_rounded(visit: Visit) -> None:
    page = visit().open(f"{REPORT}/")
    expect(page.get_by_role("article", name="LabGo Giovani")).not_to_contain_text("arrotondata")


def test_the_lab_without_data_says_nothing_of_them(visit: Visit) -> None:
    page = visit().open(f"{REPORT}/")
    silent = page.get_by_role("article", name="LabGo socio sanitario")
    expect(silent.get_by_text("nessun dato", exact=True)).to_be_visible()
    assert silent.locator("dl").count() == 0
    assert "%" not in silent.inner_text()


def test_the_district_has_its_fraction_and_its_band(visit: Visit) -> None:
    page = visit().open(f"{REPORT}/")
    whole = page.locator(
        "section", has=page.get_by_role("heading", name="L'ambito nel suo insieme")
    )
    expect(whole.get_by_text("165 su 319")).to_be_visible()
    expect(whole.get_by_text("51,7%", exact=True)).to_be_visible()
    band = "tra 49,4% e 54,1%: le medie della fonte sono arrotondate"
    expect(whole.get_by_text(band)).to_be_visible()


def test_a_telephone_has_one_line_for_each_lab_that_leads_down(visit: Visit) -> None:
    page = visit(size=PHONE, js=False).open(f"{REPORT}/")
    index = page.get_by_role("navigation", name="I laboratori")
    expect(index.get_by_role("listitem")).to_have_count(6)
    expect(index.get_by_role("listitem").filter(has_text="LabGo Migra")).to_contain_text("76,9%")
    expect(page.get_by_role("table")).to_have_count(0)
    index.get_by_role("link", name="LabGo Migra").click()
    expect(page.get_by_role("article", name="LabGo Migra")).to_be_in_viewport()


def test_it_downloads_as_pdf_spreadsheet_and_data(visit: Visit) -> None:
    page = visit().open(f"{REPORT}/")
    files = {}
    for label in ("Scaricate il PDF", "Foglio di calcolo (ODS)", "Dati (CSV)"):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).click()
        path = download.value.path()
        files[download.value.suggested_filename.rpartition(".")[2]] = path.read_bytes()
    assert files["pdf"].startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(files["ods"])) as archive:
        content = archive.read("content.xml").decode()
    assert "LabGo Migra" in content
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert any("LabGo Migra" in cell for row in rows for cell in row)


def test_the_sheet_of_one_lab_downloads_too(visit: Visit) -> None:
    page = visit().open("/ambiti/melzo/organismi/labgo-famiglia/a-che-punto-siamo/")
    expect(page.get_by_text("14 su 28, 4 incontri", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Scaricate il PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_the_terminal_prints_the_same_sentences(site: Site) -> None:
    printed = site.ordito("report", "labs", "--district", "melzo")
    for sentence, rate in LABS.values():
        assert f"{sentence} = {rate}" in printed or f"{sentence}: {rate}" in printed
    assert "165 su 319" in printed
    assert "51,7%" in printed
    assert "tra 49,4% e 54,1%: le medie della fonte sono arrotondate" in printed
