"""What entering an act costs, and what it refuses."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from conftest import make_district, make_user
from ordito.ledger.chain import canonical, plain
from ordito.ledger.kinds import KINDS, Tie, kind
from ordito.ledger.models import Interaction, Note, Party
from ordito.ledger.record import GUEST, PRESENT, AlreadyRecorded, Entry, record, record_many
from ordito.ledger.tests.chains import MET, make_chain, make_organisations
from ordito.ledger.verify import Checkpoint, verify
from ordito.registry.models import District

pytestmark = pytest.mark.django_db


def make_entry(district: District, **over: Any) -> Interaction:
    return record(
        MET, **{"district": district, "on": date(2026, 3, 2), "about": district, "by": None} | over
    )


def test_a_kind_declared_twice_is_refused() -> None:
    code = next(iter(KINDS))
    with pytest.raises(ValueError, match=code):
        kind(code, Tie.NONE, "La stessa")


def test_an_entry_of_a_kind_no_longer_known_still_shows_its_code() -> None:
    assert make_entry(make_district()).kind_label == "prove.met"


@pytest.mark.parametrize(("n_parties", "note", "extra"), [(1, "", 0), (400, "", 0), (400, "x", 1)])
def test_an_act_costs_four_queries_whatever_the_parties(
    n_parties: int, note: str, extra: int
) -> None:
    district, by = make_district(), make_user("Anna")
    parties = {PRESENT: make_organisations(n_parties), GUEST: make_organisations(3)}
    make_entry(district)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        make_entry(district, by=by, parties=parties, note=note, key="una volta")
    assert len(queries) == (3 if connection.vendor == "sqlite" else 4) + extra
    assert Party.objects.filter(interaction__district=district).count() == n_parties + 3


def test_the_first_entry_follows_nothing_and_each_follows_the_last() -> None:
    district = make_district()
    assert [make_entry(district).seq for _ in range(3)] == [1, 2, 3]
    verdict = verify(district)
    assert (verdict.entries, verdict.broken_at) == (3, None)
    assert verdict.head == Interaction.objects.get(district=district, seq=3).hash


def test_two_districts_never_share_a_chain() -> None:
    here, there = make_district(), make_district()
    for district in (here, there, here):
        make_entry(district, key="la stessa" if district is there else "")
    make_entry(here, key="la stessa")
    assert [verify(one).entries for one in (here, there)] == [3, 1]
    assert Interaction.objects.get(district=there).seq == 1


def test_the_same_key_is_recorded_once() -> None:
    district = make_district()
    first = make_entry(district, key="presenze:7")
    with pytest.raises(AlreadyRecorded) as refusal, transaction.atomic():
        make_entry(district, key="presenze:7")
    assert refusal.value.entry_id == first.pk
    assert verify(district).entries == 1


def test_a_batch_with_a_known_key_is_refused_whole() -> None:
    district = make_district()
    make_entry(district, key="a")
    batch = [Entry(MET, None, district, None, key=key) for key in ("b", "a")]
    with pytest.raises(IntegrityError), transaction.atomic():
        record_many(district, batch)
    assert verify(district).entries == 1


def test_an_entry_is_corrected_once() -> None:
    district = make_district()
    wrong = make_entry(district)
    mended = make_entry(district, corrects=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_entry(district, corrects=wrong)
    assert list(Interaction.objects.filter(district=district).standing()) == [mended]


def test_an_entry_of_another_chain_cannot_be_corrected() -> None:
    there = make_entry(make_district())
    with pytest.raises(ValueError, match="chain"), transaction.atomic():
        make_entry(make_district(), corrects=there)


def test_a_fraction_never_enters_the_chain() -> None:
    with pytest.raises(ValueError, match="fractions"), transaction.atomic():
        make_entry(make_district(), facts={"rate": [0.5]})


def test_facts_are_what_the_database_gives_back() -> None:
    district = make_district()
    entry = make_entry(district, facts={"2": "b", "à": [True, None, {"z": 1, "a": ("x",)}]})
    again = Interaction.objects.get(pk=entry.pk)
    assert again.facts == entry.facts == {"2": "b", "à": [True, None, {"a": ["x"], "z": 1}]}
    assert plain(again.facts) == again.facts
    assert verify(district).broken_at is None


def test_an_instant_keeps_its_microseconds() -> None:
    at = datetime(2026, 3, 2, 9, 5, 0, 7, UTC)
    form = canonical(
        district=1, seq=1, kind="k", key="1", occurred_on=None, recorded_at=at, by=None,
        subject=("a", "1", "«Città»"), facts={}, note_hash="", source="act", corrects=None,
        parties=[("present", 10), ("guest", 9), ("present", 9)],
    )  # fmt: skip
    assert '"recorded_at":"2026-03-02T09:05:00.000007Z"' in form
    assert '"parties":[["guest",9],["present",9],["present",10]]' in form
    assert "«Città»" in form


def test_an_act_that_fails_leaves_no_entry() -> None:
    district = make_district()
    with transaction.atomic():
        make_entry(district, note="mai")
        transaction.set_rollback(True)
    assert not Interaction.objects.filter(district=district).exists()
    assert not Note.objects.filter(interaction__district=district).exists()


def test_a_tail_cut_off_is_seen_only_from_a_checkpoint() -> None:
    district, shorter = make_chain(12), make_chain(11)
    whole = verify(district)
    seen = Checkpoint(whole.entries, whole.head)
    assert verify(district, seen).broken_at is None
    assert verify(shorter).broken_at is None
    assert verify(shorter, Checkpoint(12, whole.head)).broken_at == 12


def test_a_chain_rewritten_as_a_whole_is_seen_only_from_a_checkpoint() -> None:
    rewritten = make_chain(12)
    assert verify(rewritten).broken_at is None
    verdict = verify(rewritten, Checkpoint(5, "a" * 64))
    assert (verdict.broken_at, verdict.reason) == (5, "checkpoint")
