"""Journey 4: take the roll of a meeting, with scripts, without them, and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, Visit, Visitor
from tests.e2e.roll import (
    SCAN,
    figure_of,
    go_to_roll,
    lab_of,
    open_meeting,
    press,
    reach_first_tick,
    write_details,
)

pytestmark = pytest.mark.browser

ENOUGH = 25
# Three keys a second is slow typing: a minute holds 180.
A_MINUTE_OF_KEYS = 180
WAYS = {
    "with scripts": (DESKTOP, True, 1),
    "without scripts": (DESKTOP, False, 2),
    "on a phone": (PHONE, True, 3),
}


@pytest.mark.parametrize(("size", "js", "number"), WAYS.values(), ids=WAYS)
def test_staff_take_a_whole_roll(visit: Visit, size: dict[str, int], js: bool, number: int) -> None:
    visitor = visit("staff", size, js=js)
    page = open_meeting(visitor, number)
    meeting = page.url
    _prints_the_sheet(visitor, page)
    ticks = go_to_roll(page)
    total = ticks.count()
    for place in range(ENOUGH):
        ticks.nth(place).check()
    said = write_details(page, visitor)
    expected = page.locator("[data-tick]:checked").count()
    page.get_by_role("button", name="Salvate").click()
    expect(page.get_by_text("Presenze salvate")).to_be_visible()
    _still_shows(page, said, expected)
    page.get_by_role("button", name="Chiudete le presenze").click()
    expect(page.get_by_text("Presenze chiuse e registrate.")).to_be_visible()
    assert page.url == meeting
    assert figure_of(page) == (expected, total)
    for name in (*said.values(), "Persona Ospite"):
        expect(page.get_by_role("main")).to_contain_text(name)
    for state in ("Ospiti (1)", "Assenti giustificati (1)"):
        expect(page.get_by_role("heading", name=state)).to_be_visible()
    _enters_the_ledger_and_the_sheet(visitor, page, expected, total)


def _prints_the_sheet(visitor: Visitor, page: Page) -> None:
    link = page.get_by_role("link", name="Foglio da firmare (PDF)").get_attribute("href")
    answer = visitor.context.request.get(f"{visitor.site.url}{link}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def _still_shows(page: Page, said: dict[str, str], ticked: int) -> None:
    """After saving, the page shows all that was written."""
    assert page.locator("[data-tick]:checked").count() == ticked
    chosen = page.locator("select[name$=-person] option:checked").all_text_contents()
    assert any(said["substitute"] in person for person in chosen)
    seconds = page.locator("input[name$=-also]")
    assert said["second"] in [each.input_value() for each in seconds.all()]
    assert page.locator("input[name$=-excused]:checked").count() == 1
    assert page.locator("input[name=g0-organisation]").input_value() == said["guest"]
    assert page.locator("input[name=g0-name]").input_value() == "Persona Ospite"


def _enters_the_ledger_and_the_sheet(visitor: Visitor, page: Page, came: int, total: int) -> None:
    day = page.locator("h1").inner_text().rpartition(", ")[2]
    page.locator(".figure a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Registrazione")
    expect(page.get_by_role("main")).to_contain_text(f"{visitor.site.samples['guests'][0]}")
    page.goto(visitor.site.url + lab_of(visitor) + "a-che-punto-siamo/")
    line = page.get_by_role("listitem").filter(has_text=day)
    expect(line).to_contain_text(f"{came} su {total}")


def test_thirty_organisations_take_less_than_a_minute_of_keys(visit: Visit) -> None:
    page = open_meeting(visit("staff"), 4)
    ticks = go_to_roll(page)
    total = ticks.count()
    assert total >= ENOUGH
    pressed = reach_first_tick(page)
    for place in range(total):
        pressed += press(page, *(["Space"] if place == 0 else ["ArrowDown", "Space"]))
    assert page.locator("[data-tick]:checked").count() == total
    expect(page.locator("[data-roll-count]")).to_have_text(str(total))
    pressed += press(page, "Enter")
    expect(page.get_by_text("Presenze salvate")).to_be_visible()
    assert page.locator("[data-tick]:checked").count() == total
    assert pressed < A_MINUTE_OF_KEYS / 2


def test_without_scripts_the_keyboard_is_enough_too(visit: Visit) -> None:
    page = open_meeting(visit("staff", js=False), 5)
    total = go_to_roll(page).count()
    pressed = reach_first_tick(page)
    for place in range(total):
        pressed += press(page, *(["Space"] if place == 0 else ["Tab", "Tab", "Space"]))
    assert page.locator("[data-tick]:checked").count() == total
    pressed += press(page, "Enter")
    expect(page.get_by_text("Presenze salvate")).to_be_visible()
    assert page.locator("[data-tick]:checked").count() == total
    assert pressed < A_MINUTE_OF_KEYS


UNSEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".roll-bar").getBoundingClientRect();
  return box.top < 0 || box.bottom > bar.top;
}"""


@pytest.mark.parametrize(("size", "number"), [(DESKTOP, 6), (PHONE, 7)])
def test_however_fast_the_arrows_the_focus_stays_in_sight(
    visit: Visit, size: dict[str, int], number: int
) -> None:
    page = open_meeting(visit("staff", size), number)
    total = go_to_roll(page).count()
    reach_first_tick(page)
    unseen = []
    for place in range(1, total):
        press(page, "ArrowDown")
        unseen += [place] if page.evaluate(UNSEEN) else []
    assert unseen == []


def test_leaving_with_unsaved_ticks_asks_first(visit: Visit) -> None:
    page = open_meeting(visit("staff"), 8)
    go_to_roll(page).first.check()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Organismi").first.click()
    page.wait_for_url("**/organismi/")
    assert asked == ["beforeunload"]


def test_a_signed_scan_is_filed_and_opens_again(visit: Visit) -> None:
    visitor = visit("staff")
    page = open_meeting(visitor, 9)
    scan = {"name": "foglio firmato.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    page.locator("input[name=scan]").set_input_files(scan)
    page.get_by_role("button", name="Caricate la scansione").click()
    expect(page.get_by_text("Foglio firmato archiviato.")).to_be_visible()
    link = page.get_by_role("link", name="foglio firmato.pdf").get_attribute("href")
    assert visitor.context.request.get(f"{visitor.site.url}{link}").body() == SCAN


@pytest.mark.parametrize(("js", "number"), [(True, 10), (False, 11)])
def test_a_slip_is_mended_in_one_press_with_its_reason(visit: Visit, js: bool, number: int) -> None:
    page = open_meeting(visit("staff", js=js), number)
    ticks = go_to_roll(page)
    total = ticks.count()
    for place in range(3):
        ticks.nth(place).check()
    page.get_by_role("button", name="Chiudete le presenze").click()
    assert figure_of(page) == (3, total)
    slip = page.locator("li", has=page.locator("details.correction")).first
    name = slip.get_by_role("link").first.inner_text()
    slip.locator("summary").click()
    slip.get_by_label("Motivo").fill("Spuntato per sbaglio")
    slip.get_by_role("button", name="Non c'era").click()
    expect(page.get_by_text("Correzione registrata")).to_be_visible()
    assert figure_of(page) == (2, total)
    page.get_by_role("link", name="Registrazioni su questo incontro").click()
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="correzione")).to_have_count(1)
    expect(rows.filter(has_text=re.compile("corretta"))).to_have_count(1)
    rows.filter(has_text="correzione").get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("Spuntato per sbaglio")
    expect(page.get_by_role("main")).to_contain_text(name)
