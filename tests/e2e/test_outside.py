"""Journey 6: the district from outside, without personal data, in two languages."""

import re

import polib
import pytest
from playwright.sync_api import expect

from tests.e2e.checks import look
from tests.e2e.conftest import DESKTOP, PHONE, Visit
from tests.e2e.public import files_under, pages_under, said
from tests.e2e.site import ROOT, Site

pytestmark = pytest.mark.browser

DISTRICTS = ("melzo", "tradate", "valprova")
TEXT = re.compile(r">([^<>]+)<")
FOOTER = ("Informativa sulla privacy", "Dichiarazione di accessibilità", "Segnalate un problema")


def test_no_public_page_says_the_name_or_the_address_of_a_person(site: Site, visit: Visit) -> None:
    pages = pages_under(visit().context.request, site, "/")
    assert len(pages) > 150
    secrets = site.samples["secrets"]
    assert len(secrets) > 50
    leaks = [(path, s) for path, text in pages.items() for s in secrets if s in said(text)]
    assert leaks == []


def test_no_public_file_says_the_name_or_the_address_of_a_person(site: Site, visit: Visit) -> None:
    files = files_under(visit().context.request, site, "/")
    assert {path.partition("?")[0].rpartition(".")[2] for path in files} >= {"csv", "ods", "ics"}
    secrets = site.samples["secrets"]
    assert [(path, s) for path, text in files.items() for s in secrets if s in text] == []


def test_every_public_page_links_the_notices_and_the_feedback_form(
    site: Site, visit: Visit
) -> None:
    pages = pages_under(visit().context.request, site, "/")
    missing = [
        (path, label)
        for path, text in pages.items()
        for label in FOOTER
        if label not in said(text).partition("<footer")[2]
    ]
    assert missing == []


@pytest.mark.parametrize("district", DISTRICTS)
def test_the_notices_of_each_district_open(visit: Visit, district: str) -> None:
    page = visit().open(f"/ambiti/{district}/")
    for label in FOOTER:
        page.get_by_role("contentinfo").get_by_role("link", name=label).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(label)


def test_the_notices_say_who_answers_where_the_office_has_filled_them(visit: Visit) -> None:
    page = visit().open("/ambiti/valprova/privacy/")
    expect(page.get_by_role("main")).to_contain_text("Comune di Valprova (inventato)")
    page = visit().open("/ambiti/melzo/privacy/")
    expect(page.get_by_text("Informativa da completare")).to_be_visible()


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_feedback_needs_neither_an_account_nor_scripts(visit: Visit, js: bool) -> None:
    page = visit(None, PHONE, js=js).open("/ambiti/tradate/organismi/")
    page.get_by_role("contentinfo").get_by_role("link", name="Segnalate un problema").click()
    text = f"Prova con script: {js}"
    page.get_by_label("Che cosa non va, o che cosa proponete").fill(text)
    page.get_by_role("button", name="Inviate").click()
    expect(page.get_by_text("Messaggio ricevuto")).to_be_visible()


def test_staff_read_the_feedback_that_was_left(visit: Visit) -> None:
    page = visit("staff").open("/ambiti/valprova/segnalazioni/ricevute/")
    page.get_by_role("main").get_by_role("link", name="Ricevuta il").last.click()
    expect(page.get_by_text("La pagina è chiara.")).to_be_visible()


def test_staff_are_warned_until_the_notices_are_filled(visit: Visit) -> None:
    page = visit("melzo").open("/ambiti/melzo/")
    warning = page.get_by_text("Le informative pubbliche non sono complete")
    expect(warning).to_be_visible()
    page.get_by_role("link", name="Completatele").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("informative", ignore_case=True)


def test_nobody_is_warned_where_they_are_filled_nor_outside(visit: Visit) -> None:
    warning = "Le informative pubbliche non sono complete"
    expect(visit("staff").open("/ambiti/valprova/").get_by_text(warning)).to_have_count(0)
    expect(visit().open("/ambiti/melzo/").get_by_text(warning)).to_have_count(0)


def test_the_pages_are_in_english_for_whoever_asks(visit: Visit) -> None:
    page = visit().open("/ambiti/melzo/")
    assert page.locator("html").get_attribute("lang") == "it"
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/ambiti/melzo/")
    assert page.locator("html").get_attribute("lang") == "en"
    for label in ("Privacy notice", "Accessibility statement", "Report a problem"):
        expect(page.get_by_role("contentinfo").get_by_role("link", name=label)).to_be_visible()
    assert [*look(page, DESKTOP), *look(page, PHONE)] == []
    page.get_by_role("button", name="Italiano").click()
    assert page.locator("html").get_attribute("lang") == "it"


def test_no_words_of_a_page_stay_italian_in_english(site: Site, visit: Visit) -> None:
    pages = pages_under(visit().context.request, site, "/ambiti/melzo/", language="en")
    assert len(pages) > 30
    italian = _translated_words()
    assert len(italian) > 100
    left = {
        (path, text)
        for path, source in pages.items()
        for text in TEXT.findall(source)
        if said(text).strip() in italian
    }
    assert left == set()


def _translated_words() -> set[str]:
    """What the templates say in Italian, and otherwise in English."""
    catalogue = polib.pofile(str(ROOT / "ordito/locale/en/LC_MESSAGES/django.po"))
    return {
        entry.msgid
        for entry in catalogue
        if entry.msgstr not in ("", entry.msgid)
        and any(path.endswith(".html") for path, _line in entry.occurrences)
    }


def test_pages_of_the_office_are_closed_to_strangers_and_delegates(visit: Visit) -> None:
    page = visit().open("/ambiti/valprova/persone/")
    expect(page.locator("input[name=password]")).to_be_visible()
    page = visit("delegate").open("/ambiti/valprova/persone/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Non consentito")
    page = visit("melzo").open("/ambiti/valprova/persone/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pagina non trovata")
