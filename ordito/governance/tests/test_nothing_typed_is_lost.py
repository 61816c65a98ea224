"""A roll keeps what was typed, says only what is known, and joins what two people wrote."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from conftest import Cast, make_meeting
from ordito.governance import acts
from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Meeting
from ordito.registry.models import Person

Quality = Attendance.Quality
URL = "/ambiti/prova/organismi/labgo-prova/incontri/2026-03-02/presenze/"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast.lab, cast.anna)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bruno)
    return client


def post(office: Client, action: str = "save", version: Any = 0, **written: Any) -> Any:
    return office.post(URL, {"version": version, "action": action, **written})


def here(*organisations: Any) -> dict[str, str]:
    return {f"o{organisation.pk}-here": "1" for organisation in organisations}


def words(answer: Any) -> str:
    return unescape(answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def is_ticked(page: str, organisation: Any) -> bool:
    return f'name="o{organisation.pk}-here" value="1" data-tick checked' in page


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("quality", ["", Quality.DELEGATE])
def test_nobody_is_a_delegate_who_was_not_designated(office, cast, quality):
    coop = cast.coop.pk
    written = {f"o{coop}-name": "Ignoto Passante", f"o{coop}-quality": quality}

    answer = post(office, **here(cast.coop), **written)

    assert answer.status_code == 422
    assert "«Ignoto Passante» non è tra le persone designate" in words(answer)
    assert f'<a href="#o{coop}-here">' in words(answer)
    assert 'value="Ignoto Passante"' in words(answer)
    assert not Attendance.objects.exists()


@pytest.mark.usefixtures("meeting")
def test_an_undesignated_person_who_is_chosen_needs_a_quality(office, cast):
    person = Person.objects.create(
        district=cast.district, organisation=cast.comune, name="Piero Impiegato"
    )
    comune = cast.comune.pk
    chosen = here(cast.comune) | {f"o{comune}-person": person.pk}

    assert "«Piero Impiegato» non è tra" in words(post(office, **chosen))
    assert post(office, **chosen, **{f"o{comune}-quality": "municipal_staff"}).status_code == 302
    assert Attendance.objects.get().quality == Quality.MUNICIPAL_STAFF


@pytest.mark.usefixtures("meeting")
def test_the_name_of_a_designated_person_is_that_person(office, cast):
    post(office, **here(cast.coop), **{f"o{cast.coop.pk}-name": "dora delegata"})

    line = Attendance.objects.get()
    assert (line.person, line.quality) == (cast.dora_person, Quality.DELEGATE)


def test_the_act_itself_takes_no_undesignated_delegate(cast, meeting):
    line = RollLine(cast.coop, Quality.DELEGATE, None, "Ignoto Passante")

    with pytest.raises(ValidationError) as refusal:
        acts.close_roll(meeting, lines=[line], seen_version=0, by=cast.anna)
    assert refusal.value.error_list[0].code == "not_designated"


@pytest.mark.usefixtures("meeting")
def test_closing_counts_without_name_only_who_came_without_one(office, cast):
    answer = office.post(
        URL,
        {
            "version": 0,
            "action": "close",
            **here(cast.coop),
            f"o{cast.coop.pk}-person": cast.dora_person.pk,
            f"o{cast.comune.pk}-excused": "1",
        },
        follow=True,
    )

    assert "Presenze chiuse e registrate" in words(answer)
    assert "senza il nome" not in words(answer)


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("also", [{}, {"excused": "1"}])
@pytest.mark.parametrize("field", ["name", "also"])
def test_a_person_written_for_who_is_not_ticked_is_refused_and_kept(office, cast, field, also):
    coop = cast.coop.pk
    written = {f"o{coop}-{field}": "Elsa Scritta"} | {f"o{coop}-{k}": v for k, v in also.items()}

    answer = post(office, **here(cast.comune), **written)

    assert answer.status_code == 422
    assert "vete scritto una persona" in words(answer)
    assert 'value="Elsa Scritta"' in words(answer)
    assert not Attendance.objects.exists()


@pytest.mark.usefixtures("meeting")
def test_a_person_ticked_of_who_left_meanwhile_keeps_its_name(office, cast, meeting):
    adhesion = cast.lab.adhesions.get(organisation=cast.coop)
    acts.withdraw_adhesion(adhesion, until=meeting.held_on.replace(day=1), by=cast.anna)

    answer = post(office, **here(cast.coop), **{f"o{cast.coop.pk}-person": cast.dora_person.pk})

    assert 'value="Dora Delegata"' in words(answer)


def test_closing_without_anybody_asks_first(office, meeting):
    answer = post(office, "close")

    assert answer.status_code == 422
    assert "Nessun ente è spuntato" in words(answer)
    assert 'type="checkbox" name="nobody"' in words(answer)
    assert 'href="#id_nobody"' in words(answer)
    assert post(office, "close", nobody="on").status_code == 302
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_two_on_one_roll_join_what_each_changed(office, cast, meeting):
    page = office.get(URL).content.decode()
    line = RollLine(cast.comune, Quality.MUNICIPAL_STAFF, None, "Prima Persona")
    acts.save_roll(meeting, lines=[line], seen_version=0, by=cast.anna)

    refused = post(office, base=hidden(page, "base"), **here(cast.coop))

    joined = refused.content.decode()
    assert refused.status_code == 422
    assert is_ticked(joined, cast.comune)
    assert is_ticked(joined, cast.coop)
    assert 'value="Prima Persona"' in joined
    assert hidden(joined, "version") == "1"


def test_a_row_that_both_changed_is_marked_and_left_to_decide(office, cast, meeting):
    page = office.get(URL).content.decode()
    line = RollLine(cast.coop, Quality.SUBSTITUTE, None, "Prima Persona")
    acts.save_roll(meeting, lines=[line], seen_version=0, by=cast.anna)
    mine = here(cast.coop) | {f"o{cast.coop.pk}-person": cast.dora_person.pk}

    refused = post(office, base=hidden(page, "base"), **mine)

    said = words(refused)
    assert f'<a href="#o{cast.coop.pk}-here">Cooperativa L\'Àncora</a>' in said
    assert "salvato: Prima Persona (supplente). Voi avete scritto diversamente" in said
    again = refused.content.decode()
    assert (
        post(
            office, version=hidden(again, "version"), base=hidden(again, "base"), **mine
        ).status_code
        == 302
    )
    assert Attendance.objects.get().person == cast.dora_person


def test_a_roll_refused_for_another_reason_still_knows_what_it_had_loaded(office, cast, meeting):
    acts.save_roll(meeting, lines=[RollLine(cast.comune, "delegate")], seen_version=0, by=cast.anna)

    wrong = post(office, version=0, base="{}", **{"g0-organisation": "Chi sa"}).content.decode()

    assert (hidden(wrong, "version"), hidden(wrong, "base")) == ("0", "{}")


def test_guests_of_two_people_are_joined_too(office, cast, meeting):
    guest = RollLine(cast.caritas, Quality.GUEST, None, "Ugo Ospite")
    acts.save_roll(meeting, lines=[guest], seen_version=0, by=cast.anna)

    joined = words(post(office, base="{}", **here(cast.coop)))

    assert 'value="Associazione Ospite"' in joined
    assert 'value="Ugo Ospite"' in joined


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("base", ["", "[", "[1]", '{"a": 1}', '{"1": [[[], 2, 3]]}', "[" * 5000])
def test_a_page_made_by_hand_finds_nothing_to_break(office, cast, base):
    assert post(office, base=base, **here(cast.coop)).status_code == 302
