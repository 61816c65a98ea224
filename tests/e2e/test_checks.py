"""The checks of the pages find the faults that are planted for them."""

import pytest
from playwright.sync_api import Page

from tests.e2e.checks import look, narrow, walk
from tests.e2e.conftest import PHONE, Visit

pytestmark = pytest.mark.browser

GOOD = "<!doctype html><html lang=it><title>Prova</title><main><h1>Prova</h1>{}</main>"
FAULTS = {
    "id twice": "<p id=a>uno</p><p id=a>due</p>",
    "for points nowhere": "<label for=b>Nome</label>",
    "error tied to no field": "<p class=form-error id=e>Manca il nome</p>",
    "link points nowhere": "<a href=#altrove>Altrove</a>",
    "10x10 <button": "<button style='width:10px;height:10px;padding:0'>x</button>",
    "past 390 px": "<p style='width:600px'>largo</p>",
    "button-name": "<button></button>",
    "color-contrast": "<p style='color:#ccc'>chiaro</p>",
}


@pytest.fixture
def blank(visit: Visit) -> Page:
    return visit().page()


def test_a_page_without_faults_passes(blank: Page) -> None:
    blank.set_content(GOOD.format("<p><button style='min-height:24px'>Un bottone</button></p>"))
    assert [*look(blank, PHONE), *narrow(blank), *walk(blank)] == []


@pytest.mark.parametrize(("said", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_planted_fault_is_found(blank: Page, said: str, fault: str) -> None:
    blank.set_content(GOOD.format(fault))
    assert [wrong for wrong in look(blank, PHONE) if said in wrong] != []


def test_a_focus_that_is_not_seen_is_found(blank: Page) -> None:
    blank.set_content(GOOD.format("<a href=/a style='outline:none'>uno</a> <a href=/b>due</a>"))
    assert ["focus is not seen" in wrong for wrong in walk(blank)] == [True]


def test_a_keyboard_trap_is_found(blank: Page) -> None:
    trap = "this.onkeydown=(e)=>{if(e.key==='Tab')e.preventDefault()}"
    blank.set_content(GOOD.format(f'<a href=/a>uno</a><input onfocus="{trap}"><a href=/b>due</a>'))
    found = walk(blank)
    assert any("does not reach" in wrong for wrong in found)
    assert "Tab never comes back to the start of the page" in found


def test_what_leaves_the_site_or_breaks_the_policy_is_noted(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")
    page.evaluate(
        "() => { const i = new Image(); i.src = 'http://127.0.0.9:9/a.png'; document.body.append(i) }"
    )
    page.wait_for_timeout(300)
    assert any("policy" in wrong or "another host" in wrong for wrong in visitor.wrongs)
    visitor.wrongs.clear()
