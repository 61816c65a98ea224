"""Every measure by its documented name: what computes it, on which graph, under which floor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from ordito.cohesion.measures import (
    centralisation,
    chance,
    connectedness,
    continuity,
    core_periphery,
    density,
    dependence,
    hypergraph,
    mass,
    multiplexity,
    newcomers,
    openness,
    pooled,
    projection,
    reciprocity,
    structural,
    two_mode,
)
from ordito.cohesion.measures.incidence import FloatArray, IntArray
from ordito.cohesion.measures.projection import ALIVE
from ordito.cohesion.measures.unit import Graph, View

Value = float | int | dict[int, int] | None
Draws = Callable[[View, int, np.random.Generator], FloatArray]


@dataclass(frozen=True)
class Entry:
    """One measure.

    formula     the public function whose docstring is its reference
    graph       what it runs on; None when it is the graph chosen for binary ties
    has_band    moves with acts and bodies left out; is_extensive: grows with the number of acts
    has_null    compared with tables of the same margins; draws: a chance of its own
    members     the bodies it names, as numbers
    is_costly   by default only in units of a hundred bodies at most
    """

    name: str
    read: Callable[[View], Value]
    formula: Callable[..., object]
    graph: Graph | None = None
    has_band: bool = False
    is_extensive: bool = False
    has_null: bool = False
    draws: Draws | None = None
    members: Callable[[View], IntArray] | None = None
    is_costly: bool = False
    has_floor: bool = True
    needs: str = ""


def _core_fit(view: View) -> float | None:
    core = core_periphery.core_periphery(view.adjacency)
    return core.fit if core else None


def _core_members(view: View) -> IntArray:
    core = core_periphery.core_periphery(view.adjacency)
    return core.members if core else np.zeros(0, dtype=np.int64)


def _leaver_count(view: View) -> int | None:
    gone = newcomers.leavers(view.table, view.until)
    return None if gone is None else len(gone)


def _leavers(view: View) -> IntArray:
    gone = newcomers.leavers(view.table, view.until)
    return np.zeros(0, dtype=np.int64) if gone is None else gone


def _persistence(view: View) -> float | None:
    # A stream of its own, so that the value does not depend on what else is asked for.
    rng = np.random.Generator(np.random.PCG64(view.table.n_acts))
    at_least = 0.0 if view.graph is Graph.ALL else ALIVE
    return continuity.tie_persistence(view.table, view.method, rng, at_least)


def _uniform(measure: Callable[[FloatArray], float | None]) -> Draws:
    return lambda view, draws, rng: chance.uniform_draws(view.arcs, measure, draws, rng)


def _highest(view: View) -> float | None:
    shares = dependence.broker_dependence(view.adjacency)
    return float(shares.max()) if len(shares) else None


_ALL, _TWO_MODE = Graph.ALL, Graph.TWO_MODE
_moves = partial(Entry, has_band=True, has_null=True)
_giving = partial(Entry, graph=Graph.ALL, needs="role")

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "participation",
        lambda v: pooled.pooled_participation(v.unit.came, v.unit.due),
        pooled.pooled_participation,
        _TWO_MODE,
        has_band=True,
        has_floor=False,
    ),
    Entry(
        "active_share",
        lambda v: continuity.active_share(v.table, v.until),
        continuity.active_share,
        _TWO_MODE,
    ),
    Entry("pairs", lambda v: v.mass.n_pairs, mass.interactive_mass, _ALL, has_band=True),
    Entry("tie_weight", lambda v: float(v.ties.weight.sum()), projection.project, _ALL),
    _moves("mass", lambda v: v.mass.mass, mass.interactive_mass, _ALL, is_extensive=True),
    _moves(
        "mass_per_body", lambda v: v.mass.per_body, mass.interactive_mass, _ALL, is_extensive=True
    ),
    _moves(
        "saturation", lambda v: v.mass.saturation, mass.interactive_mass, _ALL, is_extensive=True
    ),
    Entry("diversity", lambda v: v.mass.diversity, mass.interactive_mass, _ALL),
    _moves("recurrence", lambda v: v.mass.recurrence, mass.interactive_mass, _ALL),
    Entry("mass_no_decay", lambda v: v.mass_at(None), mass.interactive_mass, _ALL),
    Entry(
        "mass_half_half_life",
        lambda v: v.mass_at(v.method.half_life and v.method.half_life / 2),
        mass.interactive_mass,
        _ALL,
    ),
    Entry(
        "mass_double_half_life",
        lambda v: v.mass_at(v.method.half_life and v.method.half_life * 2),
        mass.interactive_mass,
        _ALL,
    ),
    _moves("density", lambda v: density.density(v.table.n_bodies, v.n_tied), density.density),
    _moves(
        "mean_degree",
        lambda v: density.mean_degree(v.table.n_bodies, v.n_tied),
        density.mean_degree,
    ),
    Entry(
        "two_mode_density",
        lambda v: density.two_mode_density(v.table),
        density.two_mode_density,
        _TWO_MODE,
        has_band=True,
    ),
    _moves(
        "connectedness",
        lambda v: connectedness.connectedness(v.adjacency),
        connectedness.connectedness,
    ),
    _moves(
        "fragmentation",
        lambda v: connectedness.fragmentation(v.adjacency),
        connectedness.fragmentation,
    ),
    _moves("isolates", lambda v: connectedness.isolates(v.adjacency), connectedness.isolates),
    _moves(
        "degree_centralisation",
        lambda v: centralisation.degree_centralisation(v.adjacency),
        centralisation.degree_centralisation,
    ),
    Entry(
        "betweenness_centralisation",
        lambda v: centralisation.betweenness_centralisation(v.adjacency),
        centralisation.betweenness_centralisation,
    ),
    _giving(
        "reciprocity",
        lambda v: reciprocity.reciprocity(v.arcs),
        reciprocity.reciprocity,
        draws=_uniform(reciprocity.reciprocity),
    ),
    _giving(
        "edge_reciprocity",
        lambda v: reciprocity.edge_reciprocity(v.arcs),
        reciprocity.edge_reciprocity,
        draws=_uniform(reciprocity.edge_reciprocity),
    ),
    _giving(
        "corrected_reciprocity",
        lambda v: reciprocity.corrected_reciprocity(v.arcs),
        reciprocity.corrected_reciprocity,
        draws=_uniform(reciprocity.corrected_reciprocity),
    ),
    _giving(
        "directed_density",
        lambda v: density.directed_density(v.arcs),
        density.directed_density,
    ),
    Entry("mean_kinds", lambda v: multiplexity.mean_kinds(v.ties), multiplexity.mean_kinds, _ALL),
    Entry(
        "multiplex_share",
        lambda v: multiplexity.multiplex_share(v.ties),
        multiplexity.multiplex_share,
        _ALL,
    ),
    Entry(
        "layer_overlap",
        lambda v: multiplexity.layer_overlap(v.ties),
        multiplexity.layer_overlap,
        _ALL,
    ),
    _moves("core_periphery", _core_fit, core_periphery.core_periphery, members=_core_members),
    _moves("opsahl", lambda v: two_mode.opsahl(v.table), two_mode.opsahl, _TWO_MODE),
    _moves(
        "robins_alexander",
        lambda v: two_mode.robins_alexander(v.table),
        two_mode.robins_alexander,
        _TWO_MODE,
    ),
    Entry(
        "structural_cohesion",
        lambda v: structural.sizes_by_k(structural.cohesion_of(v.adjacency)),
        structural.cohesion_of,
        is_costly=True,
    ),
    Entry(
        "structural_cohesion_two_mode",
        lambda v: structural.sizes_by_k(structural.cohesion_of(structural.two_mode_graph(v.table))),
        structural.cohesion_of,
        _TWO_MODE,
        is_costly=True,
    ),
    Entry(
        "average_connectivity",
        lambda v: structural.average_connectivity(v.adjacency),
        structural.average_connectivity,
        is_costly=True,
    ),
    Entry(
        "broker_dependence",
        _highest,
        dependence.broker_dependence,
        has_band=True,
        members=lambda v: dependence.articulation_points(v.adjacency),
    ),
    Entry("tie_persistence", _persistence, continuity.tie_persistence),
    Entry(
        "retention",
        lambda v: continuity.retention(v.table, v.until),
        continuity.retention,
        _TWO_MODE,
    ),
    Entry(
        "recurring_mass_share",
        lambda v: continuity.recurring_mass_share(v.table, v.ties, v.method),
        continuity.recurring_mass_share,
        _ALL,
    ),
    Entry(
        "newcomers",
        lambda v: newcomers.newcomers(v.table, v.until),
        newcomers.newcomers,
        _TWO_MODE,
    ),
    Entry("leavers", _leaver_count, newcomers.leavers, _TWO_MODE, members=_leavers),
    Entry(
        "lab_components",
        lambda v: {s: hypergraph.lab_components(v.unit.members, s) for s in (1, 2, 3)},
        hypergraph.lab_components,
        _TWO_MODE,
    ),
    Entry(
        "multi_lab_share",
        lambda v: hypergraph.multi_lab_share(v.unit.members),
        hypergraph.multi_lab_share,
        _TWO_MODE,
    ),
    Entry(
        "act_sizes",
        lambda v: hypergraph.act_sizes(v.table.size),
        hypergraph.act_sizes,
        _TWO_MODE,
        has_floor=False,
    ),
)


def openness_entries(attribute: str) -> tuple[Entry, Entry]:
    """E-I of an attribute, raw and corrected: `ei_sector` and `ei_corrected_sector`."""

    def found(view: View) -> openness.Openness | None:
        return openness.openness(*view.ties.pairs, view.unit.labels[attribute])

    def raw(view: View) -> float | None:
        value = found(view)
        return value.ei if value else None

    def corrected(view: View) -> float | None:
        value = found(view)
        return value.corrected if value else None

    def draws(view: View, draws: int, rng: np.random.Generator) -> FloatArray:
        label = view.unit.labels[attribute]
        return openness.permuted_openness(*view.ties.pairs, label, draws, rng)

    def corrected_draws(view: View, n_draws: int, rng: np.random.Generator) -> FloatArray:
        value = found(view)
        return draws(view, n_draws, rng) - (value.expected if value else 0.0)

    ei = partial(Entry, formula=openness.openness, graph=_ALL, has_band=True)
    return (
        ei(f"ei_{attribute}", raw, draws=draws),
        ei(f"ei_corrected_{attribute}", corrected, draws=corrected_draws),
    )


def entries(attributes: Mapping[str, object] | tuple[str, ...] = ()) -> dict[str, Entry]:
    """Every measure by name, with the two of E-I for each attribute."""
    more = [entry for attribute in attributes for entry in openness_entries(attribute)]
    return {entry.name: entry for entry in (*ENTRIES, *more)}
