"""What a measurement reads: acts, with the files beside them and a window."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ordito.cohesion.files.acts import Acts
from ordito.cohesion.files.beside import Roster
from ordito.cohesion.measures.incidence import IntArray


@dataclass(frozen=True)
class Source:
    """Acts with the files beside them, the window (days, both included) and a body left out."""

    acts: Acts
    roster: Roster | None = None
    labels: Mapping[str, IntArray] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    without: int | None = None

    @property
    def bodies(self) -> tuple[str, ...]:
        return self.roster.bodies if self.roster else self.acts.names["body"]

    @property
    def window(self) -> tuple[int, int]:
        """The first and last day measured: those of the file unless others are given."""
        days = self.acts.day
        first, last = (int(days.min()), int(days.max())) if len(days) else (0, 0)
        return (
            first if self.since is None else self.since,
            last if self.until is None else self.until,
        )
