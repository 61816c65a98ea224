"""The canonical form of an entry, and the hash that ties it to the one before.

The form is UTF-8 JSON with sorted ASCII keys and no spaces, of strings, integers, booleans,
null, lists and objects: a subset of RFC 8785 that the standard library writes.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

GENESIS = "0" * 64

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(
    *,
    district: int,
    seq: int,
    kind: str,
    key: str,
    occurred_on: date | None,
    recorded_at: datetime,
    by: UUID | None,
    subject: tuple[str, str, str],
    facts: dict[str, Any],
    note_hash: str,
    source: str,
    corrects: int | None,
    parties: Iterable[tuple[str, int]],
) -> str:
    """One entry as text. `subject` is (type, id, label); `parties` are (role, organisation id);
    `corrects` is the sequence number of the corrected entry; instants are written in UTC."""
    return _encode(
        {
            "by": str(by) if by else None,
            "corrects": corrects,
            "district": district,
            "facts": facts,
            "key": key,
            "kind": kind,
            "note": note_hash,
            "occurred_on": occurred_on.isoformat() if occurred_on else None,
            "parties": sorted([role, organisation] for role, organisation in parties),
            "recorded_at": recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "seq": seq,
            "source": source,
            "subject": list(subject),
        }
    )


def link(previous: str, form: str) -> str:
    """The hash of an entry: SHA-256 over the previous hash, a line feed and the canonical form."""
    return hashlib.sha256(f"{previous}\n{form}".encode()).hexdigest()


def note_digest(salt: str, text: str) -> str:
    """What stands in the chain for a free text: the text can be erased, the hash remains."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest() if text else ""
