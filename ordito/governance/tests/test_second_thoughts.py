"""What the office mends after a wrong press: each mending leaves what happened readable."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conftest import make_meeting
from ordito.governance import acts
from ordito.governance.models import BodyRole, Deadline, Meeting, Output
from ordito.ledger.models import Interaction

BODY = "/ambiti/prova/organismi/labgo-prova/"


def test_a_cancelled_meeting_waits_for_nobody_and_stays_in_the_calendar(client, cast):
    today = timezone.localdate()
    past = make_meeting(cast.lab, cast.anna, held_on=today - timedelta(days=1))
    coming = make_meeting(cast.lab, cast.anna, held_on=today + timedelta(days=1))
    client.force_login(cast.bruno)
    for meeting in (past, coming):
        answer = client.post(
            f"{BODY}incontri/{meeting.day_slug}/annullamento/", {"reason": "Data sbagliata"}
        )
        assert answer.status_code == 302
        meeting.refresh_from_db()
        assert meeting.is_cancelled

    assert not Meeting.objects.unclosed(today).exists()
    assert not Meeting.objects.expected(today).exists()
    calendar = client.get(f"/ambiti/prova/calendario/?anno={coming.held_on.year}")
    assert "annullato" in calendar.content.decode()
    assert "STATUS:CANCELLED" in client.get("/ambiti/prova/calendario.ics").content.decode()
    entry = Interaction.objects.about(past).get(kind="governance.meeting_cancelled")
    assert entry.note.text == "Data sbagliata"


def test_a_closed_roll_is_not_cancelled(cast):
    meeting = make_meeting(cast.lab, cast.anna)
    acts.close_roll(meeting, lines=[], seen_version=0, by=cast.anna)

    with pytest.raises(ValidationError, match="Le presenze sono chiuse"):
        acts.cancel_meeting(meeting, reason="Tardi", by=cast.anna)
    assert Meeting.objects.get(pk=meeting.pk).is_closed


def test_a_cancelled_meeting_takes_no_roll(cast):
    meeting = make_meeting(cast.lab, cast.anna)
    acts.cancel_meeting(meeting, reason="Maltempo", by=cast.anna)

    with pytest.raises(ValidationError):
        acts.close_roll(meeting, lines=[], seen_version=0, by=cast.anna)


def test_the_words_of_an_output_are_mended_and_its_state_is_not(client, cast):
    output = acts.add_output(cast.lab, title="Grilia", status=Output.Status.COMPLETED, by=cast.anna)
    client.force_login(cast.bruno)
    client.post(f"{BODY}prodotti/{output.pk}/modifica/", {"title": "Griglia", "status": "adopted"})

    output.refresh_from_db()
    assert (output.title, output.status) == ("Griglia", Output.Status.COMPLETED)


def test_a_date_is_taken_out_of_the_calendar_by_the_office_alone(client, cast):
    deadline = acts.set_deadline(
        cast.district, due_on=date(2026, 12, 31), title="Bilancio", by=cast.anna
    )
    with pytest.raises(PermissionDenied):
        acts.remove_deadline(deadline, by=cast.dora)

    client.force_login(cast.bruno)
    client.post(f"/ambiti/prova/calendario/scadenze/{deadline.pk}/togli/")
    assert not Deadline.objects.exists()


def test_who_leads_a_body_is_written_and_ended(client, cast):
    client.force_login(cast.bruno)
    client.post(
        f"{BODY}ruoli/nuovo/",
        {"person": cast.dora_person.pk, "kind": "coordinator", "since": "2026-01-01"},
    )
    role = BodyRole.objects.get()
    assert "Coordinatore" in client.get(BODY).content.decode()
    client.logout()
    assert "Dora Delegata" not in client.get(BODY).content.decode()

    client.force_login(cast.bruno)
    client.post(f"{BODY}ruoli/{role.pk}/fine/", {"until": "2026-02-01"})

    role.refresh_from_db()
    assert role.until == date(2026, 2, 1)
    assert "Coordinatore" not in client.get(BODY).content.decode()
