"""The canonical form of an entry, and the hash that ties it to the one before.

The form is UTF-8 JSON with sorted ASCII keys and no spaces, of strings, integers, booleans,
null, lists and objects: a subset of RFC 8785 that the standard library writes.
`standalone/verifica.py` holds the same rule, written apart so that it can be checked against this.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Never
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
    `corrects` is the sequence number of the corrected entry; `recorded_at` is in UTC."""
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
            "parties": sorted(parties),
            "recorded_at": recorded_at.isoformat(timespec="microseconds")[:26] + "Z",
            "seq": seq,
            "source": source,
            "subject": list(subject),
        }
    )


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as every database gives them back: a copy of plain JSON, keys as strings.

    Raises TypeError for what JSON cannot hold, ValueError for a fraction: databases and
    languages write the same one differently, so an amount goes in as a string or in cents.
    """
    return json.loads(_encode(facts), parse_float=_refuse)


def _refuse(number: str) -> Never:
    raise ValueError(f"The ledger holds no fractions: {number}")


def link(previous: str, form: str) -> str:
    """The hash of an entry: SHA-256 over the previous hash, a line feed and the canonical form."""
    return hashlib.sha256(f"{previous}\n{form}".encode()).hexdigest()


def note_digest(salt: str, text: str) -> str:
    """What stands in the chain for a free text: the text can be erased, the hash remains."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest() if text else ""
