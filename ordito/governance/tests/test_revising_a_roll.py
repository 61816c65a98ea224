"""A closed roll is mended by a new entry: who came, in what quality, and who was forgotten."""

from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from conftest import Cast, make_meeting
from ordito.governance import acts
from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Meeting
from ordito.governance.rolls import counts_of
from ordito.ledger.models import Interaction
from ordito.ledger.verify import verify

Quality = Attendance.Quality
MEETING = "/ambiti/prova/organismi/labgo-prova/incontri/2026-03-02/"
URL = MEETING + "presenze/revisione/"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    row = make_meeting(cast.lab, cast.anna)
    line = RollLine(cast.coop, Quality.DELEGATE, cast.dora_person)
    acts.close_roll(row, lines=[line], seen_version=0, by=cast.anna)
    row.refresh_from_db()
    return row


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bruno)
    return client


def revised(cast: Cast) -> dict[str, Any]:
    return {
        "version": 1,
        "key": "una-sola-volta",
        "ground": "person",
        f"o{cast.coop.pk}-here": "1",
        f"o{cast.coop.pk}-name": "Elsa Supplente",
        f"o{cast.coop.pk}-quality": Quality.SUBSTITUTE,
        "g0-organisation": "Associazione Ospite",
        "g0-name": "Ugo Ospite",
    }


def test_a_wrong_person_and_a_forgotten_guest_are_mended_in_one_entry(office, cast, meeting):
    assert "Dora Delegata" in office.get(URL).content.decode()

    answer = office.post(URL, revised(cast), follow=True)

    assert "Correzione registrata" in answer.content.decode()
    assert "Elsa Supplente (supplente)" in answer.content.decode()
    count = counts_of(cast.district, [meeting])[meeting.pk]
    assert (count.present, count.roster, count.guests, count.people) == (1, 2, 1, 2)
    entry = Interaction.objects.about(meeting).get(seq=count.seq)
    assert entry.corrects.kind == "governance.met"
    assert entry.note.text == "Persona o qualità sbagliata"
    assert verify(cast.district).broken_at is None


def test_a_correction_sent_twice_is_done_once(office, cast, meeting):
    for _time in (1, 2):
        assert office.post(URL, revised(cast)).status_code == 302
    assert Interaction.objects.about(meeting).filter(corrects__isnull=False).count() == 1


@pytest.mark.usefixtures("meeting")
def test_a_revision_without_a_reason_keeps_what_was_written(office, cast):
    answer = office.post(URL, revised(cast) | {"ground": ""})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_reason"' in page
    assert 'value="Elsa Supplente"' in page
    assert 'value="Ugo Ospite"' in page


def test_a_revision_on_an_older_version_is_refused_with_the_rows_that_differ(office, cast, meeting):
    acts.correct_roll(meeting, organisation=cast.comune, is_present=True, reason="x", by=cast.anna)

    answer = office.post(URL, revised(cast))

    assert answer.status_code == 422
    assert "Nel frattempo è stato salvato: presente" in unescape(answer.content.decode())


def test_the_roster_of_a_closed_roll_is_the_one_that_was_frozen(cast, meeting):
    adhesion = cast.lab.adhesions.get(organisation=cast.comune)
    acts.withdraw_adhesion(adhesion, until=meeting.held_on.replace(day=1), by=cast.anna)
    line = RollLine(cast.comune, Quality.MUNICIPAL_STAFF, None, "Ada Operatrice")

    acts.revise_roll(meeting, lines=[line], reason="Scambio", seen_version=1, by=cast.anna)

    assert counts_of(cast.district, [meeting])[meeting.pk].present == 1


def test_only_the_office_revises_and_only_what_changes(cast, meeting):
    same = [RollLine(cast.coop, Quality.DELEGATE, cast.dora_person)]
    with pytest.raises(PermissionDenied):
        acts.revise_roll(meeting, lines=[], reason="x", seen_version=1, by=cast.dora)
    with pytest.raises(ValidationError, match="Risulta già così"):
        acts.revise_roll(meeting, lines=same, reason="x", seen_version=1, by=cast.anna)


def test_an_open_roll_has_no_revision(office, cast):
    make_meeting(cast.lab, cast.anna)

    assert office.get(URL).headers["Location"] == MEETING


@pytest.mark.usefixtures("meeting")
def test_a_usual_reason_is_one_press_and_none_is_chosen_beforehand(office, cast):
    page = office.get(MEETING).content.decode()
    assert 'name="ground" value="slip"' in page
    assert "checked" not in page

    fields = {"organisation": cast.comune.pk, "is_present": "yes", "ground": "slip"}
    office.post(MEETING + "presenze/correzione/", fields)

    assert Interaction.objects.latest("seq").note.text == "Errore nella spunta"


@pytest.mark.usefixtures("meeting")
def test_the_address_of_a_correction_leads_back_to_the_meeting(office):
    assert office.get(MEETING + "presenze/correzione/").headers["Location"] == MEETING
    calendar = "/ambiti/prova/calendario/"
    assert office.get(f"{calendar}scadenze/1/togli/").headers["Location"] == calendar
