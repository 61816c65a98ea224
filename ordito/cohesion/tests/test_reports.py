"""What the sheets say of recorded meetings: of the roll, of its corrections, and of no more."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import governance as acts
from conftest import make_body, make_district, make_meeting, make_organisation
from ordito.cohesion.reports import district_report
from ordito.governance.models import Attendance, Body, Output
from ordito.registry.models import Organisation

ANYONE = AnonymousUser()
DELEGATE, GUEST, EXCUSED = (
    Attendance.Quality.DELEGATE,
    Attendance.Quality.GUEST,
    Attendance.Quality.EXCUSED,
)


def hold(cast, day, *present, guests=(), excused=()):
    """A closed meeting of the cast's lab."""
    meeting = make_meeting(cast.lab, cast.anna, held_on=day)
    lines = [acts.RollLine(one, DELEGATE) for one in present]
    lines += [acts.RollLine(one, GUEST, person_name="Ugo") for one in guests]
    lines += [acts.RollLine(one, EXCUSED) for one in excused]
    acts.close_roll(meeting, lines=lines, seen_version=0, by=cast.anna)
    return meeting


def sheet(cast, user=ANYONE):
    return district_report(cast.district, user, day=date(2026, 6, 1)).labs[0]


def test_a_lab_reports_the_rolls_that_were_closed(cast):
    for month in (1, 2, 3):
        hold(cast, date(2026, month, 10), cast.comune)
    hold(cast, date(2026, 4, 10), cast.comune, cast.coop)

    found = sheet(cast)

    assert found.recorded.sentence == "5 presenze su 8 attese"
    assert found.recorded.mean_words == (
        "in media 1,3 per incontro, 4 incontri, 2 adesioni all'ultimo"
    )
    assert (found.recorded.presences, found.recorded.due) == (5, 8)
    assert found.recorded.rate == Fraction(5, 8)
    assert found.recorded.unit == "organizzazioni"
    assert [line.fraction for line in found.meetings] == ["1 su 2"] * 3 + ["2 su 2"]
    assert found.window == (date(2026, 1, 10), date(2026, 4, 10))


def test_a_correction_changes_the_sheet(cast):
    meeting = hold(cast, date(2026, 1, 10), cast.comune)
    assert sheet(cast).meetings[0].fraction == "1 su 2"

    acts.correct_roll(
        meeting, organisation=cast.coop, is_present=True, reason="svista", by=cast.anna
    )

    found = sheet(cast)
    assert found.meetings[0].fraction == "2 su 2"
    assert found.recorded.n_meetings == 1
    assert found.constancy.n_constant == 2


def test_guests_are_counted_apart(cast):
    hold(cast, date(2026, 1, 10), cast.coop, guests=[cast.caritas])

    found = sheet(cast)

    assert found.recorded.sentence == "1 presenza su 2 attese"
    assert found.recorded.mean_words == "1 incontro, 2 adesioni quel giorno"
    assert found.recorded.rate_words == "dati insufficienti"
    assert found.recorded.n_guests == 1
    assert found.constancy.n_organisations == 2


def test_an_excused_absence_is_an_absence_that_is_shown(cast):
    hold(cast, date(2026, 1, 10), cast.coop, excused=[cast.comune])

    found = sheet(cast)

    assert found.meetings[0].fraction == "1 su 2"
    assert found.constancy.n_excused == 1
    assert "assenze giustificate: 1" in found.constancy_words


def test_each_count_says_of_how_many_organisations(cast):
    for month in (1, 2, 3):
        hold(cast, date(2026, month, 10), cast.comune)
    leaving = cast.lab.adhesions.get(organisation=cast.coop)
    acts.withdraw_adhesion(leaving, until=date(2026, 3, 1), by=cast.anna)

    first, *thirds = sheet(cast).constancy_words

    assert first == "2 organizzazioni attese ad almeno un incontro, anche se poi uscite"
    assert thirds[0] == "costanti (almeno due terzi degli incontri): 1 su 2"


def test_the_organisations_behind_the_constancy_stand_in_the_sheet_of_one_lab(cast):
    Organisation.objects.filter(pk=cast.coop.pk).update(is_listed=False)
    hold(cast, date(2026, 1, 10), cast.comune, excused=[cast.coop])
    hold(cast, date(2026, 2, 10), cast.comune)

    def lines(reader):
        found = district_report(cast.district, reader, labs=[cast.lab]).labs[0]
        return [(a.name, a.fraction, a.n_excused) for a in found.attenders], found.n_unnamed

    assert lines(ANYONE) == ([("Comune di Prova", "2 su 2", 0)], 1)
    named = [("Comune di Prova", "2 su 2", 0), ("Cooperativa L'Àncora", "0 su 2", 1)]
    assert lines(cast.anna) == (named, 0)


def test_an_open_meeting_is_listed_apart_and_not_counted(cast):
    hold(cast, date(2026, 1, 10), cast.coop)
    make_meeting(cast.lab, cast.anna, held_on=date(2026, 5, 4))
    make_meeting(cast.lab, cast.anna, held_on=date(2026, 7, 4))

    found = sheet(cast)

    assert [line.held_on for line in found.meetings] == [date(2026, 1, 10)]
    assert [line.held_on for line in found.to_close] == [date(2026, 5, 4)]
    assert [line.held_on for line in found.planned] == [date(2026, 7, 4)]
    assert found.recorded.n_meetings == 1
    assert found.coverage_words == "incontri tenuti con presenze chiuse: 1 su 2"


def test_recorded_and_stated_are_two_figures_never_one(cast):
    hold(cast, date(2026, 1, 10), cast.coop)
    acts.state_attendance(
        cast.lab, by=cast.anna, n_meetings=4, mean=1, n_adhesions=2, source="Relazione 2025"
    )

    report = district_report(cast.district, ANYONE)

    assert [f.origin for f in report.labs[0].figures] == [
        "registrato in Ordito",
        "dichiarato dalla fonte",
    ]
    assert (report.recorded.presences, report.recorded.due) == (1, 2)
    assert (report.stated.presences, report.stated.due) == (4, 8)
    assert report.stated.source == "Relazione 2025"


def test_the_mandate_in_force_says_what_is_expected(cast):
    old = acts.give_mandate(cast.lab, text="Leggere i bisogni", by=cast.anna, issuer=cast.assembly)
    acts.add_output(cast.lab, title="Griglia", status="completed", by=cast.anna, mandate=old)
    acts.add_output(cast.lab, title="Bozza", status="drafted", by=cast.anna, mandate=old)
    acts.add_output(cast.lab, title="Altro", status="completed", by=cast.anna)
    acts.amend_mandate(old, text="Leggere i bisogni, di nuovo", by=cast.anna)

    found = sheet(cast)

    assert [mandate.text for mandate in found.mandates] == ["Leggere i bisogni, di nuovo"]
    assert found.mandates[0].issuer == ""
    assert found.fulfilment_words == "prodotti attesi e consegnati: 1 su 2 (50,0%)"
    assert [(o.title, o.is_expected) for o in found.outputs] == [
        ("Griglia", True),
        ("Bozza", True),
        ("Altro", False),
    ]


def test_a_superseded_output_is_no_longer_expected(cast):
    mandate = acts.give_mandate(cast.lab, text="Leggere i bisogni", by=cast.anna)
    output = acts.add_output(
        cast.lab, title="Griglia", status="expected", by=cast.anna, mandate=mandate
    )
    acts.set_output_status(
        output,
        status=Output.Status.SUPERSEDED,
        on=date(2026, 1, 1),
        reason="Nuova legge",
        by=cast.anna,
    )

    assert sheet(cast).fulfilment_words == "n.d.: nessun prodotto atteso dal mandato"


def test_a_lab_of_which_nothing_is_known_has_no_data(cast):
    make_body(cast.district, cast.anna, name="LabGo Silenzioso", order=9)

    silent = district_report(cast.district, ANYONE).labs[-1]

    assert silent.is_silent
    assert silent.figures == []
    assert silent.window is None


def test_a_private_lab_is_for_those_who_work_in_the_district(cast):
    make_body(cast.district, cast.anna, name="LabGo Riservato", is_public=False)

    def names(user):
        return {lab.name for lab in district_report(cast.district, user).labs}

    assert "LabGo Riservato" in names(cast.bruno)
    assert "LabGo Riservato" not in names(cast.zeno)
    assert "LabGo Riservato" not in names(ANYONE)


def test_a_body_with_seats_is_no_lab(cast):
    assert [lab.name for lab in district_report(cast.district, ANYONE).labs] == ["LabGo Prova"]
    assert cast.assembly.kind not in Body.BY_ADHESION


def test_the_rolls_of_another_district_do_not_count(cast):
    hold(cast, date(2026, 1, 10), cast.coop)

    assert district_report(make_district(), ANYONE).recorded is None


def test_some_labs_have_no_total(cast):
    hold(cast, date(2026, 1, 10), cast.coop)

    report = district_report(cast.district, ANYONE, labs=[cast.lab])

    assert report.figures == []
    assert report.labs[0].recorded.presences == 1


@pytest.mark.parametrize("user", ["anyone", "anna"])
def test_the_report_costs_the_same_queries_for_few_labs_and_for_many(cast, user):
    reader = ANYONE if user == "anyone" else cast.anna
    hold(cast, date(2026, 1, 10), cast.coop)
    few = queries(cast, reader)
    for number in range(6):
        lab = make_body(cast.district, cast.anna)
        organisation = make_organisation(cast.district, cast.anna)
        acts.adhere(lab, organisation=organisation, by=cast.anna, since=date(2025, 1, 1))
        acts.give_mandate(lab, text="Incontrarsi", by=cast.anna, issuer=cast.assembly)
        acts.add_output(lab, title="Verbale", status="completed", by=cast.anna)
        meeting = make_meeting(lab, cast.anna, held_on=date(2026, 2, 1) + timedelta(days=number))
        acts.close_roll(
            meeting, lines=[acts.RollLine(organisation, DELEGATE)], seen_version=0, by=cast.anna
        )

    assert queries(cast, reader) == few <= 10


def queries(cast, user):
    with CaptureQueriesContext(connection) as seen:
        district_report(cast.district, user)
    return len(seen)
