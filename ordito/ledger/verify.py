"""Recomputing a chain: the first entry whose hash does not follow from what is stored."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ordito.ledger.chain import GENESIS, canonical, link, note_digest
from ordito.ledger.models import Interaction, Note, Party
from ordito.registry.models import District

CHUNK = 5_000
FIELDS = (
    "pk", "seq", "kind", "key", "occurred_on", "recorded_at", "by_key", "subject_type",
    "subject_id", "subject_label", "facts", "note_hash", "source", "corrects__seq", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What the recomputation of one chain found. `broken_at` is the first wrong number."""

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


def verify(district: District, since: Checkpoint | None = None) -> Verdict:
    """Recompute the chain of a district, from its beginning or after a checkpoint."""
    head, count = GENESIS, 0
    if since and since.seq:
        head, count = since.head, since.seq
        stored = Interaction.objects.filter(district=district, seq=since.seq)
        if stored.values_list("hash", flat=True).first() != since.head:
            return Verdict(district.slug, count, head, since.seq, "checkpoint")
    for entry in stored_entries(district, after=count):
        wrong = _fault(entry, count + 1, head)
        if wrong:
            return Verdict(district.slug, count, head, count + 1, wrong)
        head, count = entry["hash"], count + 1
    wrong_note = _wrong_note(district)
    if wrong_note is not None:
        return Verdict(district.slug, count, head, wrong_note, "note")
    return Verdict(district.slug, count, head)


def stored_entries(district: District, after: int = 0) -> Iterator[dict[str, Any]]:
    """The entries as they are stored, in order, each with its canonical form and hash."""
    rows = (
        Interaction.objects.filter(district=district, seq__gt=after)
        .order_by("seq")
        .values_list(*FIELDS)
        .iterator(CHUNK)
    )
    while chunk := list(islice(rows, CHUNK)):
        parties: dict[int, list[tuple[str, int]]] = defaultdict(list)
        its_parties = Party.objects.filter(
            interaction__district=district,
            interaction__seq__gte=chunk[0][1],
            interaction__seq__lte=chunk[-1][1],
        )
        for pk, role, organisation in its_parties.order_by().values_list(
            "interaction_id", "role", "organisation_id"
        ):
            parties[pk].append((role, organisation))
        for pk, seq, *row, stored_hash in chunk:
            yield {
                "seq": seq,
                "hash": stored_hash,
                "form": _form(district.pk, seq, row, parties[pk]),
            }


def _form(district: int, seq: int, row: list[Any], parties: list[tuple[str, int]]) -> str:
    kind, key, on, at, by, s_type, s_id, s_label, facts, note_hash, source, corrects = row
    return canonical(
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
        corrects=corrects,
        parties=parties,
    )


def _fault(entry: dict[str, Any], expected_seq: int, previous: str) -> str:
    if entry["seq"] != expected_seq:
        return "missing"
    return "" if link(previous, entry["form"]) == entry["hash"] else "changed"


def _wrong_note(district: District) -> int | None:
    """The number of the first entry whose free text is not the one that was recorded."""
    notes = Note.objects.filter(interaction__district=district).order_by("interaction__seq")
    for seq, expected, salt, text in notes.values_list(
        "interaction__seq", "interaction__note_hash", "salt", "text"
    ).iterator():
        if note_digest(salt, text) != expected:
            return seq
    return None
