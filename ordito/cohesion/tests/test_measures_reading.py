"""Files as they come from offices and from statistical programs."""

import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ordito.cohesion.tests.act_files import HEADER, rows_of, write
from ordito.cohesion.tests.measuring import quick, refusal, value

LINE = ",".join(HEADER) + "\n"
CODES = (
    "007,01,m,2026-01-01,L,D\n7,01,m,2026-01-01,L,D\n7,1,m,2026-01-01,L,D\n08,1,m,2026-01-01,L,D\n"
)


@pytest.mark.parametrize("before", ["", "\ufeff", "\n", "\r\n\ufeff"])
@pytest.mark.parametrize("line", [LINE, LINE.replace(",", ", "), LINE.replace("body", '"body"')])
def test_codes_keep_their_zeros_however_the_file_begins(tmp_path, before, line):
    file = tmp_path / "codes.csv"
    file.write_text(before + line + CODES, newline="")
    (unit,) = quick(file, measures="pairs")
    assert (unit["n"], unit["acts"], value(unit, "pairs")) == (3, 2, 2)


def test_files_beside_the_acts_may_begin_with_a_mark_too(tmp_path):
    file = tmp_path / "acts.csv"
    file.write_text(LINE + CODES)
    roster = tmp_path / "roster.csv"
    roster.write_text("\ufeffbody,lab\n007,L\n7,L\n08,L\n")
    groups = tmp_path / "groups.csv"
    groups.write_text("\ufeffbody,sector\n007,x\n7,x\n08,y\n")
    (unit,) = quick(file, roster=roster, attributes=groups, no_decay=True)
    assert (unit["n"], unit["guests"]["presences"], value(unit, "ei_sector")) == (3, 0, 0)


def test_a_header_in_windows_1252_is_read(tmp_path):
    file = tmp_path / "old.csv"
    file.write_bytes((LINE.strip() + ",città\n").encode("cp1252") + b"a,1,m,2026-01-01,L,D,x\n")
    assert quick(file)[0]["n"] == 1


def test_a_meeting_at_which_nobody_came_counts_for_participation(tmp_path):
    rows = [(*row, "") for row in rows_of(("2026-01-01", "ab"))]
    rows.append(("", "a9", "meeting", "2026-01-03", "L", "D", "closed"))
    file = write(tmp_path / "acts.csv", rows, (*HEADER, "sheet"))
    roster = write(tmp_path / "roster.csv", [("a", "L"), ("b", "L"), ("c", "L")], ("body", "lab"))
    (unit,) = quick(file, roster=roster)
    assert (unit["acts"], unit["coverage"]) == (2, 1)
    assert value(unit, "participation") == pytest.approx(2 / 6)
    assert value(unit, "act_sizes") == {"0": 1, "2": 1}


@pytest.mark.parametrize("order", [1, -1])
def test_rows_that_contradict_each_other_are_refused_in_any_order(tmp_path, order):
    rows = [(*row, "closed", "R") for row in rows_of(("2026-01-01", "ab"))]
    missing = ("", *rows[0][1:6], "missing", "R")
    file = write(tmp_path / "a.csv", [*rows, missing][::order], (*HEADER, "sheet", "region"))
    assert "«sheet»: lo stesso atto aveva un foglio diverso" in refusal(file)
    moved = (*rows[1][:7], "Q")
    file = write(tmp_path / "b.csv", [rows[0], moved][::order], (*HEADER, "sheet", "region"))
    assert "«region»: lo stesso atto aveva un'altra regione" in refusal(file)


def test_a_day_is_that_of_the_place_where_it_was_written(tmp_path):
    midnight = datetime.datetime(2026, 1, 4, tzinfo=ZoneInfo("Europe/Rome"))
    columns = {name: ["x", "y"] for name in HEADER}
    columns["act"] = ["1", "1"]
    table = pa.table(
        {**columns, "day": pa.array([midnight] * 2, pa.timestamp("us", tz="Europe/Rome"))}
    )
    for name in ("kind", "lab", "district"):
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(["k", "k"]))
    pq.write_table(table, tmp_path / "acts.parquet")
    (unit,) = quick(tmp_path / "acts.parquet")
    assert unit["window"] == {"since": "2026-01-04", "until": "2026-01-04"}


def test_numbers_and_truth_are_groups_like_any_other(tmp_path):
    file = write(tmp_path / "acts.csv", rows_of(("2026-01-01", "abc")))
    groups = {"body": ["a", "b", "c"], "size": [1.5, 1.5, 2.0], "public": [True, False, None]}
    pq.write_table(pa.table(groups), tmp_path / "groups.parquet")
    (unit,) = quick(file, attributes=tmp_path / "groups.parquet", no_decay=True)
    assert value(unit, "ei_size") == pytest.approx((2 - 1) / 3)
    assert value(unit, "ei_public") == 1


def test_na_in_an_attribute_is_a_value_that_is_missing(tmp_path):
    file = write(tmp_path / "acts.csv", rows_of(("2026-01-01", "abc")))
    groups = write(tmp_path / "g.csv", [("a", "x"), ("b", "NA"), ("c", "y")], ("body", "sector"))
    (unit,) = quick(file, attributes=groups, no_decay=True)
    assert value(unit, "ei_sector") == 1
    assert unit["notes"] == ["«sector»: NA sta per un valore che manca"]


def test_an_attribute_with_the_name_of_a_measure_is_refused(tmp_path):
    file = write(tmp_path / "acts.csv", rows_of(("2026-01-01", "ab")))
    header = ("body", "x", "corrected_x")
    groups = write(tmp_path / "g.csv", [("a", "1", "2")], header)
    assert "«corrected_x» è già il nome di una misura di «x»" in refusal(file, attributes=groups)
