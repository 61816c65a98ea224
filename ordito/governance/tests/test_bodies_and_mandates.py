"""Bodies, who takes part in them, what they are asked and what they produce."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from conftest import Cast, make_body, make_meeting, make_organisation
from ordito.governance import acts
from ordito.governance.drawing import draw
from ordito.governance.models import Body, Mandate, Output
from ordito.ledger.models import Interaction
from ordito.ledger.record import AlreadyRecorded


def last_kind() -> str:
    return Interaction.objects.order_by("-seq", "-pk").first().kind


def test_an_organisation_joins_a_lab_and_its_adhesion_is_recorded(cast):
    acts.adhere(cast.lab, organisation=cast.caritas, since=date(2026, 1, 1), by=cast.bruno)

    assert cast.caritas in cast.lab.roster(date(2026, 1, 1))
    assert cast.caritas not in cast.lab.roster(date(2025, 12, 31))
    assert last_kind() == "governance.adhered"


def test_who_is_not_of_the_district_cannot_join_its_labs(cast):
    with pytest.raises(ValidationError, match="Ente Altrove.*registratene prima l'ingresso"):
        acts.adhere(cast.lab, organisation=cast.altrove, by=cast.anna)


def test_a_body_with_seats_takes_no_adhesions(cast):
    with pytest.raises(ValidationError, match="ha componenti, non adesioni"):
        acts.adhere(cast.assembly, organisation=cast.coop, by=cast.anna)


def test_an_organisation_adheres_once(cast):
    with pytest.raises(ValidationError, match="aderisce già"):
        acts.adhere(cast.lab, organisation=cast.coop, by=cast.anna)


def test_the_same_form_sent_twice_is_done_once(cast):
    fields = {"organisation": cast.caritas, "by": cast.anna, "key": "form-1"}
    acts.adhere(cast.lab, **fields)
    cast.lab.adhesions.filter(organisation=cast.caritas).update(until=date(2026, 1, 1))

    with pytest.raises(AlreadyRecorded):
        acts.adhere(cast.lab, **fields)
    assert cast.lab.adhesions.filter(organisation=cast.caritas).count() == 1


def test_leaving_a_lab_keeps_what_was_recorded(cast):
    meeting = make_meeting(cast.lab, cast.anna)
    acts.close_roll(
        meeting, lines=[acts.RollLine(cast.coop, "delegate")], seen_version=0, by=cast.anna
    )
    adhesion = cast.lab.adhesions.get(organisation=cast.coop)

    acts.withdraw_adhesion(adhesion, until=date(2026, 4, 1), by=cast.anna)

    assert cast.coop not in cast.lab.roster(date(2026, 4, 2))
    assert meeting.attendances.get().organisation == cast.coop


def test_an_adhesion_cannot_end_before_it_begins(cast):
    adhesion = cast.lab.adhesions.get(organisation=cast.coop)
    with pytest.raises(ValidationError, match="prima della data di inizio"):
        acts.withdraw_adhesion(adhesion, until=date(2024, 1, 1), by=cast.anna)


def test_a_delegate_speaks_for_an_organisation_of_the_roster(cast):
    assert cast.lab.designations.get().organisation == cast.coop
    with pytest.raises(ValidationError, match="non fa parte dell'organismo"):
        acts.designate(cast.assembly, person=cast.dora_person, quality="titular", by=cast.anna)


@pytest.mark.parametrize("who", ["dora", "zeno"])
def test_only_the_office_changes_the_governance(cast, who):
    by = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        acts.establish_body(cast.district, name="Altro", kind=Body.Kind.LAB, by=by)
    with pytest.raises(PermissionDenied):
        acts.give_mandate(cast.lab, text="Fare", by=by)
    with pytest.raises(PermissionDenied):
        acts.open_meeting(cast.lab, held_on=date(2026, 1, 1), by=by)


def test_a_mandate_may_have_neither_issuer_nor_date_and_get_them_later(cast):
    first = acts.give_mandate(cast.lab, text="Conoscere i servizi", by=cast.anna)
    expected = acts.add_output(
        cast.lab, title="Mappa", mandate=first, status=Output.Status.EXPECTED, by=cast.anna
    )

    second = acts.amend_mandate(
        first,
        text="Conoscere i servizi",
        issuer=cast.assembly,
        issued_on=date(2026, 2, 1),
        by=cast.anna,
    )

    assert list(Mandate.objects.current()) == [second]
    expected.refresh_from_db()
    assert expected.mandate == second
    with pytest.raises(ValidationError, match="versione più recente"):
        acts.amend_mandate(first, text="Altro", by=cast.anna)


def test_no_body_takes_its_mandate_from_another_district(cast):
    foreign = make_body(cast.elsewhere, cast.zeno)
    with pytest.raises(ValidationError, match="altro ambito"):
        acts.give_mandate(cast.lab, text="Fare", issuer=foreign, by=cast.anna)


def test_an_output_not_wholly_adopted_needs_its_reason(cast):
    output = acts.add_output(
        cast.lab, title="Griglia", status=Output.Status.COMPLETED, by=cast.anna
    )
    status = Output.Status.NOT_ADOPTED
    with pytest.raises(ValidationError, match="motivo"):
        acts.set_output_status(output, status=status, on=date(2026, 3, 1), by=cast.anna)

    acts.set_output_status(
        output, status=status, on=date(2026, 3, 1), reason="Fuori competenza", by=cast.anna
    )
    output.refresh_from_db()
    assert output.reason == "Fuori competenza"
    assert last_kind() == "governance.output_moved"


def test_a_body_meets_twice_in_a_day_at_two_addresses(cast):
    first = make_meeting(cast.lab, cast.anna)
    second = make_meeting(cast.lab, cast.anna, is_another=True)

    assert (first.day_slug, second.day_slug) == ("2026-03-02", "2026-03-02-2")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1989, 12, 31), date(2099, 1, 1)])
def test_a_year_too_far_is_refused(cast, day):
    with pytest.raises(ValidationError, match="Controllate l'anno"):
        make_meeting(cast.lab, cast.anna, held_on=day)


def test_a_meeting_before_the_act_of_its_body_is_warned_and_opened(client: Client, cast: Cast):
    cast.lab.established_on = date(2026, 5, 1)
    cast.lab.save(update_fields=["established_on"])
    client.force_login(cast.bruno)

    answer = client.post(
        "/ambiti/prova/organismi/labgo-prova/incontri/nuovo/",
        {"held_on": "2026-04-01", "key": "a"},
        follow=True,
    )

    page = answer.content.decode()
    assert "precede l&#x27;atto che istituisce" in page
    assert cast.lab.meetings.get().held_on == date(2026, 4, 1)


def test_pressing_twice_opens_one_meeting(client, cast):
    client.force_login(cast.bruno)
    for _press in range(2):
        answer = client.post(
            "/ambiti/prova/organismi/labgo-prova/incontri/nuovo/",
            {"held_on": "2026-04-01", "key": "same"},
        )
        assert answer.headers["Location"].endswith("/incontri/2026-04-01/")

    assert cast.lab.meetings.count() == 1


def test_a_day_that_does_not_exist_is_named_with_its_remedy(client, cast):
    client.force_login(cast.bruno)
    answer = client.post(
        "/ambiti/prova/organismi/labgo-prova/incontri/nuovo/", {"held_on": "30/02/2026"}
    )

    assert answer.status_code == 422
    assert "«30/02/2026» non è una data del calendario" in answer.content.decode()
    assert not cast.lab.meetings.exists()


def test_the_drawing_has_a_lane_for_each_level_and_an_arrow_for_each_mandate(cast):
    acts.give_mandate(cast.lab, text="Fare", issuer=cast.assembly, by=cast.anna)
    acts.give_mandate(cast.lab, text="Fare ancora", issuer=cast.assembly, by=cast.anna)

    drawing = draw(list(cast.district.bodies.all()), list(Mandate.objects.all()))

    assert [box.body for box in drawing.boxes] == [cast.assembly, cast.lab]
    assert len(drawing.lanes) == 2
    assert len(drawing.arrows) == 1


def test_no_two_boxes_of_the_drawing_overlap(cast):
    for _each in range(9):
        make_body(cast.district, cast.anna)

    drawing = draw(list(cast.district.bodies.all()), [])

    places = {(box.x, box.y) for box in drawing.boxes}
    assert len(places) == len(drawing.boxes) == 11
    assert all(box.x + drawing.box_width <= drawing.width for box in drawing.boxes)


def test_an_unlisted_organisation_is_counted_and_not_named(client, cast):
    make = {"name": "Ente Riservato", "is_listed": False}
    hidden = make_organisation(cast.district, cast.anna, **make)
    acts.adhere(cast.lab, organisation=hidden, by=cast.anna)

    page = client.get("/ambiti/prova/organismi/labgo-prova/").content.decode()

    assert "Ente Riservato" not in page
    assert "un altro ente che non compare" in page
    client.force_login(cast.dora)
    assert "Ente Riservato" in client.get("/ambiti/prova/organismi/labgo-prova/").content.decode()


def test_a_body_that_is_not_public_is_not_there_for_the_public(client, cast):
    make_body(cast.district, cast.anna, name="Riservato", is_public=False)

    assert client.get("/ambiti/prova/organismi/riservato/").status_code == 404
    client.force_login(cast.dora)
    assert client.get("/ambiti/prova/organismi/riservato/").status_code == 200


def test_the_calendar_holds_meetings_terms_and_deadlines(client, cast):
    make_meeting(cast.lab, cast.anna, held_on=date(2026, 3, 2))
    acts.give_mandate(cast.lab, text="Fare", due_on=date(2026, 9, 30), by=cast.anna)
    acts.set_deadline(cast.district, due_on=date(2026, 12, 31), title="Bilancio", by=cast.anna)

    page = client.get("/ambiti/prova/calendario/?anno=2026").content.decode()
    feed = client.get("/ambiti/prova/calendario.ics").content.decode()

    for said in ("LabGo Prova", "termine del mandato", "Bilancio"):
        assert said in page
        assert said in feed.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260302" in feed
