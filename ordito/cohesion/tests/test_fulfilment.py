"""K15 on cases computed by hand."""

from fractions import Fraction

from ordito.cohesion.measures.mandates import fulfilment


def test_one_output_of_three_is_a_third():
    found = fulfilment([True, False, False])

    assert (found.n_delivered, found.n_expected, found.rate) == (1, 3, Fraction(1, 3))


def test_nothing_expected_is_not_known_rather_than_zero():
    assert fulfilment([]).rate is None


def test_nothing_delivered_is_zero():
    assert fulfilment([False]).rate == 0
