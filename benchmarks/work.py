"""The two works of the office: closing a roll, and reporting where the labs stand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count

from django.contrib.auth.models import AnonymousUser

from benchmarks.measures import Measure, milliseconds
from benchmarks.office import coordinator
from ordito.cohesion.exports.csv import as_csv
from ordito.cohesion.exports.ods import as_ods
from ordito.cohesion.exports.pdf import as_pdf
from ordito.cohesion.reports import district_report
from ordito.cohesion.sheets import DistrictReport
from ordito.governance.acts import RollLine, close_roll, open_meeting
from ordito.governance.models import Attendance, Body
from ordito.registry.models import District

REPORT_MS, DOCUMENT_MS, ROLL_MS = 300, 2_000, 200
ROLL_SIZE = 30


def measure_reports(district: District) -> Iterator[Measure]:
    """The report of all labs, as the public reads it, and its three documents."""
    reader = AnonymousUser()
    time = milliseconds(lambda: district_report(district, reader))
    yield Measure("report: all labs", time, "ms", REPORT_MS)
    report = district_report(district, reader)
    for name, write in (("CSV", as_csv), ("ODS", as_ods), ("PDF", as_pdf)):
        # Each turn writes another name: the typesetter remembers what it has already set.
        fresh = (replace(report, name=f"{report.name} {turn}") for turn in count())
        time = milliseconds(partial(_write_next, write, fresh))
        yield Measure(f"report: {name} of {len(report.labs)} labs", time, "ms", DOCUMENT_MS)


def _write_next(
    write: Callable[[DistrictReport], bytes], reports: Iterator[DistrictReport]
) -> bytes:
    return write(next(reports))


def measure_roll(district: District) -> Iterator[Measure]:
    """Closing the roll of a fresh meeting, with up to thirty organisations present."""
    officer = coordinator(district)
    lab = Body.objects.labs().filter(district=district).order_by("pk")[0]
    day = lab.meetings.filter(status="closed").latest("held_on").held_on
    present = sorted(lab.roster(day), key=lambda organisation: organisation.pk)[:ROLL_SIZE]
    lines = [RollLine(one, Attendance.Quality.DELEGATE) for one in present]
    turns = (open_meeting(lab, held_on=_on(day, n), is_another=True, by=officer) for n in count(1))
    meetings = [next(turns) for _n in range(8)]

    def close() -> None:
        close_roll(meetings.pop(), lines=lines, seen_version=0, by=officer)

    yield Measure(f"roll: closing with {len(lines)} present", milliseconds(close), "ms", ROLL_MS)


def _on(day: date, number: int) -> date:
    """A past day on which the roster is that of the last meeting."""
    return day - timedelta(days=number % 2)
