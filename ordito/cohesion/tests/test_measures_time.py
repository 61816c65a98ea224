"""What lasts, who is new, and what labs share: on cases worked out by hand."""

import numpy as np
import pytest

from ordito.cohesion.measures import continuity, hypergraph, newcomers
from ordito.cohesion.measures.incidence import Method, incidence
from ordito.cohesion.measures.projection import project

NOW = 1095
METHOD = Method(half_life=None, until=NOW)


def meetings(*acts):
    """A table from (day, bodies) couples."""
    rows = [(body, number) for number, (_day, bodies) in enumerate(acts) for body in bodies]
    body, act = zip(*rows, strict=True)
    return incidence(body, act, day=[day for day, _bodies in acts])


def rng():
    return np.random.default_rng(1)


def test_ties_persist_when_the_same_two_meet_in_both_years():
    table = meetings((1000, (0, 1)), (1010, (1, 2)), (600, (0, 1)), (610, (2, 3)))
    assert continuity.tie_persistence(table, METHOD, rng()) == pytest.approx(1 / 3)


def test_a_fuller_year_is_rarefied_to_the_other():
    table = meetings((1000, (0, 1)), (600, (0, 1)), (610, (0, 2)))
    found = continuity.tie_persistence(table, METHOD, rng())
    assert found == pytest.approx(0.5, abs=0.15)  # one of the two earlier acts at a time


def test_no_persistence_without_a_year_before():
    assert continuity.tie_persistence(meetings((1000, (0, 1))), METHOD, rng()) is None
    assert continuity.retention(meetings((1000, (0, 1))), NOW) is None


def test_retention_is_over_those_of_the_year_before():
    table = meetings((1000, (0, 1)), (600, (0, 2, 3)))
    assert continuity.retention(table, NOW) == pytest.approx(1 / 3)


def test_the_share_of_mass_that_recurs_in_another_quarter():
    table = meetings((1090, (0, 1)), (900, (0, 1)), (1080, (2, 3)), (1085, (2, 3)))
    ties = project(table, METHOD)
    assert continuity.recurring_mass_share(table, ties, METHOD) == pytest.approx(0.5)


def test_newcomers_start_in_the_second_year():
    assert newcomers.newcomers(meetings((1000, (0, 1))), NOW) is None
    table = meetings((1000, (0, 1, 2)), (600, (0,)))
    assert newcomers.newcomers(table, NOW) == pytest.approx(2 / 3)


def test_leavers_came_three_years_ago_and_not_since():
    table = meetings((1000, (0,)), (600, (1,)), (300, (0, 1, 2)))
    assert newcomers.leavers(table, NOW).tolist() == [2]
    assert newcomers.leavers(meetings((1000, (0, 1))), NOW) is None


def test_labs_are_linked_by_shared_bodies():
    members = np.asarray([[1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 1, 1]], dtype=bool)
    assert [hypergraph.lab_components(members, s) for s in (1, 2, 3)] == [1, 1, 2]
    assert hypergraph.multi_lab_share(members) == pytest.approx(3 / 4)
    assert hypergraph.multi_lab_share(np.zeros((0, 0), dtype=bool)) is None
    with pytest.raises(ValueError, match="one body or more"):
        hypergraph.lab_components(members, 0)
