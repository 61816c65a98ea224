"""Whatever is written in a form: a clear answer, nothing lost of what was typed, nothing changed."""

import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve, reverse

from conftest import Visitor
from ordito.archive.models import StoredFile
from tests import hostile
from tests.access import TABLE
from tests.filling import Control, Form, Page, filled
from tests.tenants import Tenant, entered, kept, make_tenant, rows

pytestmark = pytest.mark.django_db
slow = pytest.mark.slow
TEXTUAL = {"text", "textarea", "email", "url", "tel", "search"}
ROLL = "governance:attendance"  # a form of its own: see the tests of its page


@dataclass
class Sheet:
    """A form of the site, as its page shows it."""

    name: str
    url: str
    form: Form

    def controls(self, *kinds: str) -> list[Control]:
        return [control for control in self.form.controls.values() if control.kind in kinds]


@dataclass
class Answer:
    """What came of sending a form: the sent fields, the answer, and whether rows changed."""

    sent: dict[str, Any]
    response: Any
    changed: bool
    following: Any = None

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.content.decode()


@dataclass
class Office:
    """A district, its coordinator's browser and every form that it shows."""

    home: Tenant
    foreign: Tenant
    client: Visitor
    sheets: list[Sheet]

    def post(self, sheet: Sheet, content: dict[str, Any]) -> Any:
        """Send a form as browsers do: in parts only where it carries a file."""
        if sheet.form.is_multipart:
            return self.client.post(sheet.url, content)
        kind = "application/x-www-form-urlencoded"
        return self.client.post(sheet.url, urlencode(content), content_type=kind)

    def send(self, sheet: Sheet, content: dict[str, Any]) -> Answer:
        """Send a form and read where it leads; all is undone."""
        with transaction.atomic():
            before = rows()
            response = self.post(sheet, content)
            answer = Answer(content, response, changed=rows() != before)
            if response.status_code == 302:
                answer.following = self.client.get(response["Location"])
            transaction.set_rollback(True)
        return answer


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    del django_db_setup
    with kept(django_db_blocker):
        home, foreign = make_tenant("casa"), make_tenant("fuori")
        client = entered(home.coordinator)
        yield Office(home, foreign, client, list(_sheets(home, client)))


def _sheets(tenant: Tenant, client: Visitor) -> Iterator[Sheet]:
    for name, line in TABLE.items():
        if line.get["coordinator"] == 200 and 405 not in line.post.values():
            url = reverse(name, kwargs=tenant.address(line.address))
            for form in Page(client.get(url).content.decode()).sheets:
                where = form.action or url
                yield Sheet(resolve(where).view_name, where, form)


def troubles(sheet: Sheet, answer: Answer, *, refused: bool | None = None) -> list[str]:
    """What is wrong with an answer to a form. `refused`: whether it had to be."""
    where = f"{sheet.name}"
    if answer.status >= 500 or answer.status not in {200, 302, 422}:
        return [f"{where}: {answer.status}"]
    found = []
    if refused is not None and refused != (answer.status == 422):
        found.append(f"{where}: {answer.status}, refused should be {refused}")
    if answer.status == 422:
        found += [f"{where}: {trouble}" for trouble in _of_refusal(sheet, answer)]
    if answer.following is not None and answer.following.status_code != 200:
        found.append(f"{where}: leads to {answer.following.status_code}")
    if answer.following is not None and answer.following.status_code == 200:
        found += [f"{where}: {it}" for it in _raw(answer.following.content.decode(), answer.sent)]
    return found


def _of_refusal(sheet: Sheet, answer: Answer) -> Iterator[str]:
    if answer.changed:
        yield "refused, and changed"
    page = Page(answer.html)
    if len(page.by_id.get("errori", "").split()) < 5:
        yield "no summary of what is wrong"
    form = max(page.sheets, key=lambda form: _likeness(form, sheet.form), default=None)
    if form is None or not _likeness(form, sheet.form):
        yield "the form is gone"
        return
    for control in form.controls.values():
        if control.is_invalid:
            said = " ".join(page.by_id.get(it, "") for it in control.described_by.split())
            if not said.strip():
                yield f"{control.name} is wrong and nobody says why"
    if english := hostile.ENGLISH.search(page.by_id.get("errori", "")):
        yield f"speaks English: {english[0]}"
    yield from _lost(form, answer.sent)
    yield from _raw(answer.html, answer.sent)


def _likeness(one: Form, other: Form) -> int:
    """How many fields two forms share; those that say which row they are about weigh more."""
    shared = one.controls.keys() & other.controls.keys() - {"csrfmiddlewaretoken"}
    fixed = [name for name in shared if other.controls[name].kind == "hidden"]
    same = sum(one.controls[name].value == other.controls[name].value for name in fixed)
    return len(shared) + 10 * same if shared else 0


def _lost(form: Form, sent: dict[str, Any]) -> Iterator[str]:
    """The texts that were typed and are not there any more."""
    for name, control in form.controls.items():
        typed = sent.get(name, "")
        if control.kind in TEXTUAL and _plain(typed) != _plain(control.value):
            yield f"{name} does not come back: {control.value[:40]!r}"


def _plain(text: str) -> str:
    """A text without what a browser or a parser of pages changes in it."""
    return "".join(text.replace("\x00", "\ufffd").split()).replace("\ufffd", "")


def _raw(html: str, sent: dict[str, Any]) -> Iterator[str]:
    for name, typed in sent.items():
        if len(str(typed)) > 8 and "<" in str(typed) and str(typed) in html:
            yield f"{name} comes back unescaped"


def written_everywhere(sheet: Sheet, text: str) -> dict[str, str]:
    content = filled(sheet.form)
    return content | dict.fromkeys((control.name for control in sheet.controls(*TEXTUAL)), text)


def one_field_at_a_time(sheet: Sheet, text: str, kinds: set[str]) -> Iterator[dict[str, str]]:
    for control in sheet.controls(*kinds):
        yield filled(sheet.form) | {control.name: text}


# --- texts


def test_every_form_of_the_site_is_tried(office: Office) -> None:
    assert len(office.sheets) > 20
    filled_in = {sheet.name: office.send(sheet, filled(sheet.form)) for sheet in office.sheets}
    unwelcome = {
        name: (answer.status, Page(answer.html).by_id.get("errori", ""))
        for name, answer in filled_in.items()
        if answer.status != 302
    }
    # What cannot be filled without knowing the district: an organisation, a person, a file.
    assert unwelcome.keys() <= NEED_MORE, unwelcome


NEED_MORE = {
    ROLL,
    "governance:member_new",
    "governance:delegate_new",
    "governance:scan_file",
    "network:affiliation_new",
}


def test_empty_fields_are_named_and_nothing_changes(office: Office) -> None:
    found = []
    for sheet in office.sheets:
        if sheet.name in {ROLL, "governance:meeting_edit", "network:notices"}:
            continue  # nothing in them is required
        answer = office.send(sheet, dict.fromkeys(sheet.form.controls, ""))
        found += troubles(sheet, answer, refused=True)
        page = Page(answer.html)
        wrong = [c for form in page.sheets for c in form.controls.values() if c.is_invalid]
        if not wrong:
            found.append(f"{sheet.name}: no field is marked")
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name in hostile.BRIEF_TEXTS else slow)
        for name, text in hostile.TEXTS.items()
    ],
)
def test_no_form_stumbles_on_a_text(office: Office, text: str) -> None:
    found = []
    for sheet in office.sheets:
        found += troubles(sheet, office.send(sheet, written_everywhere(sheet, text)))
    assert not found


@slow
@pytest.mark.parametrize("text", [pytest.param(v, id=k) for k, v in hostile.TEXTS.items()])
def test_no_single_field_stumbles_on_a_text(office: Office, text: str) -> None:
    """Alone among good ones, a bad field is the one that is marked."""
    found = []
    for sheet in office.sheets:
        for content in one_field_at_a_time(sheet, text, TEXTUAL | {"hidden", "time"}):
            found += troubles(sheet, office.send(sheet, content))
    assert not sorted(set(found))


@pytest.mark.parametrize("many", [12, pytest.param(1_000, marks=slow)])
def test_naughty_strings_are_boring(office: Office, many: int) -> None:
    """Each one in the texts of three forms, in turn."""
    strings = hostile.naughty()
    if not strings:
        pytest.skip("the list of naughty strings is not beside the project")
    found = []
    for number, text in enumerate(strings[:: max(1, len(strings) // many)]):
        for turn in range(3 if many > 100 else 1):
            sheet = office.sheets[(number * 3 + turn) % len(office.sheets)]
            found += troubles(sheet, office.send(sheet, written_everywhere(sheet, text)))
    assert not sorted(set(found))


@slow
def test_markup_that_attacks_comes_back_as_text(office: Office) -> None:
    payloads = hostile.attacks(300)
    if not payloads:
        pytest.skip("the list of attacks is not beside the project")
    found = []
    for number, text in enumerate(payloads):
        sheet = office.sheets[number % len(office.sheets)]
        found += troubles(sheet, office.send(sheet, written_everywhere(sheet, text)))
    assert not sorted(set(found))


# --- dates, choices and ids


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(d, id=d[:12], marks=() if i < 4 else slow)
        for i, d in enumerate(hostile.BAD_DATES)
    ],
)
def test_an_impossible_date_is_refused_by_its_field(office: Office, day: str) -> None:
    found = []
    for sheet in office.sheets:
        dates = [control.name for control in sheet.controls("date")]
        if not dates:
            continue
        answer = office.send(sheet, filled(sheet.form) | dict.fromkeys(dates, day))
        found += troubles(sheet, answer, refused=True)
        page = Page(answer.html)
        for name in dates:
            if "non è una data del calendario" not in page.by_id.get(f"id_{name}_error", ""):
                found.append(f"{sheet.name}: {name} does not say what is wrong")
    assert not found


@slow
@pytest.mark.parametrize("day", hostile.FAR_DATES)
def test_a_date_at_the_ends_of_time_breaks_nothing(office: Office, day: str) -> None:
    found = []
    for sheet in office.sheets:
        for content in one_field_at_a_time(sheet, day, {"date"}):
            found += troubles(sheet, office.send(sheet, content))
    assert not found


def strangers(office: Office) -> list[str]:
    """The ids of a foreign district, of every kind of thing that a form may ask for."""
    foreign = office.foreign
    things = (foreign.organisation, foreign.unlisted, foreign.lab, foreign.person, foreign.mandate)
    own = {str(thing.pk) for thing in (office.home.organisation, office.home.unlisted)}
    own |= {str(thing.pk) for thing in (office.home.lab, office.home.person, office.home.mandate)}
    return [str(thing.pk) for thing in things if str(thing.pk) not in own]


@pytest.mark.parametrize(
    "among", [("\x00", hostile.DIGITS), pytest.param(hostile.BAD_IDS, marks=slow)]
)
def test_a_choice_that_was_not_offered_is_refused(office: Office, among: tuple[str, ...]) -> None:
    found = []
    for sheet in office.sheets:
        for control in sheet.controls("select"):
            unoffered = [it for it in strangers(office)[:2] if it not in control.options]
            for value in (*among, *unoffered):
                answer = office.send(sheet, filled(sheet.form) | {control.name: value})
                refused = None if sheet.name == ROLL else True
                found += troubles(sheet, answer, refused=refused)
    assert not sorted(set(found))


def test_the_roll_takes_nobody_from_another_district(office: Office) -> None:
    foreign = office.foreign
    sheet = next(sheet for sheet in office.sheets if sheet.name == ROLL)
    content = {"version": sheet.form.controls["version"].value, "action": "save"}
    here = f"o{office.home.organisation.pk}"
    content |= {
        f"o{foreign.organisation.pk}-here": "1",
        f"{here}-here": "1",
        f"{here}-person": str(foreign.person.pk),
        "g0-organisation": str(foreign.organisation.name),
    }
    answer = office.send(sheet, content)
    assert answer.status == 422
    assert not answer.changed
    assert office.post(sheet, content | {"g0-organisation": ""}).status_code == 302
    attendances = office.home.open_meeting.attendances
    assert not attendances.filter(organisation=foreign.organisation).exists()
    assert not attendances.filter(person=foreign.person).exists()


ODD_KEYS = (
    "o-here",
    "o9x-here",
    f"o{hostile.DIGITS}-here",
    f"g{hostile.DIGITS}-name",
    "g-",
    "gx-y",
)


def test_a_roll_with_odd_fields_is_still_a_roll(office: Office) -> None:
    sheet = next(sheet for sheet in office.sheets if sheet.name == ROLL)
    here = f"o{office.home.organisation.pk}"
    base = {"version": sheet.form.controls["version"].value, "action": "save"}
    odd = [{key: "1"} for key in ODD_KEYS]
    odd += [{f"{here}-here": "1", f"{here}-person": value} for value in hostile.BAD_IDS]
    odd += [{"version": value} for value in (*hostile.BAD_IDS, "")]
    statuses = {str(o)[:40]: office.send(sheet, base | o).status for o in odd}
    assert not {what: status for what, status in statuses.items() if status not in {302, 422}}


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
    "text", [pytest.param(v, id=k) for k, v in hostile.TEXTS.items() if len(v) < 9_000]
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


# --- sent twice


def test_a_form_sent_twice_is_done_once(office: Office) -> None:
    """The same page, its button pressed twice: the second answer is the first one again."""
    found = []
    for sheet in office.sheets:
        content = filled(sheet.form)
        with transaction.atomic():
            first = office.post(sheet, content)
            before = rows()
            second = office.post(sheet, content)
            if first.status_code == 302 and sheet.name != ROLL:
                if rows() != before:
                    found.append(f"{sheet.name}: done twice")
                if second.status_code != 302:
                    found.append(f"{sheet.name}: the second time it answers {second.status_code}")
            transaction.set_rollback(True)
    assert not found


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
