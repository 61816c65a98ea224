"""Entering what happened: called by every act, inside its own transaction."""

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import OuterRef, Subquery

from ordito.accounts.models import User
from ordito.ledger.chain import GENESIS, canonical, link, note_digest
from ordito.ledger.kinds import Kind
from ordito.ledger.models import Interaction, Note, Party
from ordito.registry.models import District, Organisation

PRESENT, GUEST, EXCUSED, ABSENT = "present", "guest", "excused", "absent"
ISSUER, RECEIVER, MEMBER = "issuer", "receiver", "member"


class AlreadyRecorded(Exception):
    """The same act was recorded before, under the same key: nothing is to be done again."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(f"Already recorded as entry {entry_id}")
        self.entry_id = entry_id


@dataclass(frozen=True)
class Entry:
    """What is about to be recorded. `parties` maps a role to its organisations."""

    kind: Kind
    on: date | None
    about: models.Model
    by: User | None
    parties: Mapping[str, Iterable[Organisation]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    key: str = ""
    source: str = Interaction.Source.ACT
    corrects: Interaction | None = None
    label: str = ""


@transaction.atomic(savepoint=False)
def record(
    kind: Kind, *, district: District, on: date | None, about: models.Model, **rest: Any
) -> Interaction:
    """Append one entry to the district's chain; `rest` as in Entry.

    At most four queries, or five with a note, whatever the number of parties.
    Raises AlreadyRecorded when the key is already in the chain.
    """
    entry = Entry(kind=kind, on=on, about=about, **rest)
    return _append(district, [entry], *_last_link(district, entry.key))[0]


@transaction.atomic(savepoint=False)
def record_many(district: District, entries: Sequence[Entry]) -> list[Interaction]:
    """Append entries to the district's chain, in order.

    Raises IntegrityError when a key is already in the chain.
    """
    return _append(district, entries, *_last_link(district, key=""))


def _last_link(district: District, key: str) -> tuple[int, str]:
    """Wait for the district's turn and read the end of its chain: (number, hash)."""
    # SQLite's transactions are writers from their first statement: they are already in a queue.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CHAINS, district.pk])
    chain = Interaction.objects.filter(district=district)
    known = Interaction.objects.filter(district=OuterRef("district"), key=key) if key else None
    ends = chain.annotate(known=Subquery(known.values("pk"))) if known is not None else chain
    last = ends.order_by("-seq").first()
    if last is None:
        return 0, GENESIS
    if known is not None and last.known is not None:
        raise AlreadyRecorded(last.known)
    return last.seq, last.hash


def _append(
    district: District, entries: Sequence[Entry], seq: int, previous: str
) -> list[Interaction]:
    now = datetime.now(UTC)
    rows, parties, notes = [], [], []
    for entry in entries:
        seq += 1
        row, its_parties, note = _link_entry(entry, district, seq, previous, now)
        previous = row.hash
        rows.append(row)
        parties.append(its_parties)
        if note:
            notes.append(note)
    Interaction.objects.bulk_create(rows, batch_size=2_000)
    Party.objects.bulk_create(
        (
            Party(interaction=row, role=role, organisation_id=organisation)
            for row, its_parties in zip(rows, parties, strict=True)
            for role, organisation in its_parties
        ),
        batch_size=5_000,
    )
    if notes:
        Note.objects.bulk_create(notes)
    return rows


_CHAINS = 0x0D17  # the advisory locks of the chains, apart from any other


def _link_entry(
    entry: Entry, district: District, seq: int, previous: str, now: datetime
) -> tuple[Interaction, list[tuple[str, int]], Note | None]:
    parties = sorted({(role, o.pk) for role, them in entry.parties.items() for o in them})
    key = entry.key or uuid.uuid4().hex
    salt = secrets.token_hex(16) if entry.note else ""
    subject = (
        entry.about._meta.label_lower,
        str(entry.about.pk),
        (entry.label or str(entry.about))[:300],
    )
    row = Interaction(
        district=district,
        seq=seq,
        kind=entry.kind.code,
        key=key,
        occurred_on=entry.on,
        recorded_at=now,
        by_key=entry.by.person_key.key if entry.by else None,
        subject_type=subject[0],
        subject_id=subject[1],
        subject_label=subject[2],
        facts=dict(entry.facts),
        note_hash=note_digest(salt, entry.note),
        source=entry.source,
        corrects=entry.corrects,
    )
    form = canonical(
        district=district.pk,
        seq=seq,
        kind=row.kind,
        key=key,
        occurred_on=row.occurred_on,
        recorded_at=now,
        by=row.by_key,
        subject=subject,
        facts=row.facts,
        note_hash=row.note_hash,
        source=row.source,
        corrects=entry.corrects.seq if entry.corrects else None,
        parties=parties,
    )
    row.hash = link(previous, form)
    return row, parties, Note(interaction=row, salt=salt, text=entry.note) if entry.note else None
