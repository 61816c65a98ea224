"""Names that last: identifiers in the form of a ULID, and digests of a text."""

import hashlib
import secrets
import time
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, RANDOM_BITS = 26, 80


def new_id() -> str:
    """A fresh identifier: milliseconds since 1970, then 80 random bits."""
    return _in_letters((time.time_ns() // 1_000_000 << RANDOM_BITS) | secrets.randbits(RANDOM_BITS))


def derived_id(*parts: str) -> str:
    """The identifier that these parts always give, so that a file read twice has the same ones."""
    number = hashlib.sha256("\x1f".join(parts).encode()).digest()[:16]
    return _in_letters(int.from_bytes(number))


def ids_from(seed: str) -> Callable[[], str]:
    """A source of identifiers that depends on the seed and on the order of the calls alone."""
    count = 0

    def next_id() -> str:
        nonlocal count
        count += 1
        return derived_id(seed, str(count))

    return next_id


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _in_letters(number: int) -> str:
    letters = ""
    for _place in range(LENGTH):
        number, rest = divmod(number, 32)
        letters = ALPHABET[rest] + letters
    return letters
