"""What an entry of the ledger can be: each kind is declared beside the act that records it."""

from dataclasses import dataclass
from enum import StrEnum


class Tie(StrEnum):
    """How an interaction ties the organisations that take part in it."""

    NONE = "none"
    CO_PRESENCE = "co_presence"
    ADHESION = "adhesion"
    MANDATE = "mandate"
    DELIVERY = "delivery"


@dataclass(frozen=True)
class Kind:
    """A kind of entry: the code is stored in the row, the label lives in the code."""

    code: str
    tie: Tie
    label: object  # a lazy translation


KINDS: dict[str, Kind] = {}


def kind(code: str, tie: Tie, label: object) -> Kind:
    """Declare a kind of entry. Raises ValueError when the code is taken."""
    if code in KINDS:
        raise ValueError(f"The kind {code} is declared twice")
    KINDS[code] = Kind(code, tie, label)
    return KINDS[code]
