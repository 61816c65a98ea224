"""`make bench`: measure everything, print it, write it down; exits 1 when a limit is broken."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

from benchmarks.measures import Measure, stopwatch

SCALE_S = 60


def main() -> int:
    options = _options()
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="ordito-bench-") as folder:
        _settle_in(Path(folder) / "data")
        for measure in _measure_all(options.kills, options.seed):
            say(f"  {measure.name}: {measure.value:,g} {measure.unit}")
            measures.append(measure)
        from benchmarks.writing import table, write

        say(f"\n{table(measures)}")
        write(measures)
    broken = [measure.name for measure in measures if not measure.is_kept]
    say(f"\n{len(broken)} limits broken of {len(measures)}")
    return 1 if broken else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="falls of the server (200)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    return parser.parse_args()


def _settle_in(data: Path) -> None:
    """Make this process an installation of its own, which is a demo."""
    for name in [name for name in os.environ if name.startswith("ORDITO_")]:
        del os.environ[name]
    os.environ["ORDITO_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ordito.config.settings")


def _measure_all(kills: int, seed: int) -> Iterator[Measure]:
    with stopwatch() as seconds:
        subprocess.run((sys.executable, "-m", "ordito", "demo", "--scale"), check=True)
    yield Measure("demo and its large district", round(seconds[0], 1), "s", SCALE_S)
    django.setup()  # after the demo, which writes the key that the settings read
    from benchmarks.engine import measure_engine
    from benchmarks.kills import measure_kills
    from benchmarks.ledger import measure_ledger
    from benchmarks.pages import measure_pages
    from benchmarks.texts import measure_texts
    from benchmarks.work import measure_reports, measure_roll
    from ordito.registry.models import District
    from ordito.web.demo import scale

    district = District.objects.get(slug=scale.SLUG)
    yield from measure_pages(district)
    yield from measure_reports(district)
    yield from measure_roll(district)
    yield from measure_ledger()
    yield from measure_texts()
    yield from measure_engine()
    yield from measure_kills(kills, seed)


if __name__ == "__main__":
    sys.exit(main())
