"""Recomputing a chain: the first entry that does not follow from what is stored."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from django.db import OperationalError
from django.db.models import Max, QuerySet

from ordito.ledger.chain import GENESIS, canonical, link, note_digest
from ordito.ledger.models import Interaction, Note, Party
from ordito.registry.models import District

CHUNK = 5_000
FIELDS = (
    "pk", "seq", "kind", "key", "occurred_on", "recorded_at", "by_key", "subject_type",
    "subject_id", "subject_label", "facts", "note_hash", "source", "corrects__seq",
    "corrects__district_id", "hash",
)  # fmt: skip
# What the database drivers and Django's columns raise on a value that no act can have written.
UNREADABLE = (ValueError, TypeError, AttributeError, OperationalError)


@dataclass(frozen=True)
class Verdict:
    """What the recomputation of one chain found.

    `entries` and `head` are where the whole part ends; `broken_at` is the first wrong number, and
    `reason` is missing, changed, note, unreadable or checkpoint.
    """

    district: str
    entries: int
    head: str
    broken_at: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Checkpoint:
    """The end of a chain as it was seen once: after entry `seq` its hash was `head`."""

    seq: int
    head: str


class Stored(NamedTuple):
    """An entry as it is stored; `note` is its salt and text, until they are erased."""

    seq: int
    hash: str
    form: str
    note_hash: str
    note: tuple[str, str] | None


def verify(district: District, since: Checkpoint | None = None) -> Verdict:
    """Recompute the chain of a district, all of it, and compare it with a checkpoint.

    Without one, a tail cut off or a chain rewritten as a whole cannot be seen.
    """
    try:
        return _recompute(district, since)
    except UNREADABLE:
        last = Interaction.objects.filter(district=district).aggregate(last=Max("seq"))["last"]
        good = bisect_left(range(1, last + 1), True, key=lambda seq: not _reads(district, seq))
        verdict = _recompute(district, since, until=good)
        if verdict.broken_at is not None and verdict.broken_at <= good:
            return verdict
        return replace(verdict, broken_at=good + 1, reason="unreadable")


def stored_entries(district: District, until: int | None = None) -> Iterator[Stored]:
    """The entries as they are stored, in order, each with its canonical form and hash."""
    entries = Interaction.objects.filter(district=district).order_by("seq")
    if until is not None:
        entries = entries.filter(seq__lte=until)
    rows = entries.values_list(*FIELDS).iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        these = Interaction.objects.filter(
            district=district, seq__gte=chunk[0][1], seq__lte=chunk[-1][1]
        )
        parties = _parties(these)
        notes = {
            pk: (salt, text)
            for pk, salt, text in Note.objects.filter(interaction__in=these).values_list(
                "interaction_id", "salt", "text"
            )
        }
        for pk, *row in chunk:
            yield _stored(district.pk, row, parties.get(pk, []), notes.get(pk))


def _parties(these: QuerySet[Interaction]) -> dict[int, list[tuple[str, int]]]:
    parties = defaultdict(list)
    rows = Party.objects.filter(interaction__in=these).order_by()
    columns = rows.values_list("interaction_id", "role", "organisation_id")
    for pk, role, organisation in columns.iterator(CHUNK):
        parties[pk].append((role, organisation))
    return parties


def _stored(
    district: int,
    row: Sequence[Any],
    parties: list[tuple[str, int]],
    note: tuple[str, str] | None,
) -> Stored:
    seq, kind, key, on, at, by, s_type, s_id, s_label, facts, note_hash, source, *rest = row
    corrects, corrected_in, stored_hash = rest
    form = canonical(
        district=district,
        seq=seq,
        kind=kind,
        key=key,
        occurred_on=on,
        recorded_at=at,
        by=by,
        subject=(s_type, s_id, s_label),
        facts=facts,
        note_hash=note_hash,
        source=source,
        # The form names the corrected entry by number: one of another chain is no such number.
        corrects=corrects if corrected_in in (None, district) else 0,
        parties=parties,
    )
    return Stored(seq, stored_hash, form, note_hash, note)


def _recompute(district: District, since: Checkpoint | None, until: int | None = None) -> Verdict:
    head, count = GENESIS, 0
    for entry in stored_entries(district, until):
        wrong = _fault(entry, count + 1, head)
        if not wrong and since and since.seq == entry.seq and since.head != entry.hash:
            wrong = "checkpoint"
        if wrong:
            return Verdict(district.slug, count, head, count + 1, wrong)
        head, count = entry.hash, count + 1
    if since and count < since.seq:
        return Verdict(district.slug, count, head, count + 1, "missing")
    return Verdict(district.slug, count, head)


def _fault(entry: Stored, expected_seq: int, previous: str) -> str:
    if entry.seq != expected_seq:
        return "missing"
    if link(previous, entry.form) != entry.hash:
        return "changed"
    # A text that is no longer there was erased, as the law asks; one that differs was changed.
    if entry.note and note_digest(*entry.note) != entry.note_hash:
        return "note"
    return ""


def _reads(district: District, until: int) -> bool:
    try:
        for entry in stored_entries(district, until):
            entry.form.encode()
    except UNREADABLE:
        return False
    return True
