"""Mandates: how much of what was asked has been delivered (K15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Fulfilment:
    """K15: `rate` is `n_delivered / n_expected`, None when nothing is expected."""

    n_delivered: int
    n_expected: int
    rate: Fraction | None


def fulfilment(expected: Iterable[bool]) -> Fulfilment:
    """K15, fulfilment of the mandate.

    expected    one per output that the current mandate expects: whether it was delivered

    Returns a pure number in [0, 1]; None, which is "n.d." and not zero, when the mandate names
    no output or there is no mandate. Source: DOMAIN 4.4 K15.
    """
    delivered = list(expected)
    n_delivered, n_expected = sum(delivered), len(delivered)
    return Fulfilment(
        n_delivered, n_expected, Fraction(n_delivered, n_expected) if n_expected else None
    )
