"""All the measures of a unit in one call, each with what is needed to read it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from ordito.cohesion.measures.bands import Band, Read, bands
from ordito.cohesion.measures.catalogue import Entry, Value, entries
from ordito.cohesion.measures.incidence import FloatArray, Incidence, IntArray, Method
from ordito.cohesion.measures.nulls import DRAWS, curveball, percentile
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.unit import Graph, Project, Unit, View

MIN_BODIES, MIN_ACTS, MIN_COVERAGE, FULL_COVERAGE = 8, 5, 0.65, 0.8


@dataclass(frozen=True)
class Chance:
    """The draws of a null model: how many, their mean and spread, and where the value stands."""

    draws: int
    mean: float
    sd: float
    percentile: float
    z: float | None


@dataclass(frozen=True)
class Measured:
    """A value and what it rests on: the graph, bodies, acts, coverage, stability and chance."""

    name: str
    value: Value
    graph: Graph
    n: int
    acts: int
    coverage: float | None
    below_floor: bool
    is_uncertain: bool
    band: Band | None = None
    chance: Chance | None = None
    members: IntArray | None = None


@dataclass(frozen=True)
class Kernel:
    """What takes the time: from acts to ties, and draws of tables of the same margins.

    Plain, or compiled: the results are the same to the last digit.
    """

    project: Project
    shuffled: Callable[[Incidence, int, np.random.Generator], Iterator[Incidence]]


@dataclass(frozen=True)
class Request:
    """What to measure and how: no names means every measure, the costly ones only in units of
    `costly_up_to` bodies at most."""

    method: Method = Method()
    graph: Graph = Graph.ALIVE
    names: tuple[str, ...] = ()
    draws: int = DRAWS
    has_bands: bool = True
    costly_up_to: int = 0
    seed: int = 0


def measure(
    unit: Unit, request: Request, *, name: str = "", kernel: Kernel | None = None
) -> list[Measured]:
    """Measure a unit.

    name      of the unit: with the seed it starts the chance of this unit, whatever the others are
    kernel    plain NumPy and SciPy unless `fast.KERNEL` is given

    Returns one result per measure, in the order of the catalogue or of `request.names`; values
    are None where a measure is undefined. The floor is 8 bodies, 5 acts and a coverage of 65%,
    uncertain up to 80%: nothing is withheld here, `below_floor` says it. Raises KeyError for a
    measure that does not exist, ValueError for a method that makes no sense. Source: MEASURES 2.0.
    """
    chosen = _chosen(unit, request)
    kernel = kernel or PLAIN
    view = View(unit, request.method, request.graph, kernel.project)
    values = {entry.name: entry.read(view) for entry in chosen}
    spread = _bands(unit, request, [entry for entry in chosen if entry.has_band], name, kernel)
    drawn = _drawn(view, request, chosen, name, kernel)
    is_thin = unit.table.n_bodies < MIN_BODIES or unit.table.n_acts < MIN_ACTS
    coverage = unit.coverage or 0.0
    return [
        Measured(
            name=entry.name,
            value=values[entry.name],
            graph=entry.graph or request.graph,
            n=unit.table.n_bodies,
            acts=unit.table.n_acts,
            coverage=unit.coverage,
            below_floor=entry.has_floor and (is_thin or coverage < MIN_COVERAGE),
            is_uncertain=MIN_COVERAGE <= coverage < FULL_COVERAGE,
            band=spread.get(entry.name),
            chance=_chance(values[entry.name], drawn.get(entry.name)),
            members=entry.members(view) if entry.members else None,
        )
        for entry in chosen
    ]


def _chosen(unit: Unit, request: Request) -> list[Entry]:
    known = entries(tuple(unit.labels))
    if request.names:
        return [known[name] for name in request.names]
    is_small = unit.table.n_bodies <= request.costly_up_to
    has_sides = bool(unit.table.side.any())
    return [
        entry
        for entry in known.values()
        if (is_small or not entry.is_costly) and (has_sides or entry.needs != "role")
    ]


def _stream(seed: int, unit: str, use: str) -> np.random.Generator:
    key = crc32(unit.encode()), crc32(use.encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def _profile(request: Request, chosen: Sequence[Entry], project: Project) -> Read:
    def read(unit: Unit) -> dict[str, float | None]:
        view = View(unit, request.method, request.graph, project)
        return {entry.name: _number(entry.read(view)) for entry in chosen}

    return read


def shuffled(table: Incidence, draws: int, rng: np.random.Generator) -> Iterator[Incidence]:
    """The table under chance with fixed margins: each presence of the mean weight of its act,
    without a side."""
    return map(table.with_table, curveball(table.table(), draws, rng))


PLAIN = Kernel(project, shuffled)


def _number(value: Value) -> float | None:
    return None if value is None or isinstance(value, dict) else float(value)


def _bands(
    unit: Unit, request: Request, chosen: Sequence[Entry], name: str, kernel: Kernel
) -> dict[str, Band]:
    # A backbone is a model of the whole table: it is not refitted for each act left out.
    if not request.has_bands or not chosen or request.graph is Graph.BACKBONE:
        return {}
    return bands(
        unit,
        _profile(request, chosen, kernel.project),
        extensive=[entry.name for entry in chosen if entry.is_extensive],
        rng=_stream(request.seed, name, "bands"),
    )


def _drawn(
    view: View, request: Request, chosen: Sequence[Entry], name: str, kernel: Kernel
) -> dict[str, FloatArray]:
    found = {
        entry.name: entry.draws(view, request.draws, _stream(request.seed, name, entry.name))
        for entry in chosen
        if entry.draws
    }
    moving = [entry for entry in chosen if entry.has_null]
    # Directed ties have a chance of their own: these tables do not say who gives.
    is_shuffled = not (request.graph is Graph.BACKBONE or request.method.is_directed)
    if not (request.draws and moving and is_shuffled):
        return found
    read = _profile(request, moving, kernel.project)
    unit, rng = view.unit, _stream(request.seed, name, "fixed margins")
    rows = [
        read(replace(unit, table=table))
        for table in kernel.shuffled(unit.table, request.draws, rng)
    ]
    for entry in moving:
        values = [value for row in rows if (value := row[entry.name]) is not None]
        found[entry.name] = np.asarray(values, dtype=float)
    return found


def _chance(value: Value, drawn: FloatArray | None) -> Chance | None:
    observed = _number(value)
    if observed is None or drawn is None or not len(drawn):
        return None
    standing = percentile(observed, drawn)
    if standing is None:
        return None
    mean, sd = float(drawn.mean()), float(drawn.std())
    moves = sd > 1e-12 * max(1.0, abs(mean))
    return Chance(len(drawn), mean, sd, standing, (observed - mean) / sd if moves else None)
