"""`make bench-national`: a nation measured side by side with others; exits 1 on a broken limit."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Measure
from benchmarks.national.generator import FULL, HALF, TENTH, Nation, write_nation
from benchmarks.national.ways import Run, run
from benchmarks.writing import ROOT, table

RESULTS = ROOT / "build" / "bench-national.json"
PAGE = ROOT / "docs" / "reference" / "performance-national.md"
OPENING = """# Performance on a whole nation

Written by `make bench-national`: made-up acts from a fixed seed, each way in a process of its own,
one after the other on one machine. Every way must find the same pairs and the same weights, or
nothing is written. Ratios are of CPU seconds, which other work on the machine disturbs less than
the clock, except against compiled loops, of which the clock starts after they are compiled. A ratio
above 1 against another tool means that Ordito takes less. Memory is the most that one process held.
Districts in Italy are far smaller than these.

`ordito` is one process with the extra `national`, whose compiled code `ordito measure --compiled`
uses; `plain` is the same without it, to the same last digit; `pool` and `dask` are two processes;
`nightly` is mass and density of each district with 200 draws of chance and their bands.

"""
SHORT, TURNS = ("ordito", "plain", "compiled"), 3  # the best of three, for what lasts seconds
OTHERS = ("pandas", "duckdb", "compiled")
NO_PAIRS = ("nightly", "indicators")
TOLERANCE = 1e-6  # the compiled loops add in single precision
NETWORKX, PANDAS_TIME, PANDAS_MEMORY, SQL = 100, 15, 20, 1
COMPILED, LINEAR, PEAK_MB, NIGHT_S = 6, 1.25, 500, 900


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.national", description=__doc__)
    parser.add_argument("--tenth", action="store_true", help="only the tenth of a nation")
    parser.add_argument("--folder", type=Path, help="where acts are kept for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ordito-nation-") as made:
        folder = options.folder or Path(made)
        measures: list[Measure] = []
        runs: list[str] = []
        for measure in _measure(folder, runs, tenth_only=options.tenth):
            say(f"  {measure.name}: {measure.value:,g} {measure.unit}")
            measures.append(measure)
    _write(measures, runs)
    broken = [measure.name for measure in measures if not measure.is_kept]
    say(f"\n{table(measures)}\n\n{len(broken)} limits broken of {len(measures)}")
    return 1 if broken else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _measure(folder: Path, runs: list[str], *, tenth_only: bool) -> Iterator[Measure]:
    tenth = _runs(TENTH, folder, ("ordito", "plain", "networkx", "indicators"), runs)
    ours, networkx = tenth["ordito"], tenth["networkx"]
    yield _ratio("networkx over Ordito", TENTH, networkx.cpu, ours.cpu, NETWORKX)
    nation = TENTH if tenth_only else FULL
    found = _runs(nation, folder, ("ordito", "plain", *OTHERS, "pool", "dask", "nightly"), runs)
    ours, pandas = found["ordito"], found["pandas"]
    yield _ratio("pandas over Ordito", nation, pandas.cpu, ours.cpu, PANDAS_TIME)
    yield _ratio("DuckDB over Ordito", nation, found["duckdb"].cpu, ours.cpu, SQL)
    for way in ("ordito", "plain"):
        times = round(found[way].wall / found["compiled"].wall, 2)
        yield Measure(f"{way} over compiled loops, {nation.name}", times, "times", COMPILED)
    peak = round(max(ours.peak, found["plain"].peak))
    yield Measure(f"peak memory, {nation.name}", peak, "MB", PEAK_MB)
    night = round(found["nightly"].cpu)
    limit = NIGHT_S * nation.districts // FULL.districts
    yield Measure(f"nulls and bands, {nation.name}", night, "s of one core", limit)
    if not tenth_only:
        # A tenth is little beside what the libraries themselves take.
        yield _ratio("pandas over Ordito, memory", nation, pandas.peak, ours.peak, PANDAS_MEMORY)
        half = _runs(HALF, folder, ("ordito",), runs)["ordito"]
        for name, other in (("half", half), ("full", ours)):
            growth = (other.cpu / other.edges) / (tenth["ordito"].cpu / tenth["ordito"].edges)
            yield Measure(f"CPU per pair, {name} over tenth", round(growth, 2), "times", LINEAR)


def _ratio(name: str, nation: Nation, theirs: float, ours: float, floor: float) -> Measure:
    return Measure(f"{name}, {nation.name}", round(theirs / ours, 1), "times", floor, is_floor=True)


def _runs(nation: Nation, folder: Path, ways: tuple[str, ...], lines: list[str]) -> dict[str, Run]:
    """Each way on a nation; raises AssertionError when two of them disagree."""
    path = folder / f"{nation.name}.parquet"
    if not path.exists():
        say(f"  {nation.name}: {write_nation(nation, path):,} attendances")
    found = {}
    for way in ways:
        turns = TURNS if way in SHORT else 1
        found[way] = one = min((run(way, path) for _turn in range(turns)), key=lambda r: r.cpu)
        lines.append(
            f"| {nation.name} | {way} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak:,.0f} "
            f"| {os.getloadavg()[0]:.1f} |"
        )
        say(f"  {nation.name} {way}: {one.wall:.2f} s, CPU {one.cpu:.2f} s, {one.peak:,.0f} MB")
        same = found[ways[0]]
        is_equal = abs(one.weight - same.weight) <= TOLERANCE * same.weight
        if way not in NO_PAIRS and not (one.edges == same.edges and is_equal):
            raise AssertionError(f"{way}: {one.edges} pairs of {one.weight}, not {same}")
    return found


def _write(measures: list[Measure], runs: list[str]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([measure.as_row() for measure in measures], indent=1) + "\n")
    rows = [
        f"| {one.name} | {one.value:,g} {one.unit} | {'≥' if one.is_floor else '≤'} "
        f"{one.baseline:,g} | {one.ratio:g}{'' if one.is_kept else ' !'} |"
        for one in measures
    ]
    PAGE.write_text(
        "\n".join(
            (
                OPENING + "| measure | value | limit | ratio |",
                "| --- | ---: | ---: | ---: |",
                *rows,
                "",
                "| nation | way | s by the clock | s of CPU | MB | load |",
                "| --- | --- | ---: | ---: | ---: | ---: |",
                *runs,
                "",
            )
        )
    )


if __name__ == "__main__":
    sys.exit(main())
