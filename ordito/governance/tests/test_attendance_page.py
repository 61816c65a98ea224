"""The page where the office takes the roll."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import Cast, make_meeting
from ordito.governance import acts
from ordito.governance.models import Attendance, Meeting
from ordito.governance.sheets import sheet_data

Quality = Attendance.Quality


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast.lab, cast.anna)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bruno)
    return client


URL = "/ambiti/prova/organismi/labgo-prova/incontri/2026-03-02/presenze/"


def post(office: Client, action: str = "close", version: int = 0, **written: Any) -> Any:
    return office.post(URL, {"version": version, "action": action, **written})


def ticked(*organisations: Any) -> dict[str, str]:
    return {f"o{organisation.pk}-here": "1" for organisation in organisations}


@pytest.mark.usefixtures("meeting")
def test_a_tick_stands_for_the_designated_delegate(office, cast):
    page = office.get(URL).content.decode()
    assert f'<option value="{cast.dora_person.pk}" selected>' in page

    answer = post(office, **ticked(cast.coop), **{f"o{cast.coop.pk}-person": cast.dora_person.pk})

    assert answer.status_code == 302
    line = Attendance.objects.get()
    assert (line.organisation, line.person) == (cast.coop, cast.dora_person)
    assert line.quality == Quality.DELEGATE


@pytest.mark.usefixtures("meeting")
def test_substitute_second_person_guest_and_excused_are_all_kept(office, cast):
    coop, comune = cast.coop.pk, cast.comune.pk
    answer = post(
        office,
        "save",
        **ticked(cast.coop),
        **{
            f"o{coop}-name": "Elsa D'Amicò",
            f"o{coop}-quality": Quality.SUBSTITUTE,
            f"o{coop}-also": "Dora Delegata",
            f"o{coop}-also_quality": Quality.DELEGATE,
            f"o{comune}-excused": "1",
            "g0-organisation": "associazione ospite",
            "g0-name": "Ugo",
        },
    )

    assert answer.status_code == 302
    stored = {(a.organisation.name, a.person_name, a.quality) for a in Attendance.objects.all()}
    assert stored == {
        ("Cooperativa L'Àncora", "Elsa D'Amicò", "substitute"),
        ("Cooperativa L'Àncora", "", "delegate"),
        ("Comune di Prova", "", "excused"),
        ("Associazione Ospite", "Ugo", "guest"),
    }
    shown = office.get(URL).content.decode()
    assert "Elsa D&#x27;Amicò" in shown
    assert 'value="Dora Delegata"' in shown
    assert 'value="Associazione Ospite"' in shown


@pytest.mark.usefixtures("meeting")
def test_a_refused_roll_comes_back_as_it_was_written(office, cast):
    answer = post(
        office,
        **ticked(cast.coop),
        **{f"o{cast.coop.pk}-excused": "1", "g0-organisation": "Chi sa", "g0-name": "<b>Ugo</b>"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Risulta presente e anche assente giustificato" in page
    assert '<a href="#g0-organisation">Chi sa</a>: non è tra gli enti dell&#x27;ambito' in page
    assert "/ambiti/prova/enti/nuovo/" in page
    assert 'value="&lt;b&gt;Ugo&lt;/b&gt;"' in page
    assert not Attendance.objects.exists()


def test_who_left_the_lab_meanwhile_is_offered_as_a_guest(office, cast, meeting):
    adhesion = cast.lab.adhesions.get(organisation=cast.coop)
    acts.withdraw_adhesion(adhesion, until=meeting.held_on.replace(day=1), by=cast.anna)

    answer = post(office, **ticked(cast.coop, cast.comune))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "non aderisce in questa data" in page
    assert 'value="Cooperativa L&#x27;Àncora"' in page


def test_a_roll_saved_by_someone_else_shows_both_versions(office, cast, meeting):
    line = acts.RollLine(cast.comune, Quality.MUNICIPAL_STAFF, None, "Prima Persona")
    acts.save_roll(meeting, lines=[line], seen_version=0, by=cast.anna)

    answer = post(office, **ticked(cast.coop))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "in un&#x27;altra scheda o da un&#x27;altra persona" in page
    assert "Nel frattempo è stato salvato: Prima Persona (operatore comunale)." in page
    assert f'name="o{cast.coop.pk}-here" value="1" data-tick checked' in page
    assert post(office, version=1, **ticked(cast.coop)).status_code == 302


@pytest.mark.usefixtures("meeting")
def test_a_name_of_500_characters_is_refused_where_it_is_written(office, cast):
    answer = post(office, **ticked(cast.coop), **{f"o{cast.coop.pk}-name": "à" * 500})

    assert answer.status_code == 422
    assert "supera 200 caratteri" in answer.content.decode()
    assert f'id="o{cast.coop.pk}-error"' in answer.content.decode()


@pytest.mark.usefixtures("meeting")
def test_marks_that_reorder_text_are_kept_out_of_names(office, cast):
    post(
        office,
        "save",
        **ticked(cast.coop),
        **{
            f"o{cast.coop.pk}-name": "El\u202esa\u200b  Rossi",
            f"o{cast.coop.pk}-quality": Quality.SUBSTITUTE,
        },
    )

    assert Attendance.objects.get().person_name == "Elsa Rossi"


def test_a_closed_roll_is_no_longer_a_form(office, cast, meeting):
    acts.close_roll(meeting, lines=[], seen_version=0, by=cast.anna)

    assert office.get(URL).headers["Location"] == URL.removesuffix("presenze/")


def test_one_press_corrects_a_slip(office, cast, meeting):
    acts.close_roll(meeting, lines=[], seen_version=0, by=cast.anna)
    fields = {"organisation": cast.coop.pk, "is_present": "yes", "reason": "Spunta saltata"}

    answer = office.post(URL + "correzione/", fields, follow=True)

    assert "Correzione registrata" in answer.content.decode()
    assert "1 su 2" in answer.content.decode()


def test_a_scan_is_filed_for_the_office_only(office, cast, meeting, client):
    scan = b"%PDF-1.7 signed"
    base = URL.removesuffix("presenze/")

    answer = office.post(base + "scansione/", {"scan": SimpleUploadedFile("foglio.pdf", scan)})
    assert answer.status_code == 302
    page = office.get(base).content.decode()
    link = page.split('href="')[1:]
    address = next(part.split('"')[0] for part in link if "/scansioni/" in part)
    got = office.get(address)
    assert b"".join(got.streaming_content) == scan
    assert got.headers["Content-Disposition"].startswith("attachment")
    client.force_login(cast.dora)
    assert client.get(address).status_code == 403
    client.force_login(cast.zeno)
    assert client.get(address).status_code == 404
    assert meeting.body.district.files.count() == 1


def test_the_sheet_to_sign_holds_who_is_expected(office, cast, meeting):
    rows = sheet_data(meeting)["rows"]
    assert ["Cooperativa L'Àncora", "Dora Delegata", "delegato titolare"] in rows
    assert ["Comune di Prova", "", ""] in rows

    answer = office.get(URL.removesuffix("presenze/") + "foglio-presenze.pdf")
    assert answer.content.startswith(b"%PDF-1.7")
    office.force_login(cast.dora)
    assert office.get(answer.request["PATH_INFO"]).status_code == 403


def test_a_correction_without_reason_comes_back_open_on_its_organisation(office, cast, meeting):
    acts.close_roll(meeting, lines=[], seen_version=0, by=cast.anna)
    fields = {"organisation": cast.coop.pk, "is_present": "yes", "reason": ""}

    answer = office.post(URL + "correzione/", fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_reason"' in page
    assert 'id="id_reason_error"' in page
    assert page.count('<details class="no-print correction" open>') == 1
