"""`ordito measure`: what a file gives, and what is said of a file that cannot be measured."""

import csv
import datetime
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from ordito.cohesion.tests.act_files import CLOSE, HEADER, davis_file, rows_of, write
from ordito.cohesion.tests.measuring import measured, quick, refusal, value


@pytest.fixture
def davis(tmp_path):
    return davis_file(tmp_path / "davis.csv")


def test_the_published_values_of_davis_come_out_of_a_file(davis):
    (unit,) = quick(davis, by="district", no_decay=True, ties="all")
    assert unit["unit"] == "Adams"
    assert value(unit, "mass") == pytest.approx(33.532573197125, abs=CLOSE)
    assert value(unit, "pairs") == 139
    assert value(unit, "density") == pytest.approx(139 / 153, abs=CLOSE)
    assert value(unit, "opsahl") == pytest.approx(6971 / 9031, abs=CLOSE)
    assert value(unit, "structural_cohesion_two_mode") == {"1": 32, "2": 32, "3": 28, "4": 23}
    assert unit["measures"]["density"]["graph"] == "all"


def test_two_runs_agree_to_the_last_digit_whatever_the_order_and_the_names(davis, tmp_path):
    rows = list(csv.reader(davis.open()))[1:]
    names = {row[0]: f"{hash(row[0]) % 997:03} {row[0]}" for row in rows}
    other = write(tmp_path / "other.csv", [(names[row[0]], *row[1:]) for row in reversed(rows)])
    options = {"by": "district", "draws": 20, "seed": 3}
    (one,), (same,), (renamed,) = (measured(file, **options) for file in (davis, davis, other))
    assert one == same
    assert len(one["measures"]["broker_dependence"].pop("members")) == len(
        renamed["measures"]["broker_dependence"].pop("members")
    )
    del (
        one["measures"]["core_periphery"]["members"],
        renamed["measures"]["core_periphery"]["members"],
    )
    assert one == renamed


def test_another_district_never_changes_mine(tmp_path):
    mine = rows_of(("2026-01-10", "abc"), ("2026-02-10", "abd"), ("2026-06-30", "cd"))
    others = rows_of(("2026-03-01", "aefg"), kind="project", district="E")
    alone = write(tmp_path / "alone.csv", mine)
    together = write(tmp_path / "together.csv", [*others, *mine])
    (one,) = measured(alone, by="district", draws=10)
    both = measured(together, by="district", draws=10)
    assert both[0] == one
    assert [unit["unit"] for unit in both] == ["D", "E"]


def test_a_region_is_its_districts_and_what_crosses(tmp_path):
    rows = [(*row, "R") for row in rows_of(("2026-01-01", "abx"), ("2026-01-02", "ab"))]
    rows += [(*row, "R") for row in rows_of(("2026-01-03", "xya"), district="E", lab="M")]
    file = write(tmp_path / "acts.csv", rows, (*HEADER, "region"))
    roster = write(
        tmp_path / "roster.csv",
        [(body, lab, "", "") for body, lab in (("a", "L"), ("b", "L"), ("x", "M"), ("y", "M"))],
        ("body", "lab", "from", "to"),
    )
    districts = quick(file, by="district", roster=roster, no_decay=True)
    (region,) = quick(file, by="region", roster=roster, no_decay=True)
    rolled = region["roll_up"]
    for name, of_district in (("pairs", "pairs"), ("weight", "tie_weight"), ("mass", "mass")):
        assert rolled[name]["districts"] == pytest.approx(
            sum(value(unit, of_district) for unit in districts)
        )
        assert rolled[name]["whole"] == pytest.approx(value(region, of_district))
    assert rolled["pairs"] == {"districts": 2, "cross": 3, "whole": 5}
    assert [unit["guests"]["presences"] for unit in districts] == [1, 1]


def test_the_labs_of_2016_pool_from_acts_and_a_roster(tmp_path):
    labs = {
        "famiglia": (28, 14, 4),
        "isel": (24, 8, 3),
        "migra": (13, 10, 6),
        "abitare": (16, 7, 2),
    }
    labs["giovani"] = (25, 11, 1)
    acts, roster = [], []
    for lab, (adhesions, came, met) in labs.items():
        roster += [(f"{lab}{n}", lab, "2016-01-01", "") for n in range(adhesions)]
        for act in range(met):
            acts += [
                (f"{lab}{n}", f"{act}", "meeting", "2016-05-01", lab, "Melzo") for n in range(came)
            ]
    files = {
        "acts": write(tmp_path / "acts.csv", acts),
        "roster": write(tmp_path / "roster.csv", roster, ("body", "lab", "from", "to")),
    }
    (whole,) = quick(files["acts"], roster=files["roster"], measures="participation")
    assert value(whole, "participation") == pytest.approx(165 / 319, abs=CLOSE)
    each = quick(files["acts"], roster=files["roster"], measures="participation", by="lab")
    rates = {unit["unit"]: value(unit, "participation") for unit in each}
    assert rates["migra"] == pytest.approx(10 / 13)
    assert rates["abitare"] == 0.4375


def test_directed_and_weighted_data_through_roles_and_weights(tmp_path):
    rows = [
        ("a", "1", "help", "2026-01-01", "L", "D", "from", 4),
        ("b", "1", "help", "2026-01-01", "L", "D", "to", 4),
        ("b", "2", "help", "2026-01-01", "L", "D", "from", 1),
        ("a", "2", "help", "2026-01-01", "L", "D", "to", 1),
        ("c", "3", "help", "2026-01-01", "L", "D", "from", 2),
        ("a", "3", "help", "2026-01-01", "L", "D", "to", 2),
    ]
    file = write(tmp_path / "directed.csv", rows, (*HEADER, "role", "weight"))
    (unit,) = quick(file, directed=True, no_decay=True)
    assert value(unit, "tie_weight") == pytest.approx(7)
    assert value(unit, "reciprocity") == pytest.approx(2 / 7)
    assert value(unit, "directed_density") == pytest.approx(3 / 6)
    assert value(unit, "corrected_reciprocity") == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))


def test_attributes_give_openness_and_unknown_ones_are_left_out(davis, tmp_path):
    file = write(
        tmp_path / "attributes.csv",
        [("Evelyn Jefferson", "x"), ("Laura Mandeville", "y"), ("Theresa Anderson", "")],
        ("body", "sector"),
    )
    (unit,) = quick(davis, attributes=file, no_decay=True)
    assert value(unit, "ei_sector") == 1
    assert value(unit, "ei_corrected_sector") == 0


def test_kinds_weigh_what_the_file_says(davis, tmp_path):
    weights = write(tmp_path / "weights.csv", [("party", "0,5"), ("partie", 1)], ("kind", "weight"))
    (unit,) = quick(davis, weights=weights, no_decay=True)
    assert value(unit, "tie_weight") == pytest.approx(44.5 / 2)
    assert unit["notes"] == ["nessun atto è di tipo «partie»; forse è «party»"]


def test_before_and_after_a_body_leaves(tmp_path):
    file = write(tmp_path / "star.csv", rows_of(*[("2026-01-01", ("hub", one)) for one in "abc"]))
    (unit,) = quick(file, without="hub", measures="connectedness,pairs")
    absence = unit["without"]
    assert (absence["connected_pairs_before"], absence["connected_pairs_after"]) == (3, 0)
    assert absence["isolated"] == ["a", "b", "c"]
    assert absence["share_lost"] == 1
    assert absence["measures"]["pairs"]["value"] == 0
    assert "Forse: hub" in refusal(file, without="hubb")


def test_an_assembly_and_an_act_of_one_are_counted_and_make_no_pair(tmp_path):
    many = [f"b{n}" for n in range(300)]
    file = write(
        tmp_path / "acts.csv",
        rows_of(("2026-01-01", many), ("2026-01-02", ["b0"]), ("2026-01-03", ["b0", "b1", "b1"])),
    )
    (unit,) = quick(file, measures="pairs,participation,act_sizes")
    assert (unit["assemblies"], unit["acts_of_one_body"], value(unit, "pairs")) == (1, 1, 1)
    assert value(unit, "participation") == pytest.approx(303 / 900)
    assert value(unit, "act_sizes") == {"1": 1, "2": 1, "300": 1}


def test_a_window_leaves_out_the_days_outside_it(tmp_path):
    file = write(tmp_path / "a.csv", rows_of(("2026-01-01", "ab"), ("2026-05-01", "bc")))
    (unit,) = quick(file, "--since=2026-02-01", "--until=31/12/2026", measures="pairs")
    assert (unit["n"], unit["acts"], value(unit, "pairs")) == (2, 1, 1)
    assert unit["window"] == {"since": "2026-02-01", "until": "2026-12-31"}
    assert "prima di cominciare" in refusal(file, "--since=2026-06-01")


def test_an_act_without_a_sheet_lowers_the_coverage(tmp_path):
    rows = [(*row, "closed") for row in rows_of(("2026-01-01", "ab"), ("2026-01-02", "ab"))]
    rows.append(("", "a9", "meeting", "2026-01-03", "L", "D", "missing"))
    file = write(tmp_path / "acts.csv", rows, (*HEADER, "sheet"))
    (unit,) = measured(file, measures="mass", draws=0)
    assert unit["coverage"] == pytest.approx(2 / 3)
    assert unit["measures"]["mass"]["uncertain"]
    assert unit["measures"]["mass"]["band"]["missing"] is not None


def test_parquet_and_csv_in_several_files_are_one(tmp_path):
    rows = rows_of(("2026-01-01", "ab"), ("2026-02-01", "bc"))
    first = write(tmp_path / "one.csv", rows[:2])
    columns = dict(zip(HEADER, map(list, zip(*rows[2:], strict=True)), strict=True))
    columns["day"] = [datetime.date(2026, 2, 1)] * 2
    second = tmp_path / "two.parquet"
    pq.write_table(pa.table(columns), second)
    whole = write(tmp_path / "whole.csv", rows)
    assert quick(first, second) == quick(whole)


def test_every_format_holds_the_same_values(davis, tmp_path):
    values = {}
    for form in ("json", "csv", "parquet"):
        out = tmp_path / f"result.{form}"
        call_command("measure", davis, out=out, draws=0, measures="mass,density")
        if form == "json":
            unit = json.loads(out.read_text())[0]
            values[form] = [value(unit, "mass"), value(unit, "density")]
        elif form == "csv":
            values[form] = [float(row["value"]) for row in csv.DictReader(out.open())]
        else:
            values[form] = pq.read_table(out).column("value").to_pylist()
    assert values["json"] == values["csv"] == values["parquet"]
    table = io.StringIO()
    call_command("measure", davis, stdout=table, draws=0, measures="mass")
    assert "18 enti, 14 atti" in table.getvalue()


GOOD = "a,1,m,2026-01-01,L,D\nb,1,m,2026-01-01,L,D\n"
LINE = ",".join(HEADER) + "\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "è vuoto"),
        ("bdy,act,kind,day,lab,district\n", "manca la colonna «body»; forse è «bdy»"),
        ("body,act,kind,day,lab\n", "manca la colonna «district»"),
        ("body,act,act,kind,day,lab,district\n", "c'è due volte"),
        (LINE.replace("\n", ",wieght\n"), "forse è «weight»"),
        (LINE + GOOD + "c,2,m\n", "riga 4: ha 3 colonne invece di 6"),
        (LINE + GOOD + ",2,m,2026-01-01,L,D\n", "riga 4: la colonna «body» è vuota"),
        (LINE + GOOD + "c,2,m,2026-02-30,L,D\n", "riga 4: «2026-02-30» non è un giorno"),
        (LINE + GOOD + "c,2,m,domani,L,D\n", "riga 4: «domani» non è una data"),
        (LINE + GOOD + "c,1,m,2026-01-02,L,D\n", "riga 4: «day»: lo stesso atto aveva"),
        (LINE + GOOD + "c,1,x,2026-01-01,L,D\n", "riga 4: «kind»: lo stesso atto aveva"),
        (LINE + GOOD + "c,2,m,2026-01-01,L,\n", "riga 4: la colonna «district» è vuota"),
    ],
)
def test_a_bad_file_is_refused_with_row_and_reason(tmp_path, content, message):
    file = tmp_path / "bad.csv"
    file.write_text(content)
    assert message in refusal(file, by="district")


@pytest.mark.parametrize(
    ("weight", "message"),
    [("nan", "finito"), ("inf", "finito"), ("-1", "negativo"), ("1e30", "troppo grande")],
)
def test_weights_that_are_no_weights_are_refused(tmp_path, weight, message):
    file = tmp_path / "bad.csv"
    file.write_text(
        f"{LINE.strip()},weight\na,1,m,2026-01-01,L,D,1\nb,1,m,2026-01-01,L,D,{weight}\n"
    )
    assert f"riga 3: il peso «{weight}»" in refusal(file)
    assert message in refusal(file)


def test_a_parquet_of_the_wrong_types_is_refused(tmp_path):
    file = tmp_path / "bad.parquet"
    columns = {name: ["x"] for name in HEADER} | {"day": ["2026-01-01"], "body": [[1, 2]]}
    pq.write_table(pa.table(columns), file)
    assert "la colonna «body» ha il tipo list" in refusal(file)
    columns["body"] = [1.5]
    pq.write_table(pa.table(columns), file)
    assert "double" in refusal(file)


def test_days_in_three_forms_and_two_encodings_are_read(tmp_path):
    file = tmp_path / "mixed.csv"
    content = "body;act;kind;day;lab;district\nCittà;1;m;02/03/2026;L;D\nb;1;m;2026-03-02;L;D\n"
    file.write_bytes(
        content.encode() + "Città;2;m;20260303;L;D\nb;2;m;20260303;L;D\n".encode("cp1252")
    )
    (unit,) = quick(file, no_decay=True)
    assert (unit["n"], unit["acts"], value(unit, "tie_weight")) == (2, 2, 2)
    assert "Windows-1252" in unit["notes"][0]


def test_a_header_alone_is_a_network_of_nobody(tmp_path):
    file = write(tmp_path / "none.csv", [])
    (unit,) = quick(file)
    assert (unit["n"], unit["acts"], unit["coverage"]) == (0, 0, None)
    assert quick(file, by="district") == []


def test_one_body_only(tmp_path):
    (unit,) = measured(write(tmp_path / "one.csv", rows_of(("2026-01-01", "a"))), draws=5)
    assert value(unit, "mass") == 0
    assert value(unit, "density") is None


def test_what_is_asked_and_is_not_there(davis, tmp_path):
    assert "Forse: mass" in refusal(davis, measures="maas")
    assert "colonna «role»" in refusal(davis, directed=True)
    assert "manca la colonna «region»" in refusal(davis, by="region")
    assert "nulla.csv" in refusal(tmp_path / "nulla.csv")
    with pytest.raises(CommandError, match="--out"):
        call_command("measure", davis, format="parquet")


def test_a_roster_of_a_lab_that_two_districts_have_must_say_which(tmp_path):
    rows = rows_of(("2026-01-01", "ab")) + rows_of(("2026-01-01", "cd"), district="E")
    file = write(tmp_path / "acts.csv", rows)
    roster = write(tmp_path / "r.csv", [("a", "L", "", "")], ("body", "lab", "from", "to"))
    assert "serve la colonna «district»" in refusal(file, roster=roster)


def test_two_processes_give_the_same_as_one(tmp_path):
    rows = rows_of(("2026-01-01", "abc")) + rows_of(("2026-01-01", "cd"), district="E")
    file = write(tmp_path / "acts.csv", rows)
    options = {"by": "district", "draws": 5, "measures": "mass,density"}
    assert measured(file, workers=2, **options) == measured(file, **options)
