"""The sentences about a district of which a source states means and nothing more."""

from fractions import Fraction

import pytest
from django.contrib.auth.models import AnonymousUser

from ordito.cohesion.exports.data import as_data
from ordito.cohesion.exports.text import as_text
from ordito.cohesion.reports import district_report
from ordito.cohesion.tests.seed import SOURCE, state_labs


@pytest.fixture
def report(cast):
    state_labs(cast)
    return district_report(cast.district, AnonymousUser())


def of(report, name):
    return next(lab for lab in report.labs if lab.name == name)


@pytest.mark.parametrize(
    ("name", "sentence", "rate", "caveat"),
    [
        (
            "LabGo Famiglia",
            "14 su 28, 4 incontri",
            "50,0%",
            "unità non dichiarata, media arrotondata",
        ),
        ("LabGo ISEL", "8 su 24, 3 incontri", "33,3%", "unità non dichiarata, media arrotondata"),
        (
            "LabGo Migra",
            "10 su 13, 6 incontri",
            "76,9%",
            "unità non dichiarata, media arrotondata",
        ),
        (
            "LabGo Abitare",
            "7 su 16, 2 incontri",
            "dati insufficienti",
            "unità non dichiarata, media arrotondata",
        ),
        ("LabGo Giovani", "11 su 25, 1 incontro", "dati insufficienti", "unità non dichiarata"),
    ],
)
def test_each_lab_says_what_its_source_states(report, name, sentence, rate, caveat):
    lab = of(report, name)

    assert lab.recorded is None
    assert lab.stated.sentence == sentence
    assert lab.stated.rate_words == rate
    assert lab.stated.caveat == caveat
    assert lab.stated.origin == "dichiarato dalla fonte"
    assert lab.stated.source.startswith(SOURCE)
    assert lab.constancy is None
    assert all(line.fraction == "" for line in lab.meetings)


def test_the_lab_without_data_has_no_figure(report):
    assert of(report, "LabGo socio sanitario").is_silent


def test_the_district_pools_the_stated_means_with_their_band(report):
    assert report.recorded is None
    assert report.stated.sentence == "165 su 319"
    assert report.stated.rate_words == "51,7%"
    assert report.stated.band_words == "tra 49,4% e 54,1%: le medie della fonte sono arrotondate"
    assert report.window_words == "dal 09/05/2016 al 12/12/2016"


def test_the_terminal_prints_the_same_sentences(report):
    text = as_text(report)

    assert "  14 su 28, 4 incontri = 50,0% (unità non dichiarata, media arrotondata;" in text
    assert "  8 su 24, 3 incontri = 33,3%" in text
    assert "  10 su 13, 6 incontri = 76,9%" in text
    assert "  7 su 16, 2 incontri: dati insufficienti" in text
    assert "  11 su 25, 1 incontro: dati insufficienti" in text
    assert "LabGo socio sanitario\n  nessun dato\n" in text
    assert "  165 su 319 = 51,7%" in text
    assert "  tra 49,4% e 54,1%: le medie della fonte sono arrotondate\n" in text
    assert "non si usano per graduatorie, esclusioni, finanziamenti" in text


def test_the_data_hold_the_rates_at_full_precision(report):
    data = as_data(report)
    famiglia = next(lab for lab in data["labs"] if lab["name"] == "LabGo Famiglia")
    giovani = next(lab for lab in data["labs"] if lab["name"] == "LabGo Giovani")

    assert data["stated"]["rate"] == 165 / 319
    assert (data["stated"]["numerator"], data["stated"]["denominator"]) == (165, 319)
    assert data["stated"]["band"] == [157.5 / 319, 172.5 / 319]
    assert data["recorded"] is None
    assert (famiglia["stated"]["numerator"], famiglia["stated"]["denominator"]) == (14, 28)
    assert famiglia["stated"]["n_meetings"] == 4
    assert famiglia["stated"]["is_rounded"] is True
    assert famiglia["stated"]["unit"] == "unità non dichiarata"
    assert giovani["stated"]["rate"] is None
    assert giovani["stated"]["is_rounded"] is False


def test_what_is_not_known_is_null_in_the_data(report):
    silent = next(lab for lab in as_data(report)["labs"] if lab["name"] == "LabGo socio sanitario")

    assert silent["has_data"] is False
    assert silent["stated"] is silent["recorded"] is silent["constancy"] is None
    assert silent["fulfilment"] == {"delivered": 0, "expected": 0, "rate": None}


def test_a_mean_with_a_decimal_keeps_it(cast):
    state_labs(cast)
    stated = of(district_report(cast.district, AnonymousUser()), "LabGo ISEL")
    assert stated.stated.mean == Fraction(8)

    row = cast.district.bodies.get(name="LabGo ISEL").stated
    type(row).objects.filter(pk=row.pk).update(mean="8.5")

    changed = of(district_report(cast.district, AnonymousUser()), "LabGo ISEL")
    assert changed.stated.sentence == "8,5 su 24, 3 incontri"
