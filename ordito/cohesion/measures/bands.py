"""Stability: how far a value moves when an act, or a body, is left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ordito.cohesion.measures.unit import Unit

KEPT = 0.8
SUBSAMPLES = 100
MOST_LEFT_OUT = 200
"""Left-out acts or bodies that are tried: all of them, or this many at even distances."""

Profile = Mapping[str, float | None]
Read = Callable[[Unit], Profile]


@dataclass(frozen=True)
class Band:
    """Lowest and highest value with one act out, one body out, and the middle 95% of subsamples.

    `missing` is the range when as many sheets are dropped as are missing; a range is None when
    nothing could be left out.
    """

    one_act_out: tuple[float, float] | None
    one_body_out: tuple[float, float] | None
    subsample_80: tuple[float, float] | None
    missing: tuple[float, float] | None = None


def bands(
    unit: Unit, read: Read, *, extensive: Sequence[str], rng: np.random.Generator
) -> dict[str, Band]:
    """The stability band of each value that `read` gives of a unit.

    read         works out the values of a unit, by name
    extensive    the names that grow with the number of acts: their subsamples of 80% of the acts,
                 drawn without replacement, are divided by the share that was kept

    Returns a band per name. It is no confidence interval: acts drawn with replacement would lose
    a third of the distinct ones. Source: MEASURES 2.17; Snijders and Borgatti, Connections 22,
    1999, on what a bootstrap of bodies assumes.
    """
    n_acts = unit.table.n_acts
    acts_out = [read(unit.with_acts(kept)) for kept in _all_but_one(n_acts)]
    bodies_out = [read(unit.without(body)) for body in _spread(unit.table.n_bodies)]
    n_kept = round(KEPT * n_acts)
    samples = _sampled(unit, read, n_kept, rng) if 0 < n_kept < n_acts else []
    fewer = n_acts - unit.n_missing
    share = n_kept / n_acts if samples else 1.0
    missing = _sampled(unit, read, fewer, rng) if unit.n_missing and fewer > 0 else []
    return {
        name: Band(
            one_act_out=_range(acts_out, name),
            one_body_out=_range(bodies_out, name),
            subsample_80=_middle(samples, name, share if name in extensive else 1.0),
            missing=_range(missing, name),
        )
        for name in read(unit)
    }


def _spread(n: int) -> list[int]:
    return sorted({round(i) for i in np.linspace(0, n - 1, min(n, MOST_LEFT_OUT))})


def _all_but_one(n_acts: int) -> Iterator[np.ndarray]:
    if n_acts < 2:
        return
    for act in _spread(n_acts):
        kept = np.ones(n_acts, dtype=bool)
        kept[act] = False
        yield kept


def _sampled(unit: Unit, read: Read, n_kept: int, rng: np.random.Generator) -> list[Profile]:
    found = []
    for _draw in range(SUBSAMPLES):
        kept = np.zeros(unit.table.n_acts, dtype=bool)
        kept[rng.choice(unit.table.n_acts, n_kept, replace=False)] = True
        found.append(read(unit.with_acts(kept)))
    return found


def _values(profiles: Sequence[Profile], name: str) -> list[float]:
    return [value for profile in profiles if (value := profile[name]) is not None]


def _range(profiles: Sequence[Profile], name: str) -> tuple[float, float] | None:
    values = _values(profiles, name)
    return (min(values), max(values)) if values else None


def _middle(profiles: Sequence[Profile], name: str, share: float) -> tuple[float, float] | None:
    values = _values(profiles, name)
    if not values:
        return None
    low, high = np.quantile(np.asarray(values) / share, (0.025, 0.975))
    return float(low), float(high)
