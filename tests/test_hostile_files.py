"""Files that are no scans, and addresses that nobody gave."""

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ordito.archive.models import StoredFile
from tests import hostile
from tests.access import TABLE
from tests.filling import Page
from tests.sheets import Office, opened_office
from tests.tenants import rows

pytestmark = pytest.mark.django_db
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    del django_db_setup
    with opened_office(django_db_blocker) as opened:
        yield opened


# --- addresses

ASKED = {
    "network:organisations": ("nome", "tipo", "pagina"),
    "network:people": ("nome", "pagina"),
    "network:feedback": ("pagina",),
    "network:feedback_received": ("pagina",),
    "governance:calendar": ("anno",),
    "ledger:entries": ("genere", "tipo", "id", "ente", "pagina"),
    "ledger:entries_csv": ("genere", "tipo", "id", "ente"),
    "account_login": ("next",),
    "account_confirm_login_code": ("codice",),
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name == "a NUL" else slow)
        for name, text in hostile.TEXTS.items()
        if len(text) < 9_000  # longer addresses never reach the application
    ],
)
def test_what_is_asked_in_the_address_breaks_no_page(office: Office, text: str) -> None:
    broken = []
    for name, parameters in ASKED.items():
        kwargs = office.home.address(TABLE[name].address) if name in TABLE else {}
        for parameter in parameters:
            response = office.client.get(reverse(name, kwargs=kwargs), {parameter: text})
            if response.status_code >= 500 or (
                "<" in text and not response.streaming and text in response.content.decode()
            ):
                broken.append(f"{name}?{parameter}: {response.status_code}")
    assert not broken


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-13-01",
        "0000-00-00",
        "2026-03-02-0",
        "2026-03-02-99",
        f"2026-03-02-{hostile.DIGITS}",
    ],
    ids=lambda day: day[:16],
)
def test_a_meeting_on_a_day_that_is_not_there_is_not_found(office: Office, day: str) -> None:
    url = f"/ambiti/{office.home.district.slug}/organismi/{office.home.lab.slug}/incontri/{day}/"
    for page in ("", "modifica/", "presenze/", "foglio-presenze.pdf", "scansione/"):
        assert office.client.get(url + page).status_code == 404, page


@pytest.mark.parametrize("number", ["0", str(2**63), hostile.DIGITS], ids=lambda n: n[:20])
def test_a_number_that_is_nobodys_is_not_found(office: Office, number: str) -> None:
    district = f"/ambiti/{office.home.district.slug}"
    body = f"{district}/organismi/{office.home.lab.slug}"
    for url in (
        f"{district}/registrazioni/{number}/",
        f"{district}/segnalazioni/ricevute/{number}/",
        f"{body}/componenti/{number}/uscita/",
        f"{body}/delegati/{number}/fine/",
        f"{body}/mandati/{number}/nuova-versione/",
        f"{body}/prodotti/{number}/stato/",
    ):
        assert office.client.get(url).status_code == 404, url[:80]
    assert office.client.post(f"{district}/ruoli/{number}/fine/").status_code == 404


# --- files


def scan_url(office: Office) -> str:
    tenant = office.home
    return reverse(
        "governance:scan_file", kwargs=tenant.address(TABLE["governance:scan_file"].address)
    )


def kept_files() -> set[Path]:
    return {path for path in Path(settings.ORDITO_DATA, "files").rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", hostile.BAD_FILES)
def test_a_file_that_is_no_scan_is_refused(office: Office, name: str) -> None:
    before, files = rows(), kept_files()
    response = office.client.post(
        scan_url(office), {"scan": SimpleUploadedFile(*hostile.BAD_FILES[name], "application/pdf")}
    )
    page = Page(response.content.decode())
    assert response.status_code == 422
    assert len(page.by_id["id_scan_error"].split()) > 3
    assert (rows(), kept_files()) == (before, files)


@pytest.mark.parametrize("name", hostile.GOOD_FILES)
def test_a_scan_with_an_odd_name_is_kept_and_given_back_harmless(office: Office, name: str) -> None:
    given = hostile.GOOD_FILES[name]
    response = office.client.post(scan_url(office), {"scan": SimpleUploadedFile(*given)})
    assert response.status_code == 302
    stored = StoredFile.objects.latest("pk")
    assert not set(stored.name) & {"/", "\\", "\r", "\n", "\x00", "\u202e"}
    page = office.client.get(response["Location"]).content.decode()
    assert "<script>alert" not in page
    url = reverse(
        "governance:scan", kwargs=office.home.address("district body day") | {"uid": stored.uid}
    )
    answer = office.client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer) == given[1]


@pytest.mark.parametrize("megabytes", [25, pytest.param(200, marks=slow)])
def test_a_scan_past_the_limit_is_refused_and_not_held_in_memory(
    office: Office, megabytes: int
) -> None:
    before, files = rows(), kept_files()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kB
    upload = hostile.Upload(megabytes * 2**20)
    response = office.client.request(PATH_INFO=scan_url(office), **upload.environment)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    said = Page(response.content.decode()).by_id["id_scan_error"]
    assert response.status_code == 422
    assert f"pesa {megabytes} MB" in said
    assert "20 MB" in said
    assert grown < 40_000
    assert (rows(), kept_files()) == (before, files)


def test_a_form_longer_than_any_page_is_refused(office: Office) -> None:
    """More than a form may hold: told so, without a fault."""
    sheet = next(sheet for sheet in office.sheets if sheet.name == "governance:body_new")
    for content in ({"name": "x" * 3_000_000}, {f"x{number}": "" for number in range(6_000)}):
        answer = office.send(sheet, content)
        assert answer.status == 400
        assert not answer.changed
