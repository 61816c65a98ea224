"""What a refused form says: 422, what was typed, each error tied to its field, focus on the list."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.addresses import address
from tests.e2e.checks import look, narrow
from tests.e2e.conftest import DESKTOP, PHONE, Visit, Visitor, close
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

IMPOSSIBLE = "32/13/2026"
# route: what is written before sending, by name of the field
WRONG: dict[str, dict[str, str]] = {
    "governance:body_new": {"name": ""},
    "governance:body_edit": {"name": ""},
    "governance:member_new": {"organisation": "", "since": IMPOSSIBLE},
    "governance:member_end": {"until": IMPOSSIBLE},
    "governance:body_role_new": {"person": "", "since": IMPOSSIBLE},
    "governance:body_role_end": {"until": IMPOSSIBLE},
    "governance:delegate_new": {"person": "", "since": IMPOSSIBLE},
    "governance:delegate_end": {"until": IMPOSSIBLE},
    "governance:mandate_new": {"text": "", "issued_on": IMPOSSIBLE},
    "governance:mandate_amend": {"text": "", "issued_on": IMPOSSIBLE},
    "governance:output_new": {"title": ""},
    "governance:output_edit": {"title": ""},
    "governance:output_status": {"on": IMPOSSIBLE},
    "governance:meeting_new": {"held_on": IMPOSSIBLE, "starts_at": "ore sei"},
    "governance:meeting_edit": {"starts_at": "ore sei"},
    "governance:meeting_cancel": {"reason": ""},
    "governance:deadline_new": {"title": "", "due_on": IMPOSSIBLE},
    "network:organisation_new": {"name": "", "fiscal_code": "XYZ"},
    "network:organisation_edit": {"name": ""},
    "network:affiliation_new": {"organisation": "", "since": IMPOSSIBLE},
    "network:affiliation_end": {"until": IMPOSSIBLE, "reason": ""},
    "network:person_new": {"name": "", "email": "non una posta"},
    "network:person": {"name": "", "email": "non una posta"},
    "network:role_new": {"name": "", "email": "non una posta"},
    "network:notices": {"accessibility_url": "non un indirizzo"},
    "network:feedback": {"text": ""},
    "network:feedback_settle": {"outcome": ""},
    "account_change_password": {"oldpassword": "non è questa", "password1": "breve"},
}
WRITE = """(wrong) => {
  const form = [...document.querySelectorAll("main form[method=post]")].at(-1);
  for (const [name, value] of Object.entries(wrong)) {
    const field = form.elements[name];
    if (!field) throw new Error("no field " + name + " among " + [...form.elements].map((e) => e.name));
    if (field.tagName === "INPUT") field.type = "text";
    field.value = value;
  }
}"""
SEND = "main form[method=post] button[type=submit]"


@pytest.fixture(scope="module")
def staff(open_visitor: Visit) -> Iterator[tuple[Visitor, Page]]:
    visitor = open_visitor("staff")
    yield visitor, visitor.page()
    close(visitor.context)


def refused(page: Page) -> None:
    """Send the form; it must come back with 422."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.locator(SEND).last.click()
    # The pages of sign-in are allauth's, which answers 200.
    assert answer.value.status == (200 if "/accesso/" in page.url else 422)
    page.wait_for_load_state()


@pytest.mark.parametrize("route", WRONG)
def test_a_refused_form_says_what_is_wrong_to_everyone(
    site: Site, staff: tuple[Visitor, Page], route: str
) -> None:
    visitor, page = staff
    visitor.wrongs.clear()
    page.goto(site.url + address(route, site.samples))
    page.evaluate(WRITE, WRONG[route])
    refused(page)
    summary = page.locator("#errori")
    expect(summary).to_be_focused()
    named = {
        page.evaluate("(a) => document.querySelector(a.hash)?.name", link.element_handle())
        for link in summary.get_by_role("link").all()
    }
    assert set(WRONG[route]) & {*map(str, named)}
    assert page.locator(".form-error").count() >= 1
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page), *visitor.wrongs] == []


def test_an_impossible_date_is_repeated_with_its_remedy(
    site: Site, staff: tuple[Visitor, Page]
) -> None:
    _visitor, page = staff
    page.goto(site.url + address("governance:meeting_new", site.samples))
    page.evaluate(WRITE, {"held_on": IMPOSSIBLE, "place": "Sala dell'Àncora"})
    refused(page)
    expect(page.locator("#errori")).to_contain_text(f"«{IMPOSSIBLE}» non è una data del calendario")
    assert page.locator("input[name=place]").input_value() == "Sala dell'Àncora"


def test_the_wrong_sign_in_says_so(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/accesso/")
    page.locator("input[name=login]").fill("nessuno@ordito.example")
    page.locator("input[name=password]").fill("non è questa parola")
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_text("L'indirizzo o la password non sono giusti.")).to_be_visible()
    assert page.locator("input[name=login]").input_value() == "nessuno@ordito.example"
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page)] == []


def test_a_refused_roll_names_the_organisation_and_keeps_what_was_typed(
    site: Site, staff: tuple[Visitor, Page]
) -> None:
    visitor, page = staff
    visitor.wrongs.clear()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site.url + address("governance:attendance", site.samples))
    row = page.locator(".roll-row").first
    row.locator("[data-tick]").check()
    row.locator("summary").click()
    row.locator("input[name$=-excused]").check()
    page.locator("input[name=g0-organisation]").fill("Ente che non c'è")
    page.locator("input[name=g0-name]").fill("Ospite di prova")
    refused(page)
    expect(page.locator("#errori")).to_be_focused()
    expect(page.locator("#errori")).to_contain_text("scegliete")
    expect(page.locator("#errori")).to_contain_text("Ente che non c'è")
    assert row.locator("[data-tick]").is_checked()
    assert page.locator("input[name=g0-name]").input_value() == "Ospite di prova"
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page), *visitor.wrongs] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("nota.txt", b"non una scansione", "PDF"), ("vuoto.pdf", b"", "vuoto")],
)
def test_a_file_that_is_no_scan_is_refused_beside_its_field(
    site: Site, staff: tuple[Visitor, Page], name: str, content: bytes, said: str
) -> None:
    visitor, page = staff
    visitor.wrongs.clear()
    page.goto(site.url + address("governance:meeting", site.samples))
    page.locator("input[name=scan]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    refused(page)
    expect(page.locator("#errori")).to_be_focused()
    expect(page.locator(".form-error")).to_contain_text(said)
    assert [*look(page, DESKTOP), *look(page, PHONE), *narrow(page), *visitor.wrongs] == []
