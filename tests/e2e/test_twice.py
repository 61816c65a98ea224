"""The back button, a form sent twice, and two people on the same roll."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, sign_in
from tests.e2e.roll import free_day, go_to_roll, lab_of, open_meeting
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

TWICE = """() => {
  const form = document.querySelector("main form[method=post]");
  const data = new URLSearchParams(new FormData(form));
  return Promise.all([1, 2].map(() => fetch(location.href, {method: "POST", body: data})))
    .then((answers) => answers.map((answer) => answer.status));
}"""


def count_meetings(page: Page, site: Site, lab: str, place: str) -> int:
    page.goto(site.url + lab)
    return page.get_by_role("cell", name=place, exact=True).count()


def test_two_quick_presses_open_one_meeting(site: Site, visit: Visit) -> None:
    visitor = visit("staff")
    page = visitor.open(lab_of(visitor) + "incontri/nuovo/")
    page.get_by_label("Data").fill(free_day(visitor, 24).isoformat())
    page.locator("input[name=place]").fill("Sala delle due pressioni")
    page.get_by_role("button", name="Aprite l'incontro").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        f"{free_day(visitor, 24):%d/%m/%Y}"
    )
    assert count_meetings(page, site, lab_of(visitor), "Sala delle due pressioni") == 1


def test_the_same_form_sent_twice_at_once_opens_one_meeting(site: Site, visit: Visit) -> None:
    visitor = visit("staff")
    page = visitor.open(lab_of(visitor) + "incontri/nuovo/")
    page.get_by_label("Data").fill(free_day(visitor, 25).isoformat())
    page.locator("input[name=place]").fill("Sala dei due invii")
    assert page.evaluate(TWICE) == [200, 200]
    assert count_meetings(page, site, lab_of(visitor), "Sala dei due invii") == 1


def test_going_back_and_sending_again_asks_whether_it_is_another(visit: Visit) -> None:
    visitor = visit("staff")
    page = visitor.open(lab_of(visitor) + "incontri/nuovo/")
    day = free_day(visitor, 26)
    page.get_by_label("Data").fill(day.isoformat())
    page.get_by_role("button", name="Aprite l'incontro").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{day:%d/%m/%Y}")
    first = page.url
    page.go_back()
    page.get_by_label("Data").fill(day.isoformat())
    page.locator("input[name=key]").evaluate("(key) => { key.value = ''; }")
    page.get_by_role("button", name="Aprite l'incontro").click()
    there = page.get_by_role("link", name="Aprite l'incontro che c'è già")
    assert visitor.site.url + (there.get_attribute("href") or "") == first
    page.get_by_label("È un altro incontro dello stesso giorno").check()
    page.get_by_role("button", name="Aprite l'incontro").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{day:%d/%m/%Y} (2)")


def test_the_second_of_two_on_one_roll_sees_both_and_loses_nothing(visit: Visit) -> None:
    visitor = visit("staff")
    first = open_meeting(visitor, 21)
    second = visit("staff").page()
    second.goto(first.url)
    of_first, of_second = go_to_roll(first), go_to_roll(second)
    of_first.nth(0).check()
    of_second.nth(1).check()
    guest = visitor.site.samples["guests"][0]
    second.locator("input[name=g0-organisation]").fill(guest)
    second.locator("input[name=g0-name]").fill("Ospite del secondo")
    names = second.locator(".roll-name").all_inner_texts()
    first.get_by_role("button", name="Salvate").click()
    expect(first.get_by_text("Presenze salvate")).to_be_visible()
    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        second.get_by_role("button", name="Salvate").click()
    assert answer.value.status == 422
    expect(second.locator("#errori")).to_be_focused()
    row = second.locator(".roll-row").filter(has_text=names[0])
    expect(row).to_contain_text("Nel frattempo è stato salvato")
    assert of_second.nth(0).is_checked()
    assert of_second.nth(1).is_checked()
    assert second.locator("input[name=g0-name]").input_value() == "Ospite del secondo"


def test_the_second_saves_after_seeing_the_first(visit: Visit) -> None:
    first = open_meeting(visit("staff"), 22)
    second = visit("staff").page()
    second.goto(first.url)
    of_first, of_second = go_to_roll(first), go_to_roll(second)
    of_first.nth(0).check()
    of_second.nth(1).check()
    first.get_by_role("button", name="Salvate").click()
    expect(first.get_by_text("Presenze salvate")).to_be_visible()
    second.get_by_role("button", name="Salvate").click()
    expect(second.locator("#errori")).to_be_focused()
    second.get_by_role("button", name="Salvate").click()
    expect(second.get_by_text("Presenze salvate")).to_be_visible()
    assert second.locator("[data-tick]:checked").count() == 2


def test_a_closed_roll_is_not_written_by_who_still_has_it_open(visit: Visit) -> None:
    first = open_meeting(visit("staff"), 23)
    second = visit("staff").page()
    second.goto(first.url)
    of_first, of_second = go_to_roll(first), go_to_roll(second)
    of_first.nth(0).check()
    of_second.nth(1).check()
    first.get_by_role("button", name="Chiudete le presenze").click()
    expect(first.get_by_text("Presenze chiuse e registrate.")).to_be_visible()
    second.get_by_role("button", name="Chiudete le presenze").click()
    expect(second.locator("#errori")).to_be_visible()
    assert of_second.nth(1).is_checked()
    first.reload()
    assert first.locator(".figure a").inner_text().startswith("1 su ")


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_after_leaving_back_shows_nothing_private(site: Site, visit: Visit, js: bool) -> None:
    page = visit(js=js).page()
    sign_in(page, site, "operatore@ordito.example")
    page.goto(f"{site.url}/ambiti/valprova/persone/")
    name = page.locator("tbody th").first.inner_text()
    page.get_by_role("button", name="Uscite").click()
    expect(page.get_by_role("link", name="Accedete")).to_be_visible()
    page.go_back()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert name not in page.content()
