"""The ledger under a large import, the work of one act, and the recomputation of a chain."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.measures import Measure, stopwatch
from ordito.governance.acts.roll import MET
from ordito.ledger.models import Interaction
from ordito.ledger.record import PRESENT, Entry, record, record_many
from ordito.ledger.verify import verify
from ordito.registry.models import District, Organisation

N_ENTRIES, N_PARTIES, N_ORGANISATIONS = 100_000, 4, 200
BULK_S, VERIFY_RATE, ACT_QUERIES = 30, 20_000, 4


def measure_ledger() -> Iterator[Measure]:
    district = District.objects.create(slug="misure-registro", name="Misure del registro")
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"misura-{n}", name=f"Misura {n}", kind=Organisation.Kind.ODV)
        for n in range(N_ORGANISATIONS)
    )
    entries = _entries(district, organisations)
    with stopwatch() as seconds:
        record_many(district, entries)
    bulk = round(seconds[0], 2)
    yield Measure(f"ledger: {N_ENTRIES:,} entries in bulk", bulk, "s", BULK_S)
    with stopwatch() as seconds:
        verdict = verify(district)
    assert (verdict.entries, verdict.broken_at) == (N_ENTRIES, None)
    rate = round(N_ENTRIES / seconds[0])
    yield Measure("ledger: verify", rate, "entries/s", VERIFY_RATE, is_floor=True)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        record(
            MET,
            district=district,
            on=date(2026, 3, 2),
            about=district,
            by=None,
            parties={PRESENT: organisations},
        )
    name = f"ledger: queries of one entry with {N_ORGANISATIONS} parties"
    yield Measure(name, len(queries), "queries", ACT_QUERIES)
    assert Interaction.objects.filter(district=district).count() == N_ENTRIES + 1


def _entries(district: District, organisations: list[Organisation]) -> list[Entry]:
    chance = random.Random(7)
    return [
        Entry(
            kind=MET,
            on=date(2020, 1, 1) + timedelta(days=number % 2_000),
            about=district,
            by=None,
            parties={PRESENT: chance.sample(organisations, N_PARTIES)},
            facts={"roster": 8, "present": 4},
            source=Interaction.Source.IMPORT,
        )
        for number in range(N_ENTRIES)
    ]
