"""The pages and their files, as a reader asks for them."""

import re
from datetime import date

import pytest

from conftest import give_role, make_body, make_meeting, make_user
from conftest import governance as acts
from ordito.cohesion.tests.seed import state_labs
from ordito.governance.models import Body

LABS = "/ambiti/prova/a-che-punto-siamo/"
LAB = "/ambiti/prova/organismi/labgo-prova/a-che-punto-siamo/"


def test_the_page_of_the_district_says_it_all_to_anyone(client, cast):
    state_labs(cast)

    page = client.get(LABS).content.decode()

    for sentence in (
        "14 su 28, 4 incontri",
        "10 su 13, 6 incontri",
        "11 su 25, 1 incontro",
        "165 su 319",
        "tra 49,4% e 54,1%: le medie della fonte sono arrotondate",
        "nessun dato",
        "dichiarato dalla fonte",
    ):
        assert sentence in page
    assert page.count("non si usano per graduatorie") == 1
    assert page.count('class="sheet"') == 7


def test_every_fraction_opens_the_entries_behind_it(client, cast):
    meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, 1, 10))
    acts.close_roll(
        meeting,
        lines=[acts.RollLine(cast.coop, "delegate", cast.dora_person)],
        seen_version=0,
        by=cast.anna,
    )

    page = client.get(LAB).content.decode()

    assert '<a href="#incontri">1 presenza su 2 attese</a>' in page
    assert f"?tipo=governance.meeting&amp;id={meeting.pk}" in page
    assert "/ambiti/prova/organismi/labgo-prova/incontri/2026-01-10/" in page
    assert "Dora" not in page


def anchors(page, address):
    """The addresses of the links of a page, and the places that it can be opened at."""
    links = re.findall(r'href="([^"]+)"', page)
    return {link.removeprefix(address) for link in links}, set(re.findall(r' id="([^"]+)"', page))


def test_no_number_of_a_lab_is_left_without_its_records(client, cast):
    mandate = acts.give_mandate(cast.lab, text="Leggere i bisogni", by=cast.anna)
    acts.add_output(cast.lab, title="Griglia", status="sent", by=cast.anna, mandate=mandate)
    meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, 1, 10))
    acts.close_roll(
        meeting, lines=[acts.RollLine(cast.comune, "delegate")], seen_version=0, by=cast.anna
    )

    page, whole = (client.get(address).content.decode() for address in (LAB, LABS))

    links, places = anchors(page, LAB)
    assert {"#incontri", "#prodotti", "#enti"} <= links
    assert {"incontri", "prodotti", "enti"} <= places
    assert '<a href="#prodotti">prodotti attesi e consegnati: 1 su 1 (100,0%)</a>' in page
    assert '<a href="#enti">mai presenti: 1 su 2</a>' in page
    one_by_one = page[page.index('id="enti"') :]
    assert "Comune di Prova" in one_by_one
    assert "?genere=governance.met&amp;ente=comune-di-prova" in one_by_one
    assert "1 su 1" in one_by_one
    links, places = anchors(whole, LABS)
    assert {"#laboratori", "#labgo-prova-prodotti"} <= links
    assert {f"{LAB}{place}" for place in ("#incontri", "#enti")} <= links
    assert {"laboratori", "labgo-prova-prodotti"} <= places
    assert '<a href="#laboratori">1 presenza su 2 attese</a>' in whole


@pytest.mark.usefixtures("cast")
def test_the_sheet_of_a_lab_says_in_its_title_what_it_is(client):
    assert "A che punto siamo? LabGo Prova</h1>" in client.get(LAB).content.decode()


def test_a_telephone_gets_one_line_for_each_lab_above_the_sheets(client, cast):
    state_labs(cast)

    page = client.get(LABS).content.decode()

    index = page[page.index('id="indice"') : page.index("<table")]
    assert re.findall(r'href="#([^"]+)"', index)[:2] == ["labgo-prova", "labgo-famiglia"]
    assert "50,0%" in index


def test_a_plenary_network_is_not_called_a_lab(client, cast):
    cast.lab.delete()
    make_body(cast.district, cast.anna, name="Rete di Prova", kind=Body.Kind.PLENARY)

    page = client.get(LABS).content.decode()

    assert ">La rete plenaria</h2>" in page
    assert '<th scope="col">Rete</th>' in page
    main = page[page.index("<main") : page.index("Come leggere i numeri")]
    assert "aboratori" not in re.sub(r"<[^>]+>", "", main)


@pytest.mark.parametrize(
    ("extension", "media_type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfambito;"),
    ],
)
@pytest.mark.parametrize("address", [LABS, LAB])
@pytest.mark.usefixtures("cast")
def test_each_page_has_its_files(client, address, extension, media_type, start):
    answer = client.get(f"{address.rstrip('/')}.{extension}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"].endswith(f'.{extension}"')
    assert answer.content.startswith(start)


@pytest.mark.usefixtures("cast")
def test_there_is_no_other_kind_of_file(client):
    assert client.get(f"{LABS.rstrip('/')}.exe").status_code == 404
    assert client.get(f"{LAB.rstrip('/')}.exe").status_code == 404


def test_a_private_lab_is_not_found_from_outside(client, cast):
    make_body(cast.district, cast.anna, name="LabGo Riservato", is_public=False)
    page = "/ambiti/prova/organismi/labgo-riservato/a-che-punto-siamo"
    delegate_elsewhere = make_user("Eva")
    give_role(delegate_elsewhere, cast.elsewhere, "delegate")
    client.force_login(delegate_elsewhere)

    assert client.get(f"{page}/").status_code == 404
    assert client.get(f"{page}.csv").status_code == 404
    assert "Riservato" not in client.get(LABS).content.decode()


def test_an_unpublished_district_is_found_by_its_own_people_only(client, cast):
    type(cast.district).objects.filter(pk=cast.district.pk).update(is_public=False)

    assert client.get(LABS).status_code == 404
    assert client.get(f"{LABS.rstrip('/')}.pdf").status_code == 404
    client.force_login(cast.dora)
    assert client.get(LABS).status_code == 200


@pytest.mark.usefixtures("cast")
def test_a_body_with_seats_has_no_sheet(client):
    page = "/ambiti/prova/organismi/assemblea-dei-sindaci/a-che-punto-siamo/"

    assert client.get(page).status_code == 404


def test_a_demonstrative_district_says_so_on_the_page(client, cast):
    type(cast.district).objects.filter(pk=cast.district.pk).update(is_demonstrative=True)

    assert "Ambito dimostrativo: dati inventati" in client.get(LABS).content.decode()
    assert "Ambito dimostrativo: dati inventati" in client.get(LAB).content.decode()


@pytest.mark.usefixtures("cast")
def test_a_page_is_only_read(client):
    assert client.post(LABS).status_code == 405
