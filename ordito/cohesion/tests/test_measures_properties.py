"""What must hold of any acts: section 7 of the specification."""

from dataclasses import replace
from math import comb, copysign

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordito.cohesion.measures import multiplexity, structural
from ordito.cohesion.measures.backbone import backbone, presence_probabilities, tail_probabilities
from ordito.cohesion.measures.centralisation import betweenness
from ordito.cohesion.measures.dependence import broker_dependence
from ordito.cohesion.measures.engine import Request, measure
from ordito.cohesion.measures.incidence import Method, act_weights, incidence, wear
from ordito.cohesion.measures.mass import interactive_mass
from ordito.cohesion.measures.openness import openness
from ordito.cohesion.measures.projection import ALIVE, adjacency, arcs, encounters, project
from ordito.cohesion.measures.reciprocity import corrected_reciprocity, reciprocity
from ordito.cohesion.measures.rollup import renumbered, roll_up
from ordito.cohesion.measures.two_mode import opsahl
from ordito.cohesion.measures.unit import View, plain_unit
from ordito.cohesion.tests.networks import PLAIN, matrix_of, random_table, tables

few = settings(max_examples=40, deadline=None)


def mass_of(table, method=PLAIN):
    return interactive_mass(project(table, method)).mass


@few
@given(tables)
def test_strength_is_the_number_of_shared_acts(table):
    shared = table.size[table.act] >= 2
    expected = np.bincount(table.body[shared], minlength=table.n_bodies)
    ties = project(table, PLAIN)
    assert ties.strength == pytest.approx(expected, abs=1e-9)
    assert ties.weight.sum() == pytest.approx(table.size[table.size >= 2].sum() / 2)


@few
@given(tables)
def test_mass_is_pairs_by_diversity_by_recurrence(table):
    found = interactive_mass(project(table, Method()))
    if found.n_pairs:
        product = found.n_pairs * found.diversity * found.recurrence
        assert product == pytest.approx(found.mass, abs=1e-12)
        assert 1 <= found.diversity <= 3
        assert 0 < found.recurrence < 1
    else:
        assert found.mass == 0


@few
@given(tables)
def test_no_further_act_lowers_mass(table):
    masses = [mass_of(table.with_acts(np.arange(table.n_acts) < n)) for n in range(table.n_acts)]
    masses.append(mass_of(table))
    assert all(b >= a - 1e-12 for a, b in zip(masses, masses[1:], strict=False))


@settings(max_examples=15, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_the_numbers_of_bodies_never_matter(table, chance):
    new = list(range(table.n_bodies))
    chance.shuffle(new)
    other = incidence(
        np.asarray(new)[table.body],
        table.act,
        n_bodies=table.n_bodies,
        n_acts=table.n_acts,
        kind=table.kind,
        day=table.day,
    )
    request = Request(draws=0, has_bands=False, costly_up_to=10)
    for one, same in zip(
        measure(plain_unit(table), request), measure(plain_unit(other), request), strict=True
    ):
        if isinstance(one.value, float):
            assert one.value == pytest.approx(same.value, rel=1e-12), one.name
        else:
            assert one.value == same.value, one.name


@pytest.mark.parametrize("k", [3, 4, 10, 60])
def test_one_plenary_makes_no_alive_tie(k):
    ties = project(incidence(range(k), [0] * k), PLAIN)
    assert ties.n_pairs == k * (k - 1) // 2
    assert not adjacency(ties, ALIVE).any()


def test_an_assembly_counts_as_an_act_and_makes_no_pair():
    table = incidence([*range(300), 0, 1], [*[0] * 300, 1, 1])
    assert project(table, PLAIN).n_pairs == 1
    assert table.size.tolist() == [300, 2]


@few
@given(tables)
def test_the_list_of_encounters_gives_the_same_ties_as_the_product(table):
    by_product = project(table, Method(cap=5))
    by_list = encounters(table, Method(cap=5)).ties(act_weights(table, Method(cap=5)))
    assert np.array_equal(by_product.left, by_list.left)
    assert np.array_equal(by_product.kind, by_list.kind)
    assert by_product.weight == pytest.approx(by_list.weight, rel=1e-12)


def test_guests_count_in_the_size_of_an_act_and_are_no_nodes():
    table = incidence([0, 1, 5, 6], [0, 0, 0, 0], n_bodies=3)
    assert (table.size[0], table.n_guest_presences) == (4, 2)
    assert project(table, PLAIN).weight.tolist() == pytest.approx([1 / 3])


def test_a_body_twice_in_an_act_counts_once_with_its_largest_weight():
    table = incidence([0, 0, 1], [0, 0, 0], weight=[1, 4, 9], side=[1, 2, 2])
    assert table.size.tolist() == [2]
    assert project(table, PLAIN).weight.tolist() == [6.0]
    assert table.side.tolist() == [3, 2]


def test_wear_halves_after_each_half_life():
    found = wear(np.asarray([0, 0]), until=round(365.25 * 2), half_life=12)
    assert found == pytest.approx([0.25, 0.25], rel=1e-3)
    with pytest.raises(ValueError, match="positive"):
        wear(np.asarray([0]), until=1, half_life=0)


def test_wear_moves_forward_without_reading_history():
    table = random_table(3)
    now, later = Method(until=900), Method(until=1265)
    factor = wear(np.asarray([900]), until=1265, half_life=12)[0]
    assert project(table, later).weight == pytest.approx(project(table, now).weight * factor)


@pytest.mark.parametrize(
    ("weights", "message"), [([-1, 1], "from 0"), ([float("nan"), 1], "from 0"), ([1], "lengths")]
)
def test_weights_that_are_none_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        incidence([0, 1], [0, 0], weight=weights)


def test_who_gives_and_who_receives():
    # 0 gives to 1 and 2 in one act, 1 gives to 0 in another.
    table = incidence([0, 1, 2, 1, 0], [0, 0, 0, 1, 1], side=[1, 2, 2, 1, 2])
    found = arcs(table, PLAIN)
    assert found.tolist() == [[0, 1, 1], [1, 0, 0], [0, 0, 0]]
    assert reciprocity(found) == pytest.approx(2 / 3)
    assert corrected_reciprocity(found) == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))
    directed = project(table, replace(PLAIN, is_directed=True))
    assert list(zip(directed.left.tolist(), directed.right.tolist(), strict=True)) == [
        (0, 1),
        (0, 2),
    ]
    assert directed.weight.tolist() == [1.5, 0.5]


def test_who_gives_and_receives_in_one_act_met_in_it_once():
    # One act of three that all give and receive, one of two that do, one of a giver alone.
    table = incidence([0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 2], side=[3, 3, 3, 3, 3, 1])
    method = replace(PLAIN, is_directed=True)
    ties = project(table, method)
    assert ties.weight.tolist() == pytest.approx([1.5, 0.5, 0.5])
    met = encounters(table, method).ties(act_weights(table, method))
    assert met.weight.tolist() == pytest.approx(ties.weight.tolist())


def test_acts_that_make_no_pair_make_no_arc():
    # 0 gives to three in one act, 1 to 0 in another of kind 1.
    table = incidence([0, 1, 2, 3, 0, 1], [0, 0, 0, 0, 1, 1], side=[1, 2, 2, 2, 2, 1], kind=[0, 1])
    assert arcs(table, PLAIN).sum() == 4
    assert arcs(table, replace(PLAIN, cap=3)).tolist()[1] == [1, 0, 0, 0]
    assert arcs(table, replace(PLAIN, cap=3)).sum() == 1
    assert arcs(table, replace(PLAIN, kind_weights=(0.5, 0.0))).sum() == 3


def test_two_mode_clustering_is_the_same_whoever_came_as_a_guest():
    acts = [(0, 1, 2), (3, 4), (3, 5), (0, 6), (0, 1, 2, 3, 4, 5, *range(7, 27))]
    rows = np.asarray([(body, act) for act, bodies in enumerate(acts) for body in bodies])
    table = incidence(*rows.T, n_bodies=7)
    assert table.n_guest_presences == 20
    for left_out in range(4):
        alone = rows[(rows[:, 1] != left_out) & (rows[:, 0] < 7)]
        kept = np.arange(5) != left_out
        assert opsahl(table.with_acts(kept)) == opsahl(incidence(*alone.T, n_bodies=7))


def test_no_mass_is_zero_and_has_no_sign():
    mass = interactive_mass(project(incidence([0, 1], [0, 1]), PLAIN)).mass
    assert copysign(1, mass) == 1


def test_a_kind_that_weighs_nothing_does_not_lower_saturation():
    table = incidence([0, 1, 0, 1], [0, 0, 1, 1], kind=[0, 1])
    weighed = View(plain_unit(table), replace(PLAIN, kind_weights=(1.0, 0.0))).mass
    alone = View(plain_unit(incidence([0, 1], [0, 0])), PLAIN).mass
    assert weighed.saturation == alone.saturation


def test_a_closed_network_can_be_more_open_than_chance():
    # Two groups of 1 and 5: within pairs are 10 of 15.
    label = np.asarray([0, 1, 1, 1, 1, 1])
    left, right = np.asarray([0, 0, 1, 2, 3]), np.asarray([1, 2, 2, 3, 4])
    found = openness(left, right, np.ones(5), label)
    assert found.ei == pytest.approx(-1 / 5)
    assert found.expected == pytest.approx((5 - 10) / 15)
    assert found.corrected == pytest.approx(-1 / 5 + 1 / 3)
    unknown = openness(left, right, np.ones(5), np.where(np.arange(6) == 5, -1, label))
    assert unknown.n_known == 5


def test_kinds_of_tie():
    table = incidence([0, 1, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2], kind=[0, 1, 1])
    ties = project(table, PLAIN)
    assert multiplexity.mean_kinds(ties) == 1.5
    assert multiplexity.multiplex_share(ties) == 0.5
    assert multiplexity.layer_overlap(ties) == 0.5


@pytest.mark.parametrize("seed", range(5))
def test_opsahl_agrees_with_counting_every_path(seed):
    table = random_table(seed, n=8, n_acts=9)
    assert opsahl(table) == pytest.approx(_opsahl_by_hand(table.table()))


def _opsahl_by_hand(came):
    paths = closed = 0
    acts = range(came.shape[1])
    bodies = range(len(came))
    for j in bodies:
        for p in (p for p in acts if came[j, p]):
            for q in (q for q in acts if came[j, q] and q != p):
                for i in (i for i in bodies if came[i, p] and i != j):
                    for k in (k for k in bodies if came[k, q] and k not in {i, j}):
                        paths += 1
                        closed += any(came[i, r] and came[k, r] for r in acts if r not in {p, q})
    return closed / paths if paths else None


@pytest.mark.parametrize("seed", range(4))
def test_graph_measures_agree_with_networkx(seed):
    graph = networkx.gnp_random_graph(18, 0.18, seed=seed)
    matrix = matrix_of(graph)
    expected = networkx.betweenness_centrality(graph, normalized=False)
    assert betweenness(matrix).tolist() == pytest.approx(list(expected.values()))
    highest = np.zeros(18, dtype=int)
    for k, groups in networkx.k_components(graph).items():
        highest[list(set().union(*groups))] = np.maximum(highest[list(set().union(*groups))], k)
    assert structural.cohesion_of(matrix).tolist() == highest.tolist()
    assert structural.average_connectivity(matrix) == pytest.approx(
        networkx.average_node_connectivity(graph)
    )
    assert broker_dependence(matrix) == pytest.approx([_lost(graph, node) for node in graph])


def _lost(graph, node):
    def pairs(one):
        return sum(len(c) * (len(c) - 1) // 2 for c in networkx.connected_components(one))

    others = [other for other in graph if other != node]
    before = sum(
        1 for i, a in enumerate(others) for b in others[i + 1 :] if networkx.has_path(graph, a, b)
    )
    return (before - pairs(graph.subgraph(others))) / before if before else 0


@few
@given(st.integers(0, 10**6))
def test_a_region_is_its_districts_and_the_pairs_that_cross(seed):
    rng = np.random.default_rng(seed)
    district = rng.integers(0, 3, 20)  # of each act
    home = np.sort(rng.integers(0, 3, 15))  # of each body
    came = (rng.random((15, 20)) < 0.3) & (
        (home[:, None] == district) | (rng.random((15, 20)) < 0.1)
    )
    body, act = np.nonzero(came)
    whole = project(incidence(body, act, n_bodies=15, n_acts=20), PLAIN)
    parts = []
    for one in range(3):
        mine = np.flatnonzero(home == one)
        rows = district[act] == one
        number = np.full(15, -1)
        number[mine] = np.arange(len(mine))
        guests = len(mine) + np.arange(15)
        numbers = np.where(number >= 0, number, guests)[body[rows]]
        table = incidence(numbers, act[rows], n_bodies=len(mine), n_acts=20)
        ties = project(table, PLAIN)
        parts.append(renumbered(ties, mine, np.zeros(1, np.int64), n=15, n_kinds=1))
    found = roll_up(whole, parts)
    crossing = home[whole.left] != home[whole.right]
    assert found.weight.whole == pytest.approx(whole.weight.sum())
    assert found.mass.whole == pytest.approx(interactive_mass(whole).mass)
    assert found.pairs.whole == whole.n_pairs
    assert found.mass.cross >= -np.expm1(-whole.weight[crossing]).sum() - 1e-9


def test_tails_keep_their_digits():
    def tail(least):
        return sum(comb(40, k) * 0.1**k * 0.9 ** (40 - k) for k in range(least, 41))

    found = tail_probabilities(np.full((3, 40), 0.1), np.asarray([0, 5, 38]))
    assert found == pytest.approx([tail(0), tail(5), tail(38)], rel=1e-10)


def test_a_planted_couple_stands_out_of_the_backbone():
    rng = np.random.default_rng(1)
    came = rng.random((20, 60)) < 0.2
    came[1] = came[0]
    table = incidence(*np.nonzero(came), n_bodies=20, n_acts=60)
    found = backbone(table, alpha=1e-4)
    assert found[0, 1]
    assert found.sum() == 2
    probabilities = presence_probabilities(came)
    assert probabilities.sum(axis=1) == pytest.approx(came.sum(axis=1), abs=1e-8)
    assert probabilities.sum(axis=0) == pytest.approx(came.sum(axis=0), abs=1e-8)


def test_a_body_that_could_not_come_is_expected_nowhere():
    came = np.random.default_rng(2).random((10, 20)) < 0.4
    allowed = np.ones_like(came)
    allowed[0, :10] = came[0, :10] = False
    probabilities = presence_probabilities(came, allowed)
    assert not probabilities[0, :10].any()
    assert probabilities.sum(axis=1) == pytest.approx(came.sum(axis=1), abs=1e-8)
    with pytest.raises(ValueError, match="could not attend"):
        presence_probabilities(np.ones_like(came), allowed)
