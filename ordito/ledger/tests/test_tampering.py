"""Whatever is changed behind Ordito's back is found, by Ordito and by the program that is not."""

import json
import os
import random
from typing import Any

import pytest

from ordito.ledger.chain import GENESIS, link
from ordito.ledger.export import entry_line, text_line
from ordito.ledger.models import Note
from ordito.ledger.standalone import verifica
from ordito.ledger.tests.chains import TAMPERINGS, Tamper, make_chain, tampering
from ordito.ledger.verify import stored_entries, verify
from ordito.registry.models import District

pytestmark = pytest.mark.django_db
# The seed is in the name of the test; the same one comes back with TESTS_SEED.
SEED = int(os.environ["TESTS_SEED"])


def exported(district: District) -> tuple[list[str], str]:
    entries = list(stored_entries(district))
    lines = verifica.lines_of("".join(map(entry_line, entries)))
    return lines, "".join(map(text_line, entries))


def try_one(district: District, name: str, rng: random.Random) -> None:
    with tampering():
        expected = TAMPERINGS[name](Tamper(district, rng))
        ours = verify(district)
        lines, texts = exported(district)
        theirs = verifica.check(lines, verifica.texts_of(texts))
        assert ours.broken_at == expected, name
        assert (ours.entries, ours.head, ours.broken_at, ours.reason) == theirs, name


@pytest.mark.parametrize("name", TAMPERINGS)
@pytest.mark.parametrize("seed", [SEED])
def test_a_tampering_is_found_and_named_by_both_programs(name: str, seed: int) -> None:
    district = make_chain(12)
    assert verify(district).broken_at is None
    try_one(district, name, random.Random(f"{name} {seed}"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [SEED])
def test_a_thousand_tamperings_in_the_database_are_all_found(seed: int) -> None:
    rng, district = random.Random(seed), make_chain(40)
    for _round in range(1_000):
        try_one(district, rng.choice(list(TAMPERINGS)), rng)
    assert verify(district).broken_at is None


def mutated(lines: list[str], rng: random.Random) -> list[str]:
    """An export with one thing changed in its text, at random."""
    lines, at = list(lines), rng.randrange(len(lines) - 1)
    other = rng.randrange(len(lines))
    match rng.choice(["byte", "value", "delete", "swap", "duplicate", "insert", "cut", "respell"]):
        case "byte":
            where = rng.randrange(len(lines[at]))
            lines[at] = lines[at][:where] + chr(rng.randrange(33, 1000)) + lines[at][where + 1 :]
        case "value":
            row = json.loads(lines[at])
            place = rng.choice([row, row["entry"], row["entry"]["facts"] or row])
            place[rng.choice(list(place))] = rng.choice([None, 1, 0.5, "x", [], {}, True])
            lines[at] = json.dumps(row)
        case "delete":
            del lines[at]
        case "swap":
            lines[at], lines[other] = lines[other], lines[at]
        case "duplicate":
            lines.insert(at, lines[at])
        case "insert":
            lines.insert(at, lines[other])
        case "cut":
            lines[at:] = [lines[at][: rng.randrange(len(lines[at]))]]
        case "respell":  # the same entry in other bytes is the same entry
            lines[at] = json.dumps(json.loads(lines[at]), indent=None, sort_keys=rng.random() < 0.5)
    return lines


def first_wrong(lines: list[str]) -> int | None:
    """The rule of the chain over an export, by Ordito's own hash."""
    head = GENESIS
    for number, line in enumerate(lines, 1):
        try:
            row: dict[str, Any] = json.loads(line)
            form = json.dumps(
                row["entry"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
            )
            whole = row["entry"]["seq"] == number and link(head, form) == row["hash"]
        except (ValueError, TypeError, KeyError):
            whole = False
        if not whole or len(row) != 2:
            return number
        head = row["hash"]
    return None


@pytest.mark.parametrize("seed", [SEED])
def test_the_other_program_agrees_on_a_thousand_altered_exports(seed: int) -> None:
    rng, (lines, _texts) = random.Random(seed), exported(make_chain(12))
    verdicts = []
    for _round in range(1_000):
        altered = mutated(lines, rng)
        verdicts.append(verifica.check(altered, {}).broken_at)
        assert verdicts[-1] == first_wrong(altered)
    assert verdicts.count(None) < 300


def test_an_erased_text_leaves_the_chain_as_it_was() -> None:
    district = make_chain(12)
    before = verify(district)
    Note.objects.filter(interaction__district=district).delete()
    assert verify(district) == before
    lines, texts = exported(district)
    assert texts == ""
    assert verifica.check(lines, {}) == (before.entries, before.head, None, "")
