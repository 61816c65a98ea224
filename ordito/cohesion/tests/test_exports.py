"""The files parse back, carry their sources, and cannot run anything."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText

from conftest import governance as acts
from conftest import make_body, make_meeting
from ordito.cohesion.exports.csv import as_csv
from ordito.cohesion.exports.data import as_data
from ordito.cohesion.exports.ods import as_ods
from ordito.cohesion.exports.pdf import as_pdf
from ordito.cohesion.exports.table import COLUMNS
from ordito.cohesion.exports.text import as_text
from ordito.cohesion.reports import district_report
from ordito.cohesion.tests.seed import SOURCE, state_labs

USE = "non si usano per graduatorie, esclusioni, finanziamenti"


def report_of(cast):
    return district_report(cast.district, AnonymousUser(), day=date(2026, 6, 1))


def csv_rows(report):
    text = as_csv(report).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def ods_sheets(report):
    """Sheet name -> rows of (type, value, text)."""
    document = load(BytesIO(as_ods(report)))
    return {
        table.getAttribute("name"): [
            [
                (cell.getAttribute("valuetype"), cell.getAttribute("value"), extractText(cell))
                for cell in row.getElementsByType(TableCell)
            ]
            for row in table.getElementsByType(TableRow)
        ]
        for table in document.getElementsByType(Table)
    }


def test_the_csv_parses_back_with_its_sources(cast):
    state_labs(cast)

    rows = {row["denominazione"]: row for row in csv_rows(report_of(cast))}

    assert as_csv(report_of(cast)).startswith(b"\xef\xbb\xbfambito;")
    famiglia = rows["LabGo Famiglia"]
    assert tuple(famiglia) == COLUMNS
    assert famiglia["origine"] == "dichiarato dalla fonte"
    assert famiglia["fonte"].startswith(SOURCE)
    assert famiglia["unita"] == "unità non dichiarata"
    assert (famiglia["media_presenti"], famiglia["adesioni"], famiglia["incontri"]) == (
        "14",
        "28",
        "4",
    )
    assert famiglia["tasso"] == "0,5"
    assert (famiglia["dal"], famiglia["al"]) == ("2016-07-18", "2016-11-07")
    assert rows["LabGo Giovani"]["tasso"] == ""
    assert rows["LabGo socio sanitario"]["origine"] == "nessun dato"
    assert rows["LabGo socio sanitario"]["incontri"] == ""
    assert rows["Ambito di prova"]["presenze"] == "165"
    assert all(USE in row["avvertenza"] for row in rows.values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_a_spreadsheet_would_run_is_neutralised(cast, start):
    body = make_body(cast.district, cast.anna, name="LabGo Furbo", order=9)
    type(body).objects.filter(pk=body.pk).update(method=f"{start}1+1")

    row = csv_rows(report_of(cast))[-1]

    assert row["modalita"].startswith(f"'{start}")


def test_the_spreadsheet_holds_numbers_as_numbers(cast):
    state_labs(cast)

    sheets = ods_sheets(report_of(cast))

    header, *lines = sheets["Laboratori"]
    assert tuple(text for _type, _value, text in header) == COLUMNS
    by_name = {line[COLUMNS.index("denominazione")][2]: line for line in lines}
    migra = by_name["LabGo Migra"]
    kind, value, shown = migra[COLUMNS.index("tasso")]
    assert (kind, float(value), shown) == ("percentage", 10 / 13, "76,9%")
    assert migra[COLUMNS.index("incontri")] == ("float", "6", "6")
    assert by_name["LabGo Abitare"][COLUMNS.index("tasso")] == (None, None, "")
    assert len(sheets["Incontri"]) == 1 + 16
    notes = " ".join(text for [(_type, _value, text)] in sheets["Note di lettura"])
    assert USE in notes
    assert "tra 49,4% e 54,1%: le medie della fonte sono arrotondate" in notes


def test_a_formula_stays_text_in_the_spreadsheet(cast):
    body = make_body(cast.district, cast.anna, name="LabGo Furbo", order=9)
    type(body).objects.filter(pk=body.pk).update(method="=1+1")

    line = ods_sheets(report_of(cast))["Laboratori"][-1]

    assert line[COLUMNS.index("modalita")] == ("string", None, "=1+1")


def test_every_file_of_a_demonstrative_district_says_so(cast):
    type(cast.district).objects.filter(pk=cast.district.pk).update(is_demonstrative=True)
    cast.district.refresh_from_db()
    report = report_of(cast)
    mark = "Ambito dimostrativo: dati inventati"

    assert {row["dati"] for row in csv_rows(report)} == {mark}
    assert as_data(report)["mark"] == mark
    assert mark in as_text(report)
    assert mark in " ".join(
        cell[2] for row in ods_sheets(report)["Note di lettura"] for cell in row
    )


def test_the_open_meetings_are_in_the_spreadsheet_without_counts(cast):
    make_meeting(cast.lab, cast.anna, held_on=date(2026, 5, 4))

    line = ods_sheets(report_of(cast))["Incontri"][-1]

    assert [cell[2] for cell in line] == [
        "LabGo Prova",
        "04/05/2026",
        "presenze da chiudere",
        "",
        "",
        "",
    ]


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_pdf_gives_the_district_and_one_page_to_each_lab(cast):
    state_labs(cast)

    pdf = as_pdf(report_of(cast))

    assert pdf.startswith(b"%PDF-1.7")
    assert pages(pdf) == 1 + 7
    assert b"/Lang(it)" in pdf
    assert b"laboratori.csv" in pdf


def test_the_pdf_of_one_lab_is_one_page(cast):
    meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, 5, 4))
    acts.close_roll(
        meeting, lines=[acts.RollLine(cast.comune, "delegate")], seen_version=0, by=cast.anna
    )

    alone = district_report(cast.district, AnonymousUser(), labs=[cast.lab])

    assert pages(as_pdf(alone)) == 1


def recorded(cast):
    for month in (1, 2, 3):
        meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, month, 4))
        lines = [acts.RollLine(one, "delegate") for one in (cast.comune, cast.coop)]
        acts.close_roll(meeting, lines=lines[:month], seen_version=0, by=cast.anna)
    return report_of(cast)


def test_every_file_leads_with_the_fraction_that_gives_the_rate(cast):
    report = recorded(cast)
    fraction = "5 presenze su 6 attese"
    mean = "in media 1,7 per incontro, 3 incontri, 2 adesioni all'ultimo"

    text = as_text(report)
    assert f"  {fraction} = 83,3% (" in text
    assert f"\n    {mean}\n" in text
    assert [row["in_parole"] for row in csv_rows(report)] == [
        f"{fraction}; {mean}",
        f"{fraction}; 3 incontri",
    ]
    lab = ods_sheets(report)["Laboratori"][1]
    assert lab[COLUMNS.index("in_parole")][2] == f"{fraction}; {mean}"
    data = as_data(report)["labs"][0]["recorded"]
    assert (data["sentence"], data["mean_sentence"]) == (fraction, mean)
    assert (data["numerator"], data["denominator"], data["rate"]) == (5, 6, 5 / 6)


def test_the_same_report_is_the_same_pdf(cast):
    state_labs(cast)

    assert as_pdf(report_of(cast)) == as_pdf(report_of(cast))


def test_the_pdf_declares_the_language_it_is_written_in(cast):
    with translation.override("en"):
        pdf = as_pdf(report_of(cast))

    assert b"/Lang(en)" in pdf


def test_a_crowded_lab_still_stands_on_one_page(cast):
    type(cast.lab).objects.filter(pk=cast.lab.pk).update(
        follow_up="Si prosegue con il lavoro. " * 80, method="In plenaria. " * 20
    )
    mandate = acts.give_mandate(cast.lab, text="Leggere i bisogni. " * 200, by=cast.anna)
    for number in range(12):
        acts.add_output(
            cast.lab,
            title=f"Documento {number} " + "di lavoro " * 10,
            status="completed",
            by=cast.anna,
            mandate=mandate,
        )
    for day in range(1, 29):
        for month in (1, 2):
            acts.state_meeting(cast.lab, held_on=date(2026, month, day), by=cast.anna)

    assert pages(as_pdf(report_of(cast))) == 2
