"""K01 and K02 on cases computed by hand, and what must hold of any meetings."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordito.cohesion.measures.participation import (
    Attender,
    Sitting,
    Spread,
    StatedMean,
    constancy,
    participation,
    stated_participation,
)

HALF = Fraction(1, 2)
few = settings(max_examples=50, deadline=None)  # a busy machine is no failure
sittings = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.builds(Sitting, st.integers(0, n), st.just(n))),
    min_size=3,
    max_size=30,
)


def stated(mean, n_meetings, n_adhesions, half_step=HALF):
    return StatedMean(Fraction(mean), n_meetings, n_adhesions, half_step)


def test_the_rate_pools_presences_and_is_not_the_mean_of_the_rates():
    found = participation([Sitting(2, 4), Sitting(3, 4), Sitting(8, 8)])

    assert found.rate == Fraction(13, 16)
    assert found.mean == Fraction(13, 3)
    assert found.counts == Spread(Fraction(2), Fraction(3), Fraction(8))
    assert found.rates == Spread(Fraction(1, 2), Fraction(3, 4), Fraction(1))


def test_two_meetings_give_counts_and_no_rate():
    found = participation([Sitting(2, 4), Sitting(3, 4)])

    assert (found.n_present, found.n_due, found.mean) == (5, 8, Fraction(5, 2))
    assert found.rate is None
    assert found.rates is None


def test_no_meeting_is_no_participation_rather_than_zero():
    assert participation([]) is None
    assert stated_participation([]) is None


def test_meetings_without_a_roster_have_no_rate():
    assert participation([Sitting(0, 0)] * 3).rate is None


@few
@given(sittings)
def test_the_pooled_rate_lies_between_the_lowest_and_the_highest(them):
    found = participation(them)

    assert found.rates.lowest <= found.rate <= found.rates.highest


@few
@given(sittings, st.randoms())
def test_the_order_of_meetings_does_not_matter(them, random):
    shuffled = list(them)
    random.shuffle(shuffled)

    assert participation(shuffled) == participation(them)


def test_the_stated_means_of_2016_pool_to_165_of_319():
    found = stated_participation(
        [
            stated(14, 4, 28),
            stated(8, 3, 24),
            stated(10, 6, 13),
            stated(7, 2, 16),
            stated(11, 1, 25),
        ]
    )

    assert (found.presences, found.due, found.n_meetings) == (165, 319, 16)
    assert found.rate == Fraction(165, 319)
    assert found.band == (Fraction(315, 638), Fraction(345, 638))


@pytest.mark.parametrize(
    ("mean", "n_meetings", "n_adhesions", "rate"),
    [
        (14, 4, 28, Fraction(1, 2)),
        (8, 3, 24, Fraction(1, 3)),
        (10, 6, 13, Fraction(10, 13)),
        (7, 2, 16, None),
        (11, 1, 25, None),
    ],
)
def test_a_stated_mean_gives_a_rate_from_three_meetings(mean, n_meetings, n_adhesions, rate):
    found = stated_participation([stated(mean, n_meetings, n_adhesions)])

    assert found.rate == rate
    assert (found.band is None) == (rate is None)


def test_a_band_never_goes_below_zero():
    assert stated_participation([stated(0, 3, 10)]).band == (0, Fraction(1, 20))


def test_an_exact_mean_has_no_band():
    assert stated_participation([stated(14, 4, 28, Fraction(0))]).band is None


@few
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(2, 9), st.integers(40, 60)), min_size=2))
def test_the_band_holds_every_rate_whose_means_round_to_those_printed(rows):
    low = stated_participation([stated(m - HALF, n, a, Fraction(0)) for m, n, a in rows])
    high = stated_participation([stated(m + HALF, n, a, Fraction(0)) for m, n, a in rows])

    assert stated_participation([stated(*row) for row in rows]).band == (low.rate, high.rate)


def test_constancy_sorts_a_roster_in_three():
    attenders = [
        Attender(3, 3),
        Attender(3, 2),
        Attender(3, 1, n_excused=2),
        Attender(2, 0),
        Attender(3, 0, n_excused=1),
        Attender(0, 0),
    ]

    found = constancy(attenders, n_meetings=3)

    assert (found.n_organisations, found.n_constant, found.n_occasional, found.n_silent) == (
        5,
        2,
        1,
        2,
    )
    assert found.constant_share == found.silent_share == Fraction(2, 5)
    assert found.n_excused == 3


@pytest.mark.parametrize(("n_organisations", "n_meetings"), [(4, 3), (5, 2)])
def test_too_few_organisations_or_meetings_give_counts_and_no_share(n_organisations, n_meetings):
    found = constancy([Attender(2, 2)] * n_organisations, n_meetings=n_meetings)

    assert found.n_constant == n_organisations
    assert found.constant_share is None
    assert found.silent_share is None


def test_nobody_due_is_no_constancy():
    assert constancy([], n_meetings=4) is None


@few
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1))
def test_the_thirds_are_the_whole_roster(pairs):
    attenders = [Attender(max(pair), min(pair)) for pair in pairs]
    found = constancy(attenders, n_meetings=9)
    if found is None:
        assert all(a.n_due == 0 for a in attenders)
    else:
        thirds = found.n_constant + found.n_occasional + found.n_silent
        assert thirds == found.n_organisations == sum(a.n_due > 0 for a in attenders)
