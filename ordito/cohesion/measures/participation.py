"""Participation: how much of the roster came (K01), and how constantly (K02)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

MIN_MEETINGS = 3
MIN_ORGANISATIONS = 5
CONSTANT_FROM = Fraction(2, 3)


@dataclass(frozen=True)
class Sitting:
    """One closed meeting: organisations of the roster in force that day, and those who came."""

    n_present: int
    n_roster: int


@dataclass(frozen=True)
class Spread:
    """The lowest, middle and highest of the values of single meetings."""

    lowest: Fraction
    median: Fraction
    highest: Fraction


@dataclass(frozen=True)
class Participation:
    """K01: `rate` is `n_present / n_due`; None, like `rates`, below three meetings."""

    n_meetings: int
    n_present: int
    n_due: int
    mean: Fraction
    counts: Spread
    rate: Fraction | None
    rates: Spread | None


def participation(sittings: Collection[Sitting]) -> Participation | None:
    """K01, participation over adhesions, in organisations; guests are not in it.

    sittings    one per closed meeting, in any order, 0 <= n_present <= n_roster

    Returns the mean of those present, in organisations per meeting, and the pooled rate, a pure
    number in [0, 1]: the sum of those present over the sum of the rosters, which is not the mean
    of the rates. The rates are None below three meetings or with empty rosters; the whole is
    None without meetings. Source: DOMAIN 4.4 K01, MEASURES 2.1.
    """
    if not sittings:
        return None
    n_present, n_due = sum(s.n_present for s in sittings), sum(s.n_roster for s in sittings)
    is_enough = len(sittings) >= MIN_MEETINGS and n_due > 0
    return Participation(
        n_meetings=len(sittings),
        n_present=n_present,
        n_due=n_due,
        mean=Fraction(n_present, len(sittings)),
        counts=_spread([(s.n_present, 1) for s in sittings]),
        rate=Fraction(n_present, n_due) if is_enough else None,
        rates=_spread([(s.n_present, s.n_roster) for s in sittings if s.n_roster])
        if is_enough
        else None,
    )


def _spread(ratios: list[tuple[int, int]]) -> Spread:
    # Ordered as floats, which is fast and agrees with exact order for whole numbers this small.
    ordered = sorted(ratios, key=lambda ratio: ratio[0] / ratio[1])
    middle = {(len(ordered) - 1) // 2, len(ordered) // 2}
    return Spread(
        lowest=Fraction(*ordered[0]),
        median=sum((Fraction(*ordered[i]) for i in middle), Fraction(0)) / len(middle),
        highest=Fraction(*ordered[-1]),
    )


@dataclass(frozen=True)
class StatedMean:
    """What a source prints of one lab: a mean per meeting, good to `half_step` either way."""

    mean: Fraction
    n_meetings: int
    n_adhesions: int
    half_step: Fraction

    @property
    def slack(self) -> Fraction:
        """How far the sum behind the mean may lie: the mean of one meeting is a count, exact."""
        return self.half_step * self.n_meetings if self.n_meetings > 1 else Fraction(0)


@dataclass(frozen=True)
class StatedParticipation:
    """K01 from means: `presences / due`; `band` is None where no mean is rounded."""

    n_meetings: int
    presences: Fraction
    due: int
    rate: Fraction | None
    band: tuple[Fraction, Fraction] | None


def stated_participation(means: Collection[StatedMean]) -> StatedParticipation | None:
    """K01 from the means that a source states, in the unit that the source uses.

    means    one per lab, in any order, each with n_meetings >= 1 and n_adhesions >= 1

    Returns the sum of mean x meetings over the sum of adhesions x meetings, a pure number from 0
    (above 1 only if the source counts persons), with the band that gives the same printed means.
    Rate and band are None below three meetings in all; the whole is None without means.
    Source: DOMAIN 4.4, worked check on seed 004: 165/319, between 157.5/319 and 172.5/319.
    """
    if not means:
        return None
    n_meetings = sum(m.n_meetings for m in means)
    presences = sum((m.mean * m.n_meetings for m in means), Fraction(0))
    due = sum(m.n_adhesions * m.n_meetings for m in means)
    slack = sum((m.slack for m in means), Fraction(0))
    rate = presences / due if n_meetings >= MIN_MEETINGS else None
    low, high = max(presences - slack, Fraction(0)) / due, (presences + slack) / due
    band = (low, high) if slack and rate is not None else None
    return StatedParticipation(n_meetings, presences, due, rate, band)


@dataclass(frozen=True)
class Attender:
    """One organisation: the meetings it was entitled to, those it came to, those it excused."""

    n_due: int
    n_came: int
    n_excused: int = 0

    @property
    def is_constant(self) -> bool:
        return CONSTANT_FROM.denominator * self.n_came >= CONSTANT_FROM.numerator * self.n_due


@dataclass(frozen=True)
class Constancy:
    """K02: organisations by thirds; the shares are None below three meetings or five of them."""

    n_meetings: int
    n_organisations: int
    n_constant: int
    n_occasional: int
    n_silent: int
    n_excused: int
    constant_share: Fraction | None
    silent_share: Fraction | None


def constancy(attenders: Iterable[Attender], *, n_meetings: int) -> Constancy | None:
    """K02, punctual and constant presence.

    attenders     one per organisation that was on the roster; n_meetings: closed ones

    Constant: came to two thirds or more of those due to it. Silent: to none, which is no
    disinterest. Shares are pure numbers in [0, 1]; None when nobody was due. Source: DOMAIN K02.
    """
    entitled = [a for a in attenders if a.n_due]
    if not entitled:
        return None
    n = len(entitled)
    n_constant = sum(a.is_constant for a in entitled)
    n_silent = sum(a.n_came == 0 for a in entitled)
    is_enough = n_meetings >= MIN_MEETINGS and n >= MIN_ORGANISATIONS
    return Constancy(
        n_meetings=n_meetings,
        n_organisations=n,
        n_constant=n_constant,
        n_occasional=n - n_constant - n_silent,
        n_silent=n_silent,
        n_excused=sum(a.n_excused for a in entitled),
        constant_share=Fraction(n_constant, n) if is_enough else None,
        silent_share=Fraction(n_silent, n) if is_enough else None,
    )
