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
from ordito.ledger.chain import GENESIS, canonical, link, note_digest, plain
from ordito.ledger.kinds import Kind
from ordito.ledger.models import Interaction, Note, Party
from ordito.registry.models import District, Organisation

PRESENT, GUEST, EXCUSED, ABSENT = "present", "guest", "excused", "absent"
MEMBER = "member"


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


def is_recorded(key: str) -> bool:
    """Whether an entry stands under this key, in any chain; an empty key stands for nothing."""
    return bool(key) and Interaction.objects.filter(key=key).exists()


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
    rows: list[Interaction] = []
    notes: list[Note] = []
    roles: list[Parties] = []
    for entry in entries:
        row, note = _row(entry, district, seq + 1, now)
        roles.append(_parties(entry))
        row.hash = link(previous, _form(row, entry.corrects, roles[-1]))
        seq, previous = row.seq, row.hash
        rows.append(row)
        if note:
            notes.append(note)
    Interaction.objects.bulk_create(rows, batch_size=2_000)
    _insert_parties(rows, roles)
    Note.objects.bulk_create(notes)
    return rows


_CHAINS = 0x0D17  # the advisory locks of the chains, apart from any other

Parties = list[tuple[str, int]]  # role and organisation id, in the order of the canonical form


def _parties(entry: Entry) -> Parties:
    return sorted({(str(role), o.pk) for role, them in entry.parties.items() for o in them})


def _row(
    entry: Entry, district: District, seq: int, now: datetime
) -> tuple[Interaction, Note | None]:
    """The row of an entry without its hash, and its text apart."""
    salt = secrets.token_hex(16) if entry.note else ""
    row = Interaction(
        district=district,
        seq=seq,
        kind=entry.kind.code,
        key=entry.key or uuid.uuid4().hex,
        occurred_on=entry.on,
        recorded_at=now,
        by_key=entry.by.person_key.key if entry.by else None,
        subject_type=entry.about._meta.label_lower,
        subject_id=str(entry.about.pk),
        subject_label=(entry.label or str(entry.about))[:300],
        facts=plain(entry.facts),
        note_hash=note_digest(salt, entry.note),
        source=str(entry.source),
        corrects=entry.corrects,
    )
    return row, Note(interaction=row, salt=salt, text=entry.note) if entry.note else None


def _form(row: Interaction, corrects: Interaction | None, parties: Parties) -> str:
    """Raises ValueError when the corrected entry is in another chain."""
    if corrects and corrects.district_id != row.district_id:
        raise ValueError("An entry corrects one of its own chain.")
    return canonical(
        district=row.district_id,
        seq=row.seq,
        kind=row.kind,
        key=row.key,
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        by=row.by_key,
        subject=(row.subject_type, row.subject_id, row.subject_label),
        facts=row.facts,
        note_hash=row.note_hash,
        source=row.source,
        corrects=corrects.seq if corrects else None,
        parties=parties,
    )


def _insert_parties(rows: Sequence[Interaction], roles: Sequence[Parties]) -> None:
    values = [
        (row.pk, role, organisation)
        for row, its in zip(rows, roles, strict=True)
        for role, organisation in its
    ]
    if not values:
        return
    # bulk_create is ten times slower here, and on SQLite needs a statement every 333 parties.
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Party._meta.db_table} (interaction_id, role, organisation_id)"
            " VALUES (%s, %s, %s)",
            values,
        )
