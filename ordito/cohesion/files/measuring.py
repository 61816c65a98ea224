"""`ordito measure` from its options to the bytes it writes."""

from dataclasses import dataclass, replace
from typing import Any

from ordito.cohesion.files import results
from ordito.cohesion.files.asked import Asked, ask, chosen
from ordito.cohesion.files.columns import Refused
from ordito.cohesion.files.options import Bar
from ordito.cohesion.files.rosters import positions
from ordito.cohesion.files.running import Job, run
from ordito.cohesion.files.source import Source
from ordito.cohesion.files.units import Level, parts
from ordito.cohesion.files.writing import FORMATS
from ordito.cohesion.measures.catalogue import entries
from ordito.cohesion.measures.engine import Request
from ordito.cohesion.measures.projection import project
from ordito.cohesion.measures.rollup import RollUp, renumbered, roll_up
from ordito.cohesion.measures.unit import Graph

COSTLY_UP_TO = 100
"""Bodies up to which the command works out every measure when none is named."""


@dataclass(frozen=True)
class Report:
    """What to write, what to note, and the units that no worker brought back."""

    content: bytes
    notes: tuple[str, ...]
    missing: tuple[str, ...]


def measured(options: dict[str, Any], form: str, bar: Bar) -> Report:
    """Measure what the options of the command ask for.

    Raises BadFile, Refused, OSError and, for Dask where it is not installed, ImportError.
    """
    level = Level(options["by"])
    asked = ask(options, level, bar)
    request = _request(options, asked)
    jobs = _jobs(asked, asked.source, level, request)
    if options["compiled"]:
        jobs = [replace(job, is_compiled=True) for job in jobs]
    outcome = run(
        jobs,
        workers=max(options["workers"], 1),
        uses_dask=options["engine"] == "dask",
        cluster=options["cluster"],
        progress=lambda share: bar.show("Misure", share),
    )
    objects = [results.unit_object(asked.source, job, found) for job, found in outcome.results]
    for one in objects:
        one["notes"] = list(asked.notes)
    if options["without"]:
        _add_absences(objects, asked, request, level, options["without"])
    if level in {Level.REGION, Level.ALL} and asked.source.acts.n_acts:
        _add_roll_ups(objects, asked, request, [job for job, _found in outcome.results])
    return Report(FORMATS[form](objects), asked.notes, tuple(outcome.missing))


def _request(options: dict[str, Any], asked: Asked) -> Request:
    names = tuple(name.strip() for name in options["measures"].split(",") if name.strip())
    known = tuple(entries(tuple(asked.source.labels)))
    for name in names:
        chosen(name, known, "La misura")
    return Request(
        method=asked.method,
        graph=Graph(options["ties"]),
        names=names,
        draws=options["draws"],
        has_bands=not options["no_bands"],
        costly_up_to=COSTLY_UP_TO,
        seed=options["seed"],
    )


def _jobs(asked: Asked, source: Source, level: Level, request: Request) -> list[Job]:
    return [
        Job(part, replace(request, method=asked.method_of(part))) for part in parts(source, level)
    ]


def _add_absences(
    objects: list[dict[str, Any]], asked: Asked, request: Request, level: Level, name: str
) -> None:
    """To each unit where the body is, what is measured without it and who is cut off."""
    body = chosen(name, asked.source.bodies, "L'ente")
    absent = replace(asked.source, without=body)
    before = {job.part.name: job for job in _jobs(asked, asked.source, level, request)}
    after = {job.part.name: job for job in _jobs(asked, absent, level, request)}
    for one in objects:
        absence = results.absence_object(asked.source, before[one["unit"]], body)
        one["without"] = absence
        if absence is not None:
            job = after[one["unit"]]
            absence["measures"] = {
                found.name: results.measure_object(absent, job, found) for found in job.run()
            }
    if not any(one["without"] for one in objects):
        raise Refused(f"L'ente «{name}» non è un nodo di nessuna unità misurata.")


def _add_roll_ups(
    objects: list[dict[str, Any]], asked: Asked, request: Request, jobs: list[Job]
) -> None:
    """To each region, or to the whole, its sums as districts and what crosses them."""
    districts = _jobs(asked, asked.source, Level.DISTRICT, request)
    acts = asked.source.acts
    for one, job in zip(objects, jobs, strict=True):
        inside = [
            part_job
            for part_job in districts
            if job.part.level is Level.ALL
            or job.part.name in _regions(asked.source, part_job.part.name)
        ]
        if (acts.district >= 0).all():
            one["roll_up"] = results.roll_up_object(_rolled(job, inside))


def _regions(source: Source, district: str) -> set[str]:
    acts = source.acts
    regions = acts.region[acts.district == acts.names["district"].index(district)]
    return {acts.names["region"][region] for region in set(regions.tolist())}


def _rolled(whole: Job, districts: list[Job]) -> RollUp:
    ties = project(whole.part.unit.table, whole.request.method)
    return roll_up(
        ties,
        [
            renumbered(
                project(job.part.unit.table, job.request.method),
                positions(whole.part.bodies, job.part.bodies),
                positions(whole.part.kinds, job.part.kinds),
                n=ties.n,
                n_kinds=ties.n_kinds,
            )
            for job in districts
        ],
    )
