"""When two names are likely to be those of one organisation."""

import pytest

from ordito.registry.names import bare_name


@pytest.mark.parametrize(
    "name",
    [
        "APS Filo Rosso",
        "Filo Rosso A.P.S.",
        "filo-rosso, associazione di promozione sociale",
        "«FILO  ROSSO» aps - ETS",
    ],
)
def test_one_organisation_is_known_however_its_name_is_written(name):
    assert bare_name(name) == "filo rosso"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Filo Rosso", "Filo Rosso due"),
        ("Fondazione Arca", "Associazione Arca"),
        ("Comune di San Giovanni", "Comune di San Giovanni Bianco"),
        ("Apsara", "ARA"),
    ],
)
def test_names_that_differ_by_more_than_their_form_are_two(one, other):
    assert bare_name(one) != bare_name(other)


def test_a_name_made_of_its_legal_form_stays_whole():
    assert bare_name("Cooperativa Sociale") == "cooperativa sociale"
