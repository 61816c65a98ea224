"""The guidelines before and after their consultation, against a sample judged by hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from ordito.texts.engine import canonicalise, compare_by_content, ids_from
from ordito.texts.engine.compare import Comparison, State
from ordito.texts.engine.diff import Level
from ordito.texts.tests.restructured import NEW, OLD, read_guidelines

SAMPLE = Path(__file__).parent / "data" / "guidelines_sample.csv"

pytestmark = pytest.mark.skipif(
    not OLD.exists(), reason="the guidelines are data of the workshop, not of the repository"
)


@pytest.fixture(scope="module")
def found() -> Comparison:
    old, new = (canonicalise(read_guidelines(one), ids_from("g")).version for one in (OLD, NEW))
    return compare_by_content(old, new)


def judged() -> Iterator[tuple[str, str, str]]:
    with SAMPLE.open(newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield row["old"], row["new"], row["judged"]


def test_the_sample_judged_by_hand_is_what_the_engine_says(found: Comparison) -> None:
    said = {(row.old_label, row.new_label): row.state for row in found.rows}
    sample = list(judged())
    wrong = [(old, new) for old, new, state in sample if said.get((old, new)) != state]
    assert len(sample) == 61
    assert wrong == []


def test_every_clause_of_both_states_is_accounted_for(found: Comparison) -> None:
    assert {row.old.id for row in found.rows if row.old} == set(found.old.by_id)
    assert {row.new.id for row in found.rows if row.new} == set(found.new.by_id)
    assert found.level is Level.WORDS
    shares = {state: count / found.counts.total() for state, count in found.counts.items()}
    assert shares[State.KEPT] + shares[State.EDITED] > 0.85
    assert shares[State.NEW] < 0.05
