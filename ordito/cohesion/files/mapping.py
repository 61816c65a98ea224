"""`ordito map` from its options to a drawing: which bodies, which ties, where."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ordito.cohesion.files.asked import Asked, ask, chosen
from ordito.cohesion.files.columns import BadFile, Refused
from ordito.cohesion.files.options import Bar
from ordito.cohesion.files.reading import Table
from ordito.cohesion.files.units import Level, Part, parts
from ordito.cohesion.files.values import iso
from ordito.cohesion.measures.incidence import FloatArray, IntArray
from ordito.cohesion.measures.layout import spring_layout, strongest_ties
from ordito.cohesion.measures.unit import Graph, View

MOST_NODES = 80


@dataclass(frozen=True)
class Node:
    """A body, or a group of them: its point in [0, 1], its acts, and the group it belongs to."""

    name: str
    x: float
    y: float
    acts: int
    group: str
    n_bodies: int = 1


@dataclass(frozen=True)
class Map:
    """What is drawn: nodes, ties as (left, right, weight) with left < right, and a caveat."""

    title: str
    caveat: str
    nodes: tuple[Node, ...]
    ties: tuple[tuple[int, int, float], ...]
    alone: tuple[str, ...]
    is_grouped: bool


def drawn(options: dict[str, Any], bar: Bar) -> Map:
    """The map of a lab, or of the whole file. Raises BadFile, Refused and OSErrors."""
    level = Level.LAB if options["lab"] else Level.ALL
    asked = ask(options, level, bar)
    part = _unit(asked, level, options["lab"])
    view = View(part.unit, asked.method_of(part), Graph(options["ties"]))
    weights = np.where(view.adjacency, view.ties.matrix, 0)
    linked = np.flatnonzero(weights.any(axis=1))
    bodies = asked.source.bodies
    alone = sorted(bodies[part.bodies[i]] for i in np.flatnonzero(~weights.any(axis=1)))
    label, groups = _labels(options, asked, part)
    names = [bodies[part.bodies[i]] for i in linked]
    acts, label = part.unit.table.degree[linked], label[linked]
    weights, sizes = weights[np.ix_(linked, linked)], np.ones(len(linked), dtype=np.int64)
    is_grouped = len(linked) > MOST_NODES
    if is_grouped:
        names, weights, acts, sizes, label = _aggregated(names, weights, acts, label, groups)
    ties = strongest_ties(weights)
    points = _points(ties, names, options["positions"], options["seed"])
    left, right = np.nonzero(np.triu(ties, 1))
    return Map(
        title=_title(part, len(names), len(left), is_grouped),
        caveat=_caveat(asked, part, view.graph),
        nodes=tuple(
            Node(name, float(x), float(y), int(n), groups[group] if group >= 0 else "", int(size))
            for name, (x, y), n, group, size in zip(names, points, acts, label, sizes, strict=True)
        ),
        ties=tuple(
            (int(i), int(j), float(weights[i, j])) for i, j in zip(left, right, strict=True)
        ),
        alone=tuple(alone),
        is_grouped=is_grouped,
    )


def _unit(asked: Asked, level: Level, lab: str | None) -> Part:
    found = list(parts(asked.source, level))
    return found[chosen(lab, [part.name for part in found], "Il laboratorio")] if lab else found[0]


def _labels(options: dict[str, Any], asked: Asked, part: Part) -> tuple[IntArray, tuple[str, ...]]:
    """The group of each body by the attribute asked for, or by the first one; else none."""
    names = list(asked.source.labels)
    if options["group"]:
        chosen(options["group"], names, "L'attributo")
    name = options["group"] or (names[0] if names else "")
    if not name:
        return np.full(part.unit.table.n_bodies, -1), ()
    return asked.source.labels[name][part.bodies], asked.group_names[name]


def _aggregated(
    names: list[str], weights: FloatArray, acts: IntArray, label: IntArray, groups: tuple[str, ...]
) -> tuple[list[str], FloatArray, IntArray, IntArray, IntArray]:
    """Groups in the place of bodies; without groups, the strongest bodies and all the others."""
    if groups:
        unknown = len(groups)
        group = np.where(label >= 0, label, unknown)
        kept, number = np.unique(group, return_inverse=True)
        titles = [groups[one] if one < unknown else "gruppo non noto" for one in kept]
        label = np.where(kept < unknown, kept, -1)
    else:
        order = np.argsort(-weights.sum(axis=1), kind="stable")
        number = np.full(len(names), MOST_NODES - 1)
        number[order[: MOST_NODES - 1]] = np.arange(MOST_NODES - 1)
        titles = [names[i] for i in order[: MOST_NODES - 1]]
        titles.append(f"altri {len(names) - len(titles)} enti")
        label = np.full(len(titles), -1)
    member = np.zeros((len(titles), len(names)))
    member[number, np.arange(len(names))] = 1
    sums = member @ weights @ member.T
    np.fill_diagonal(sums, 0)
    sizes = member.sum(axis=1).astype(np.int64)
    return titles, sums, (member @ acts).astype(np.int64), sizes, label


def _points(ties: np.ndarray, names: list[str], earlier: Path | None, seed: int) -> FloatArray:
    if earlier is None:
        return spring_layout(ties, seed=seed)
    stood = _read_positions(earlier)
    known = [number for number, name in enumerate(names) if name in stood]
    at = np.asarray([stood[names[number]] for number in known]).reshape(-1, 2)
    return spring_layout(ties, seed=seed, known=np.asarray(known, dtype=np.int64), at=at)


def _read_positions(path: Path) -> dict[str, tuple[float, float]]:
    """Where bodies stood on an earlier map, from the CSV written beside it."""
    table = Table(("body", "x", "y"), ("acts", "group", "bodies", "tied_with", "weight"))
    table.read(path)
    body, *axes = (table.column(name) for name in ("body", "x", "y"))
    try:
        x, y = (axis.parsed(float, np.nan) for axis in axes)
    except ValueError as error:
        raise BadFile(path, f"una coordinata non è un numero ({error})") from None
    wrong = ~((x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)) | (body.codes < 0)
    if wrong.any():
        raise table.refuse(int(np.argmax(wrong)), "servono un ente e due coordinate tra 0 e 1")
    return {
        body.values[code]: (float(a), float(b)) for code, a, b in zip(body.codes, x, y, strict=True)
    }


def _title(part: Part, n_nodes: int, n_ties: int, is_grouped: bool) -> str:
    what = "gruppi di enti" if is_grouped else "enti"
    where = "" if part.level is Level.ALL else f" in {part.name}"
    if not n_nodes:
        return f"Nessun legame{where}"
    return f"Chi ha lavorato con chi{where}: {n_nodes} {what}, {n_ties} legami"


def _caveat(asked: Asked, part: Part, graph: Graph) -> str:
    since, until = asked.source.window
    coverage = part.unit.coverage
    said = {Graph.ALIVE: "vivi", Graph.ALL: "tutti", Graph.BACKBONE: "oltre il caso"}[graph]
    return (
        f"Dal {iso(since)} al {iso(until)}, {part.unit.table.n_acts} atti registrati, copertura "
        f"{'n.d.' if coverage is None else f'{coverage:.0%}'}; legami: {said}, i tre più forti di "
        "ogni ente. Una fotografia di atti registrati, non un giudizio."
    )


def checked(options: dict[str, Any]) -> None:
    """Raises Refused when the output is not an SVG."""
    if options["out"].suffix.lower() != ".svg":
        raise Refused("La mappa è un SVG: --out FILE.svg")
