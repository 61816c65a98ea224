"""Journey 2: what each of the three districts shows to whoever looks."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE, Visit
from tests.e2e.public import files_under, pages_under
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

MARK = "Ambito dimostrativo"


def test_melzo_shows_what_its_source_documents(visit: Visit) -> None:
    page = visit().open("/ambiti/melzo/")
    main = page.get_by_role("main")
    for town in ("Cassano d'Adda", "Inzago", "Liscate", "Melzo", "Vignate"):
        expect(main.get_by_text(town).first).to_be_visible()
    expect(main).to_contain_text("81.677")
    table = page.get_by_role("region", name="Organismi, mandati e componenti")
    rows = {
        "LabGo Famiglia": "Tavolo Tecnico, 07/06/2016",
        "LabGo ISEL": "Tavolo Tecnico, 07/06/2016",
        "LabGo Migra": "Assemblea Distrettuale dei Sindaci, 31/05/2016",
        "LabGo Abitare": "mandante non indicato",
    }
    for lab, mandate in rows.items():
        expect(table.get_by_role("row", name=lab)).to_contain_text(mandate)


def test_the_drawing_and_its_table_name_the_same_bodies(visit: Visit) -> None:
    page = visit().open("/ambiti/melzo/")
    drawn = page.locator("svg.drawing-ampio a")
    names = [drawn.nth(i).get_attribute("aria-label") for i in range(drawn.count())]
    table = page.get_by_role("region", name="Organismi, mandati e componenti")
    assert sorted(map(str, names)) == sorted(table.locator("tbody th").all_inner_texts())
    drawn.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/organismi/**")


@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 800, "height": 1000}])
def test_the_drawing_is_read_without_scrolling(visit: Visit, size: dict[str, int]) -> None:
    page = visit(size=size).open("/ambiti/melzo/")
    scroller = page.get_by_role("region", name="Disegno della governance")
    assert scroller.locator("svg:visible").count() == 1
    assert scroller.evaluate("it => it.scrollWidth <= it.clientWidth")
    drawn = scroller.locator("svg:visible")
    letters = drawn.evaluate("""it => {
        const scale = it.getBoundingClientRect().width / it.viewBox.baseVal.width;
        const size = text => parseFloat(getComputedStyle(text).fontSize);
        const sizes = [...it.querySelectorAll("text")].map(size);
        return Math.min(...sizes) * scale;
    }""")
    assert letters >= 14
    expect(drawn).to_contain_text("Mandati di Tavolo Tecnico")


def test_what_the_source_does_not_name_is_a_placeholder(visit: Visit) -> None:
    page = visit().open("/ambiti/melzo/enti/?nome=Ente+aderente+01")
    page.get_by_role("link", name="Ente aderente 01 (Melzo)").click()
    expect(page.get_by_text("tiene il posto di uno di loro")).to_be_visible()


def test_tradate_is_one_plenary_network_without_labs(visit: Visit) -> None:
    page = visit().open("/ambiti/tradate/")
    expect(page.get_by_role("main")).to_contain_text("54.652")
    table = page.get_by_role("region", name="Organismi, mandati e componenti")
    assert table.locator("tbody th").all_inner_texts() == [
        "Ufficio di Piano",
        "Rete del welfare relazionale",
    ]
    page.get_by_role("link", name="A che punto siamo?").first.click()
    expect(page.get_by_role("article")).to_have_count(1)
    sheet = page.get_by_role("article", name="Rete del welfare relazionale")
    expect(sheet.get_by_text("nessun dato", exact=True)).to_be_visible()


def test_only_the_invented_district_is_marked_and_on_every_page(site: Site, visit: Visit) -> None:
    asking = visit().context.request
    marked = {
        slug: [MARK in text for text in pages_under(asking, site, f"/ambiti/{slug}/").values()]
        for slug in ("melzo", "tradate", "valprova")
    }
    assert all(marked["valprova"])
    assert len(marked["valprova"]) > 30
    assert not any(marked["melzo"] + marked["tradate"])


def test_every_export_of_the_invented_district_is_marked(site: Site, visit: Visit) -> None:
    files = files_under(visit().context.request, site, "/ambiti/valprova/")
    assert {"registrazioni.csv", "calendario.ics"} <= {path.rsplit("/", 1)[1] for path in files}
    assert [path for path, text in files.items() if MARK.lower() not in text.lower()] == []


def test_the_terminal_marks_the_invented_district(site: Site) -> None:
    assert MARK in site.ordito("report", "labs", "--district", "valprova")


def test_the_district_page_says_what_waits_and_what_comes(visit: Visit) -> None:
    page = visit("staff").open("/ambiti/valprova/")
    waits = page.locator("section", has=page.get_by_role("heading", name="Che cosa aspetta"))
    expect(waits.get_by_role("link").first).to_be_visible()
    comes = page.locator("section", has=page.get_by_role("heading", name="Prossimi incontri"))
    expect(comes.get_by_role("link").first).to_be_visible()
    comes.get_by_role("link", name="Tutto il calendario").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Calendario")
