"""The compiled form gives what the plain form gives."""

from dataclasses import replace

import numpy as np
import pytest

from ordito.cohesion.measures import engine, fast
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.incidence import Method, act_weights, incidence
from ordito.cohesion.measures.mass import interactive_mass
from ordito.cohesion.measures.projection import ALIVE, adjacency, project
from ordito.cohesion.measures.unit import Graph, plain_unit
from ordito.cohesion.tests.networks import random_table

pytestmark = pytest.mark.slow  # compiling takes longer than the suite


def test_the_draws_are_the_same_cell_by_cell():
    table = random_table(1, n=17, n_acts=30)
    one = engine.shuffled(table, 5, np.random.default_rng(8))
    other = fast.shuffled(table, 5, np.random.default_rng(8))
    assert all(np.array_equal(a.body, b.body) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_are_the_same(seed):
    table = random_table(seed, n=25, n_acts=60, n_kinds=3)
    method = Method(cap=8)
    ties = project(table, method)
    pairs, pair_kinds, tied, mass = fast.sums(table, act_weights(table, method))
    assert (pairs, pair_kinds) == (ties.n_pairs, len(ties.weight))
    assert tied == adjacency(ties, ALIVE).sum() // 2
    assert mass == pytest.approx(interactive_mass(ties).mass, rel=1e-12)


def test_a_table_of_nobody_has_no_sums():
    empty = incidence([], [], n_bodies=0, n_acts=0)
    assert fast.sums(empty, np.zeros(0)) == (0, 0, 0, 0.0)


def test_bands_and_chance_are_the_same():
    unit = plain_unit(random_table(4, n=16, n_acts=25))
    request = Request(names=tuple(fast.NAMES), draws=30, seed=2)
    one = measure(unit, request, name="x")
    other = measure(unit, request, name="x", kernel=fast.KERNEL)
    for plain, compiled in zip(one, other, strict=True):
        for key in ("one_act_out", "one_body_out", "subsample_80"):
            expected = getattr(plain.band, key)
            assert getattr(compiled.band, key) == pytest.approx(expected, rel=1e-9), plain.name
        if plain.chance:
            assert compiled.chance.mean == pytest.approx(plain.chance.mean, rel=1e-12)
            assert compiled.chance.percentile == plain.chance.percentile


def test_what_has_no_compiled_form_is_refused():
    unit = plain_unit(random_table(5))
    with pytest.raises(ValueError, match="opsahl"):
        measure(unit, Request(names=("opsahl",)), kernel=fast.KERNEL)
    directed = Request(names=("mass",), method=replace(Method(), is_directed=True))
    with pytest.raises(ValueError, match="undirected"):
        measure(unit, directed, kernel=fast.KERNEL)
    with pytest.raises(ValueError, match="undirected"):
        fast.profile(Request(graph=Graph.BACKBONE), [])
