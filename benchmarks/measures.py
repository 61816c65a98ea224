"""A measure, and how it is taken: warm, and the median of several turns."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

TURNS = 7


@dataclass(frozen=True)
class Measure:
    """What was measured. `baseline` is the limit that the project holds itself to: a ceiling, or
    a floor when `is_floor`."""

    name: str
    value: float
    unit: str
    baseline: float
    is_floor: bool = False

    @property
    def ratio(self) -> float:
        """The value in limits: below 1 is better than a ceiling, above 1 than a floor."""
        return round(self.value / self.baseline, 3)

    @property
    def is_kept(self) -> bool:
        return self.ratio >= 1 if self.is_floor else self.ratio <= 1

    def as_row(self) -> dict[str, str | float]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "baseline": self.baseline,
            "ratio": self.ratio,
        }


def milliseconds(act: Callable[[], object]) -> float:
    """The median of seven warm turns."""
    act()
    times = []
    for _turn in range(TURNS):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return round(median(times), 1)


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """Seconds spent inside, as the only item of the list, once outside."""
    seconds: list[float] = []
    began = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - began)
