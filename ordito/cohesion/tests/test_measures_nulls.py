"""Chance with fixed margins, by two samplers that share nothing."""

from dataclasses import replace

import numpy as np
import pytest

from ordito.cohesion.measures.chance import uniform_draws
from ordito.cohesion.measures.density import density
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.mass import interactive_mass
from ordito.cohesion.measures.nulls import curveball, percentile, swaps
from ordito.cohesion.measures.openness import permuted_openness
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.reciprocity import reciprocity
from ordito.cohesion.measures.unit import Graph, plain_unit
from ordito.cohesion.tests.networks import PLAIN, davis


def profile(tables):
    table = davis()
    found = [project(table.with_table(drawn), PLAIN) for drawn in tables]
    return np.asarray(
        [(density(ties.n, ties.n_pairs), interactive_mass(ties).mass) for ties in found]
    )


def test_a_draw_keeps_the_margins_and_moves():
    table = davis().table()
    rng = np.random.default_rng(5)
    for drawn in (*curveball(table, 5, rng), *swaps(table, 5, rng, between=200)):
        assert (drawn.sum(axis=0) == table.sum(axis=0)).all()
        assert (drawn.sum(axis=1) == table.sum(axis=1)).all()
        assert (drawn != table).any()


def test_the_two_samplers_agree_on_davis_and_with_what_was_published():
    table = davis().table()
    one = profile(curveball(table, 300, np.random.default_rng(1)))
    other = profile(swaps(table, 300, np.random.default_rng(2), between=600))
    error = np.sqrt((one.var(axis=0) + other.var(axis=0)) / 300)
    assert (np.abs(one.mean(axis=0) - other.mean(axis=0)) < 3 * error).all()
    assert one.mean(axis=0) == pytest.approx([0.911, 35.36], rel=0.005)
    assert one.std(axis=0) == pytest.approx([0.026, 0.16], rel=0.25)


def test_draws_are_not_chained_to_each_other():
    found = profile(curveball(davis().table(), 300, np.random.default_rng(3)))[:, 0]
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 3 / np.sqrt(300)


def test_every_table_of_small_margins_is_as_likely():
    table = np.asarray([[1, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=bool)
    for sampler in (
        curveball(table, 3000, np.random.default_rng(4), between=5),
        swaps(table, 3000, np.random.default_rng(4), between=40),
    ):
        seen: dict[bytes, int] = {}
        for drawn in sampler:
            seen[drawn.tobytes()] = seen.get(drawn.tobytes(), 0) + 1
        assert len(seen) == 5
        expected = 3000 / len(seen)
        assert sum((n - expected) ** 2 / expected for n in seen.values()) < 25


def test_the_mass_of_davis_is_far_below_chance_and_its_density_is_not():
    request = Request(
        method=PLAIN, graph=Graph.ALL, names=("mass", "density"), has_bands=False, seed=11
    )
    mass, ties = measure(plain_unit(davis()), request)
    assert mass.chance.z == pytest.approx(-11.6, abs=1.5)
    assert mass.chance.percentile == 0
    assert abs(ties.chance.z) < 0.5
    assert 20 < ties.chance.percentile < 80


def test_the_same_seed_gives_the_same_chance_to_the_last_digit():
    def chances(seed):
        request = Request(names=("mass", "opsahl"), draws=20, seed=seed)
        return measure(plain_unit(davis()), request, name="Natchez")

    assert [(m.chance, m.band) for m in chances(1)] == [(m.chance, m.band) for m in chances(1)]
    assert chances(1)[0].chance != chances(2)[0].chance


def test_chance_keeps_the_weights_of_acts_and_leaves_directed_ties_alone():
    table = davis()
    weighted = replace(table, weight=np.full(len(table.body), 3.0))
    (one,) = measure(plain_unit(table), Request(names=("tie_weight",), method=PLAIN))
    (three,) = measure(plain_unit(weighted), Request(names=("tie_weight",), method=PLAIN))
    assert three.value == pytest.approx(3 * one.value)
    drawn = next(curveball(table.table(), 1, np.random.default_rng(1)))
    ties = project(weighted.with_table(drawn), PLAIN)
    assert ties.weight.sum() == pytest.approx(3 * one.value)
    directed = Request(names=("mass",), method=replace(PLAIN, is_directed=True), has_bands=False)
    assert measure(plain_unit(table), directed)[0].chance is None


def test_a_value_in_the_middle_of_equals_is_at_the_fiftieth():
    assert percentile(1.0, np.asarray([1.0, 1.0, 1.0])) == 50
    assert percentile(2.0, np.asarray([1.0, 3.0, 2.0, 2.0])) == 50
    assert percentile(1.0, np.asarray([])) is None


def test_shuffled_labels_and_arcs_keep_what_they_must():
    rng = np.random.default_rng(6)
    label = np.asarray([0, 0, 1, 1, 1, -1])
    left, right = np.asarray([0, 1, 2, 4]), np.asarray([1, 2, 3, 5])
    found = permuted_openness(left, right, np.ones(4), label, 50, rng)
    assert set(np.round(found * 3)) <= {-3, -1, 1, 3}
    arcs = np.asarray([[0, 3, 0], [3, 0, 0], [0, 0, 0]], dtype=float)
    totals = uniform_draws(arcs, lambda drawn: float(drawn.sum()), 10, rng)
    assert set(totals) == {6.0}
    drawn = uniform_draws(arcs, reciprocity, 400, rng)
    assert np.mean(drawn == 1) == pytest.approx(0.2, abs=0.08)
