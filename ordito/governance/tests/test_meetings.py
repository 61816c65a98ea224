"""What a meeting promises before its day, when it is cancelled, and in the calendar."""

import re
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from conftest import make_meeting
from ordito.governance import acts
from ordito.governance.dates import year_to_open
from ordito.governance.forms.words import MOST
from ordito.governance.models import Meeting, Output
from ordito.governance.sheets import sheet_pdf

BODY = "/ambiti/prova/organismi/labgo-prova/"
NEW = BODY + "incontri/nuovo/"
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def office(client, cast):
    client.force_login(cast.bruno)
    return client


def test_a_second_meeting_of_a_day_is_asked_about_first(office, cast):
    first = make_meeting(cast.lab, cast.anna)

    refused = office.post(NEW, {"held_on": "2026-03-02", "place": "Sala"})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "ha già l&#x27;incontro del 02/03/2026" in page
    assert f'href="{BODY}incontri/{first.day_slug}/"' in page
    assert 'type="checkbox" name="is_another"' in page
    assert 'value="Sala"' in page
    assert Meeting.objects.count() == 1
    confirmed = office.post(NEW, {"held_on": "2026-03-02", "is_another": "on"})
    assert confirmed.headers["Location"] == f"{BODY}incontri/2026-03-02-2/"


def test_a_day_whose_meeting_was_cancelled_is_free(office, cast):
    acts.cancel_meeting(make_meeting(cast.lab, cast.anna), reason="Neve", by=cast.anna)

    office.post(NEW, {"held_on": "2026-03-02"})

    assert sorted(Meeting.objects.values_list("status", flat=True)) == ["cancelled", "open"]


@pytest.mark.parametrize("status", [Output.Status.ADOPTED, Output.Status.SENT])
def test_what_has_happened_has_no_day_to_come(office, cast, status):
    output = acts.add_output(cast.lab, title="Griglia", status="drafted", by=cast.anna)
    with pytest.raises(ValidationError, match="deve ancora venire"):
        acts.set_output_status(output, status=status, on=TOMORROW, by=cast.anna)

    answer = office.post(f"{BODY}prodotti/{output.pk}/stato/", {"status": status, "on": TOMORROW})

    assert answer.status_code == 422
    assert 'id="id_on_error"' in answer.content.decode()
    output.refresh_from_db()
    assert output.status == Output.Status.DRAFTED


def test_mandates_signatures_and_founding_acts_are_not_dated_ahead(cast):
    with pytest.raises(ValidationError, match="deve ancora venire"):
        acts.give_mandate(cast.lab, text="Mappare", issued_on=TOMORROW, by=cast.anna)
    with pytest.raises(ValidationError, match="deve ancora venire"):
        acts.adhere(cast.lab, organisation=cast.caritas, signed_on=TOMORROW, by=cast.anna)
    with pytest.raises(ValidationError, match="deve ancora venire"):
        acts.amend_body(cast.lab, established_on=TOMORROW, by=cast.anna)
    with pytest.raises(ValidationError, match="deve ancora venire"):
        acts.add_output(cast.lab, title="Griglia", status="sent", status_on=TOMORROW, by=cast.anna)


def test_what_is_planned_may_lie_ahead(cast):
    acts.give_mandate(cast.lab, text="Mappare", due_on=TOMORROW, by=cast.anna)
    acts.adhere(cast.lab, organisation=cast.caritas, since=TOMORROW, by=cast.anna)
    assert make_meeting(cast.lab, cast.anna, held_on=TOMORROW).is_open


@pytest.mark.parametrize(
    ("years", "opens"),
    [([2027, 2026, 2024], 2026), ([2027, 2025], 2027), ([2024, 2021], 2024), ([], None)],
)
def test_the_calendar_opens_on_this_year_or_the_nearest(years, opens):
    assert year_to_open(years, date(2026, 11, 23)) == opens


def test_the_calendar_shows_what_comes_before_what_is_past(client, cast):
    today = timezone.localdate()
    make_meeting(cast.lab, cast.anna, held_on=today)
    make_meeting(cast.lab, cast.anna, held_on=today.replace(year=today.year + 1))

    page = client.get("/ambiti/prova/calendario/").content.decode()

    assert f"<h1>Calendario {today.year}</h1>" in " ".join(page.split())
    assert "Da oggi in poi" in page


def test_hours_in_the_feed_need_no_rules_of_a_zone(client, cast):
    make_meeting(cast.lab, cast.anna, held_on=date(2026, 7, 1), starts_at=time(17, 30))
    make_meeting(cast.lab, cast.anna, held_on=date(2026, 12, 1), starts_at=time(17, 30))

    feed = client.get("/ambiti/prova/calendario.ics").content.decode()

    assert "DTSTART:20260701T153000Z" in feed
    assert "DTSTART:20261201T163000Z" in feed
    assert "TZID" not in feed


def test_a_meeting_to_come_is_planned_and_its_roll_is_not_the_first_thing(office, cast):
    meeting = make_meeting(cast.lab, cast.anna, held_on=TOMORROW)

    page = office.get(f"{BODY}incontri/{meeting.day_slug}/").content.decode()

    assert "in programma" in page
    assert "presenze aperte" not in page + office.get(BODY).content.decode()
    assert not re.search(r'btn-primary[^>]*presenze/"', page)


def test_a_cancelled_meeting_offers_its_reason_and_nothing_to_do(office, client, cast):
    meeting = make_meeting(cast.lab, cast.anna)
    acts.cancel_meeting(meeting, reason="Neve", by=cast.anna)
    base = f"{BODY}incontri/2026-03-02/"

    page = office.get(base).content.decode()

    assert re.search(r'/registrazioni/\d+/">Il motivo è nella registrazione', page)
    assert "foglio-presenze.pdf" not in page
    assert f"{base}modifica/" not in page
    assert office.get(base + "foglio-presenze.pdf").headers["Location"] == base
    with pytest.raises(ValidationError, match="annullato"):
        acts.amend_meeting(Meeting.objects.get(), place="Altrove", by=cast.anna)
    client.logout()
    assert "Il motivo" not in client.get(base).content.decode()


def test_the_way_back_is_not_called_as_the_act(office, cast):
    make_meeting(cast.lab, cast.anna)

    page = office.get(f"{BODY}incontri/2026-03-02/annullamento/").content.decode()

    assert "Tornate all&#x27;incontro" in page
    assert ">Annulla<" not in page


def test_a_refused_scan_is_told_at_the_top_and_at_its_field(office, cast):
    make_meeting(cast.lab, cast.anna)
    scan = SimpleUploadedFile("foglio.txt", b"testo")

    page = office.post(f"{BODY}incontri/2026-03-02/scansione/", {"scan": scan}).content.decode()

    assert page.count('id="errori"') == 1
    assert page.index('href="#id_scan"') < page.index('class="facts"')
    assert 'id="id_scan_error"' in page


def test_a_text_too_long_is_refused_with_its_length_and_never_cut(office, cast):
    make_meeting(cast.lab, cast.anna)
    address = f"{BODY}incontri/2026-03-02/modifica/"

    refused = office.post(address, {"agenda": "a" * (MOST + 1)})

    assert refused.status_code == 422
    assert f"Il testo ha {MOST + 1} caratteri" in refused.content.decode()
    assert "maxlength" not in refused.content.decode().split('name="agenda"')[1].split(">")[0]


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["a", "W", "à ", "\U0001d518"])
def test_the_sheet_to_sign_holds_the_longest_agenda(cast, letter):
    agenda = (letter * MOST)[:MOST]
    meeting = make_meeting(cast.lab, cast.anna, agenda=agenda, place="W" * 200)

    assert sheet_pdf(meeting).startswith(b"%PDF-")


def test_an_empty_field_says_what_to_write(office, cast):
    output = acts.add_output(cast.lab, title="Griglia", status="drafted", by=cast.anna)
    for address in (NEW, f"{BODY}prodotti/{output.pk}/stato/"):
        answer = office.post(address, {"place": "Sala"})
        assert "Scrivete la data." in answer.content.decode()
