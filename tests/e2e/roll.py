"""The steps of who takes a roll in the browser."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visitor

SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def lab_of(visitor: Visitor) -> str:
    return f"/ambiti/valprova/organismi/{visitor.site.samples['lab']}/"


def free_day(visitor: Visitor, number: int) -> date:
    """A day without meetings of the lab: each test has its own number."""
    return date.fromisoformat(visitor.site.samples["free_days"][number])


def open_meeting(visitor: Visitor, number: int) -> Page:
    """Open a meeting of the lab from its page; the page returned is that of the meeting."""
    page = visitor.open(lab_of(visitor))
    page.get_by_role("link", name="Nuovo incontro").click()
    page.get_by_label("Data").fill(free_day(visitor, number).isoformat())
    page.locator("input[name=place]").fill("Sala civica")
    page.get_by_role("button", name="Aprite l'incontro").click()
    expect(page.get_by_text("Incontro aperto: potete prendere le presenze.")).to_be_visible()
    return page


def go_to_roll(page: Page) -> Locator:
    """From the page of a meeting to its roll; return the ticks."""
    page.get_by_role("link", name="Prendete le presenze").click()
    ticks = page.locator("[data-tick]")
    expect(ticks.first).to_be_visible()
    return ticks


def press(page: Page, *keys: str) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def reach_first_tick(page: Page) -> int:
    """Skip to the content and Tab to the first organisation; return how many keys it took."""
    pressed = press(page, "Tab", "Enter")
    first = page.locator("[data-tick]").first
    for _each in range(15):
        pressed += press(page, "Tab")
        if first.evaluate("(el) => el === document.activeElement"):
            return pressed
    raise AssertionError("The first organisation is not reached in fifteen stops")


def write_details(page: Page, visitor: Visitor) -> dict[str, str]:
    """A substitute, a second person, another name, an excused organisation and a guest."""
    sample = visitor.site.samples["substitutes"][0]
    pk, rows = sample["organisation"], page.locator(".roll-row")
    substitute = rows.filter(has=page.locator(f"#o{pk}-here"))
    substitute.locator("summary").click()
    substitute.locator(f"#o{pk}-here").check()
    substitute.locator("select[name$=-person]").select_option(str(sample["person"]))
    others = [rows.nth(i) for i in range(3) if rows.nth(i).locator(f"#o{pk}-here").count() == 0]
    two, last = others[0], rows.last
    two.locator("summary").click()
    two.locator("[data-tick]").check()
    two.locator("input[name$=-also]").fill("Nicolò D'Àncora")
    two.locator("select[name$=-also_quality]").select_option("municipal_staff")
    last.locator("summary").click()
    last.locator("[data-tick]").uncheck()
    last.locator("input[name$=-excused]").check()
    guest = visitor.site.samples["guests"][0]
    page.locator("input[name=g0-organisation]").fill(guest)
    page.locator("input[name=g0-name]").fill("Persona Ospite")
    return {"substitute": sample["name"], "second": "Nicolò D'Àncora", "guest": guest}


def figure_of(page: Page) -> tuple[int, int]:
    """The fraction on the page of a closed meeting: how many came, of how many."""
    found = re.search(r"(\d+) su (\d+)", page.locator(".figure a").inner_text())
    assert found
    return int(found[1]), int(found[2])
