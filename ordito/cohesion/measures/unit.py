"""What is measured at once: one lab, district, region or file, and how it is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from ordito.cohesion.measures.backbone import backbone
from ordito.cohesion.measures.incidence import (
    BoolArray,
    FloatArray,
    Incidence,
    IntArray,
    Method,
    act_weights,
)
from ordito.cohesion.measures.mass import Mass, interactive_mass
from ordito.cohesion.measures.projection import (
    ALIVE,
    Encounters,
    Ties,
    adjacency,
    arcs,
    encounters,
    project,
)

Project = Callable[[Incidence, Method], Ties]
"""From acts to ties, as `projection.project`."""


class Graph(StrEnum):
    """What a measure runs on: the table itself, every tie, alive ties, or the backbone."""

    TWO_MODE = "two-mode"
    ALL = "all"
    ALIVE = "alive"
    BACKBONE = "backbone"


@dataclass(frozen=True)
class Unit:
    """One unit: its presences, and what is known besides.

    came, due    (n_acts,) organisations of the roster of that day that came, and that could
    members      (n_bodies, n_labs) which body is in which lab
    labels       by attribute, (n_bodies,) group of each body, -1 where unknown
    n_missing    acts held, of which no sheet says who came
    """

    table: Incidence
    came: IntArray
    due: IntArray
    members: BoolArray
    labels: Mapping[str, IntArray] = field(default_factory=dict)
    n_missing: int = 0

    @property
    def coverage(self) -> float | None:
        """The share of acts with a sheet, in [0, 1]; None without acts."""
        held = self.table.n_acts + self.n_missing
        return self.table.n_acts / held if held else None

    def with_acts(self, chosen: BoolArray) -> "Unit":
        return replace(
            self,
            table=self.table.with_acts(chosen),
            came=self.came[chosen],
            due=self.due[chosen],
        )

    def without(self, body: int) -> "Unit":
        """As if a body had never come; participation, whose rosters change, is then unknown."""
        return replace(
            self,
            table=self.table.without(body),
            came=np.zeros_like(self.came),
            due=np.zeros_like(self.due),
            members=np.delete(self.members, body, axis=0),
            labels={name: np.delete(label, body) for name, label in self.labels.items()},
        )


def plain_unit(table: Incidence, labels: Mapping[str, IntArray] | None = None) -> Unit:
    """A unit of one lab, whose roster is every body of the table, each due in every act."""
    return Unit(
        table=table,
        came=table.present,
        due=np.full(table.n_acts, table.n_bodies, dtype=np.int64),
        members=np.ones((table.n_bodies, 1), dtype=bool),
        labels=labels or {},
    )


class View:
    """A unit seen by a method: its graphs, each worked out when first asked for."""

    def __init__(
        self,
        unit: Unit,
        method: Method,
        graph: Graph = Graph.ALIVE,
        project: Project = project,
    ) -> None:
        self.unit, self.table, self.method, self.graph = unit, unit.table, method, graph
        self._project = project

    @property
    def until(self) -> int:
        last = int(self.table.day.max(initial=0))
        return last if self.method.until is None else self.method.until

    @cached_property
    def ties(self) -> Ties:
        return self._project(self.table, self.method)

    @cached_property
    def mass(self) -> Mass:
        weights = self.method.kind_weights
        n_kinds = None if weights is None else int(np.count_nonzero(weights))
        return interactive_mass(self.ties, n_kinds)

    def mass_at(self, half_life: float | None) -> float:
        """The mass that another half-life gives."""
        if half_life == self.method.half_life:
            return self.mass.mass
        weights = act_weights(self.table, replace(self.method, half_life=half_life))
        return interactive_mass(self.encounters.ties(weights)).mass

    @cached_property
    def encounters(self) -> Encounters:
        return encounters(self.table, self.method)

    @cached_property
    def adjacency(self) -> BoolArray:
        if self.graph is Graph.BACKBONE:
            return backbone(self.table) & adjacency(self.ties)
        return adjacency(self.ties, self._at_least)

    @property
    def _at_least(self) -> float:
        return ALIVE if self.graph is Graph.ALIVE else 0.0

    @cached_property
    def n_tied(self) -> int:
        """How many pairs of the graph are tied, without a matrix where none is needed."""
        if self.graph is Graph.BACKBONE:
            return int(self.adjacency.sum()) // 2
        return int((self.ties.pairs[2] >= self._at_least).sum())

    @cached_property
    def arcs(self) -> FloatArray:
        return arcs(self.table, self.method)
