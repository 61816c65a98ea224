"""The compiled form gives what the plain form gives."""

from dataclasses import replace

import numpy as np
import pytest

from ordito.cohesion.measures import engine, fast
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.incidence import Method, incidence
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.unit import Graph, plain_unit
from ordito.cohesion.tests.networks import random_table

pytestmark = pytest.mark.slow  # compiling takes longer than the suite


def test_the_draws_are_the_same_cell_by_cell():
    table = random_table(1, n=17, n_acts=30)
    one = engine.shuffled(table, 5, np.random.default_rng(8))
    other = fast.shuffled(table, 5, np.random.default_rng(8))
    assert all(np.array_equal(a.body, b.body) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("n", "n_acts"), [(25, 60), (300, 40)])  # crowded, and few who met
def test_the_ties_are_the_same_to_the_last_digit(seed, n, n_acts):
    rng = np.random.default_rng(seed)
    table = random_table(seed, n=n, n_acts=n_acts, n_kinds=3)
    table = replace(table, weight=rng.choice([0.0, 5e-324, 0.5, 1.0, 3.0], len(table.weight)))
    assert_same_ties(table, Method(cap=8))


def test_directed_ties_are_the_same():
    table = random_table(6, n=9, n_acts=30)
    table = replace(table, side=np.random.default_rng(6).integers(0, 4, len(table.body)))
    assert_same_ties(table, Method(is_directed=True))


def test_a_table_of_nobody_has_no_ties():
    assert_same_ties(incidence([], [], n_bodies=0, n_acts=0), Method())
    assert_same_ties(incidence([0, 1, 2], [0, 1, 2]), Method())


def assert_same_ties(table, method):
    plain, compiled = project(table, method), fast.project(table, method)
    assert (compiled.n, compiled.n_kinds) == (plain.n, plain.n_kinds)
    for name in ("kind", "left", "right", "weight"):
        assert np.array_equal(getattr(compiled, name), getattr(plain, name)), name


@pytest.mark.parametrize("graph", Graph)
def test_every_measure_with_its_bands_and_its_chance_is_the_same(graph):
    unit = plain_unit(random_table(4, n=16, n_acts=25))
    request = Request(graph=graph, draws=30, seed=2, costly_up_to=100)
    one = measure(unit, request, name="x")
    other = measure(unit, request, name="x", kernel=fast.KERNEL)
    has_chance = graph is not Graph.BACKBONE  # it is a model of the whole table already
    assert any(found.band and found.chance for found in one) is has_chance
    for plain, compiled in zip(one, other, strict=True):
        assert np.array_equal(compiled.members, plain.members)
        assert replace(compiled, members=None) == replace(plain, members=None)
