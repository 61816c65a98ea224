"""Results as plain rows and objects, with the names that the files use."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np

from ordito.cohesion.files.running import Job
from ordito.cohesion.files.source import Source
from ordito.cohesion.files.values import iso
from ordito.cohesion.measures.dependence import without_body
from ordito.cohesion.measures.engine import Measured
from ordito.cohesion.measures.rollup import RollUp
from ordito.cohesion.measures.unit import View


def unit_object(source: Source, job: Job, measured: Iterable[Measured]) -> dict[str, Any]:
    """One unit as a JSON object: what it rests on, and each measure by name."""
    part, method = job.part, job.request.method
    table, (since, until) = part.unit.table, source.window
    names = source.acts.names["kind"]
    kinds = [names[kind] if kind >= 0 else "" for kind in part.kinds]
    return {
        "level": part.level.value,
        "unit": part.name,
        "n": table.n_bodies,
        "acts": table.n_acts,
        "coverage": part.unit.coverage,
        "window": {"since": iso(since), "until": iso(until)} if source.acts.n_acts else None,
        "method": {
            "half_life": method.half_life,
            "cap": method.cap,
            "kind_weights": dict(
                zip(kinds, method.kind_weights or (1.0,) * len(kinds), strict=True)
            ),
            "directed": method.is_directed,
            "ties": job.request.graph.value,
            "seed": job.request.seed,
        },
        "guests": {"bodies": part.guest_bodies, "presences": part.guest_presences},
        "acts_of_one_body": int((table.size == 1).sum()),
        "assemblies": int((table.size > method.cap).sum()),
        "acts_without_sheet": part.unit.n_missing,
        "measures": {one.name: measure_object(source, job, one) for one in measured},
    }


def measure_object(source: Source, job: Job, one: Measured) -> dict[str, Any]:
    """One measure as a JSON object, at full precision."""
    return {
        "value": one.value,
        "graph": one.graph.value,
        "n": one.n,
        "acts": one.acts,
        "coverage": one.coverage,
        "band": asdict(one.band) if one.band else None,
        "null_percentile": one.chance.percentile if one.chance else None,
        "null": asdict(one.chance) if one.chance else None,
        "below_floor": one.below_floor,
        "uncertain": one.is_uncertain,
        "members": None if one.members is None else names_of(source, job, one.members),
    }


def names_of(source: Source, job: Job, numbers: np.ndarray) -> list[str]:
    """The names of bodies of a unit, in alphabetical order."""
    return sorted(source.bodies[body] for body in job.part.bodies[numbers])


def absence_object(source: Source, job: Job, body: int) -> dict[str, Any] | None:
    """Who is cut off when a body leaves a unit; None when it is no node of it."""
    place = np.flatnonzero(job.part.bodies == body)
    if not len(place):
        return None
    view = View(job.part.unit, job.request.method, job.request.graph)
    absence = without_body(view.adjacency, int(place[0]))
    return {
        "body": source.bodies[body],
        "connected_pairs_before": absence.pairs_before,
        "connected_pairs_after": absence.pairs_after,
        "share_lost": absence.share_lost,
        "cut_off": [names_of(source, job, piece) for piece in absence.cut_off],
        "isolated": names_of(source, job, absence.isolated),
    }


def roll_up_object(rolled: RollUp) -> dict[str, dict[str, float]]:
    return {
        name: {"districts": one.parts, "cross": one.cross, "whole": one.whole}
        for name, one in (("pairs", rolled.pairs), ("weight", rolled.weight), ("mass", rolled.mass))
    }


COLUMNS = (
    "level",
    "unit",
    "scene",
    "measure",
    "value",
    "detail",
    "graph",
    "n",
    "acts",
    "coverage",
    "one_act_out_low",
    "one_act_out_high",
    "one_body_out_low",
    "one_body_out_high",
    "subsample_80_low",
    "subsample_80_high",
    "null_percentile",
    "below_floor",
)


def rows(objects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per unit and measure, for tables, CSV and Parquet; `scene` tells the measures of a
    unit as it is from those without a body."""
    found = []
    for unit in objects:
        scenes = {"": unit["measures"]}
        if unit.get("without"):
            scenes[f"without {unit['without']['body']}"] = unit["without"]["measures"]
        for scene, measures in scenes.items():
            found += [_row(unit, scene, name, one) for name, one in measures.items()]
    return found


def _row(unit: dict[str, Any], scene: str, name: str, one: dict[str, Any]) -> dict[str, Any]:
    value, band = one["value"], one["band"] or {}
    is_many = isinstance(value, dict)
    row: dict[str, Any] = {
        "level": unit["level"],
        "unit": unit["unit"],
        "scene": scene,
        "measure": name,
        "value": None if is_many or value is None else float(value),
        "detail": "; ".join(f"{key}: {count}" for key, count in value.items()) if is_many else "",
    }
    row |= {key: one[key] for key in ("graph", "n", "acts", "coverage")}
    for key in ("one_act_out", "one_body_out", "subsample_80"):
        low, high = band.get(key) or (None, None)
        row |= {f"{key}_low": low, f"{key}_high": high}
    return row | {key: one[key] for key in ("null_percentile", "below_floor")}
