"""Published values: Davis, karate club, Florentine families, the labs of 2016."""

import networkx
import numpy as np
import pytest

from ordito.cohesion.measures.catalogue import ENTRIES
from ordito.cohesion.measures.centralisation import betweenness, degree_centralisation
from ordito.cohesion.measures.connectedness import connectedness
from ordito.cohesion.measures.core_periphery import core_periphery
from ordito.cohesion.measures.density import density, two_mode_density
from ordito.cohesion.measures.dependence import broker_dependence, without_body
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.incidence import incidence
from ordito.cohesion.measures.mass import interactive_mass
from ordito.cohesion.measures.openness import openness
from ordito.cohesion.measures.pooled import pooled_participation
from ordito.cohesion.measures.projection import adjacency, project
from ordito.cohesion.measures.structural import cohesion_of, sizes_by_k, two_mode_graph
from ordito.cohesion.measures.two_mode import opsahl, robins_alexander
from ordito.cohesion.measures.unit import Graph, plain_unit
from ordito.cohesion.tests.networks import PLAIN, davis, matrix_of


@pytest.fixture(scope="module")
def table():
    return davis()


@pytest.fixture(scope="module")
def ties(table):
    return project(table, PLAIN)


def close(value):
    return pytest.approx(value, abs=1e-9)


def test_newman_strengths_of_davis_are_the_occasions_each_woman_shared(ties):
    expected = [8, 7, 8, 7, 4, 4, 4, 3, 4, 4, 4, 6, 7, 8, 5, 2, 2, 2]
    assert ties.strength.tolist() == close(expected)


def test_the_mass_of_davis(ties):
    found = interactive_mass(ties)
    assert found.mass == close(33.532573197125)
    assert found.n_pairs == 139
    assert found.diversity == 1
    assert found.recurrence == close(33.532573197125 / 139)
    assert found.per_body == close(2 * 33.532573197125 / 18)
    assert found.saturation == close(33.532573197125 / 153)
    assert round(found.recurrence, 5) == 0.24124
    assert round(found.per_body, 4) == 3.7258
    assert round(found.saturation, 5) == 0.21917


def test_the_density_and_centralisation_of_davis_projected(table, ties):
    assert density(ties.n, ties.n_pairs) == close(139 / 153)
    assert degree_centralisation(adjacency(ties)) == pytest.approx(0.103, abs=5e-4)
    assert two_mode_density(table) == close(89 / 252)


def test_the_two_mode_clustering_of_davis(table):
    assert opsahl(table) == close(6971 / 9031)
    assert robins_alexander(table) == pytest.approx(0.467764, abs=5e-7)


def test_the_structural_cohesion_of_davis(table):
    assert sizes_by_k(cohesion_of(two_mode_graph(table))) == {1: 32, 2: 32, 3: 28, 4: 23}


def test_the_largest_meeting_of_davis_weighs_less_than_its_pairs(table):
    sizes = table.size
    assert sizes.max() == 14
    naive = 14 * 13 / (sizes * (sizes - 1)).sum()
    assert naive == pytest.approx(0.283, abs=5e-4)
    assert 14 / sizes.sum() == pytest.approx(0.157, abs=5e-4)


def test_the_stability_of_davis_when_an_occasion_is_left_out(table):
    request = Request(method=PLAIN, graph=Graph.ALL, names=("density", "mass"), draws=0)
    density_found, mass_found = measure(plain_unit(table), request)
    assert density_found.band.one_act_out == pytest.approx((0.784, 0.908), abs=6e-4)
    assert mass_found.band.one_act_out == pytest.approx((28.1, 33.1), abs=0.06)


def test_a_body_left_out_of_florence_cuts_off_what_borgatti_says():
    graph = networkx.florentine_families_graph()
    families, matrix = list(graph), matrix_of(graph)
    shares = dict(zip(families, broker_dependence(matrix), strict=True))
    assert shares["Medici"] == close(35 / 91)
    assert sorted(family for family in shares if shares[family] == close(1 / 7)) == [
        "Albizzi",
        "Guadagni",
        "Salviati",
    ]
    absence = without_body(matrix, families.index("Medici"))
    assert (absence.pairs_before, absence.pairs_after) == (91, 56)
    assert [[families[one] for one in piece] for piece in absence.cut_off] == [
        ["Salviati", "Pazzi"],
        ["Acciaiuoli"],
    ]
    assert [families[one] for one in absence.isolated] == ["Acciaiuoli"]


def test_the_karate_club():
    graph = networkx.karate_club_graph()
    matrix = matrix_of(graph)
    assert density(34, int(matrix.sum()) // 2) == close(78 * 2 / (34 * 33))
    expected = networkx.betweenness_centrality(graph, normalized=False)
    assert betweenness(matrix).tolist() == close([expected[node] for node in graph])
    assert sizes_by_k(cohesion_of(matrix)) == {1: 34, 2: 33, 3: 22, 4: 10}
    assert connectedness(matrix) == 1
    clubs = [graph.nodes[node]["club"] == "Officer" for node in graph]
    left, right = np.nonzero(np.triu(matrix))
    found = openness(left, right, np.ones(len(left)), np.asarray(clubs, dtype=np.int64))
    assert found.ei == close((11 - 67) / 78)


def test_the_core_of_a_star_with_a_tail_is_its_centre():
    star = networkx.star_graph(5)
    star.add_edge(5, 6)
    found = core_periphery(matrix_of(star))
    assert found.members.tolist()[0] == 0
    assert found.fit == pytest.approx(np.corrcoef(*_patterns(matrix_of(star), found.members))[0, 1])


def _patterns(matrix, core):
    ideal = np.zeros_like(matrix)
    ideal[core] = ideal[:, core] = True
    pairs = np.triu_indices(len(matrix), 1)
    return matrix[pairs].astype(float), ideal[pairs].astype(float)


def test_the_labs_of_2016_pool_to_165_of_319():
    # Adhesions and mean presences of each lab, as many times as it met.
    labs = ((28, 14, 4), (24, 8, 3), (13, 10, 6), (16, 7, 2), (25, 11, 1))
    due = np.concatenate([[roster] * met for roster, _came, met in labs])
    came = np.concatenate([[mean] * met for _roster, mean, met in labs])
    assert pooled_participation(came, due) == close(165 / 319)
    rates = [mean / roster for roster, mean, _met in labs]
    assert [round(rate, 4) for rate in rates] == [0.5, 0.3333, 0.7692, 0.4375, 0.44]
    assert np.mean(rates) == pytest.approx(0.496, abs=5e-4)


def test_a_unit_without_acts_answers_every_measure():
    unit = plain_unit(incidence([], [], n_bodies=0, n_acts=0))
    found = {one.name: one.value for one in measure(unit, Request(costly_up_to=100))}
    assert set(found) == {entry.name for entry in ENTRIES if not entry.needs}
    assert found["mass"] == 0
    assert found["density"] is None
    assert found["participation"] is None


def test_what_is_below_the_floor_says_so_and_participation_never_does(table):
    few = plain_unit(table.with_acts(np.arange(14) < 4))
    names = ("mass", "participation", "act_sizes")
    found = measure(few, Request(names=names, draws=0, has_bands=False))
    assert [one.below_floor for one in found] == [True, False, False]
    assert all(one.value is not None for one in found)
