"""`ordito report`, as someone at a terminal meets it."""

import csv
import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from conftest import make_body
from ordito.cohesion.tests.seed import state_labs


def ran(*arguments):
    out = StringIO()
    call_command("report", "labs", *arguments, stdout=out)
    return out.getvalue()


def refused(*words: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as refusal:
        call_command("report", "labs", *words)
    return refusal.value.returncode, str(refusal.value)


def test_it_prints_the_sentences(cast):
    state_labs(cast)

    assert "14 su 28, 4 incontri = 50,0%" in ran("--district", "prova")


def test_it_gives_json_and_csv(cast):
    state_labs(cast)

    data = json.loads(ran("--district", "prova", "--format", "json"))
    rows = list(
        csv.DictReader(StringIO(ran("--district", "prova", "--format", "csv")), delimiter=";")
    )

    assert data["stated"]["rate"] == 165 / 319
    assert rows[-1]["presenze_dovute"] == "319"


def test_it_gives_one_lab_and_no_total(cast):
    state_labs(cast)

    text = ran("--district", "prova", "--lab", "labgo-migra")

    assert "10 su 13, 6 incontri" in text
    assert "LabGo Famiglia" not in text
    assert "165" not in text


def test_an_unknown_district_is_refused_with_those_that_exist(cast):
    assert refused("--district", "altrove") == (
        1,
        f"L'ambito «altrove» non esiste. Esistono: prova, {cast.elsewhere.slug}.",
    )


def test_an_unknown_or_private_lab_is_refused(cast):
    make_body(cast.district, cast.anna, name="LabGo Riservato", is_public=False)

    code, message = refused("--district", "prova", "--lab", "labgo-riservato")

    assert code == 1
    assert message == "Il laboratorio «labgo-riservato» non esiste. Esistono: labgo-prova."


@pytest.mark.slow
def test_without_a_database_it_names_the_command_that_makes_one(tmp_path):
    environment = os.environ | {"ORDITO_DATA": str(tmp_path / "vuota"), "ORDITO_DB": "sqlite"}
    command = [sys.executable, "-m", "ordito", "report", "labs", "--district", "melzo"]

    end = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert end.returncode == 2
    assert end.stdout == ""
    assert end.stderr.strip() == "Il database non c'è ancora: eseguite `ordito demo`."
