"""What a report says, ready to be shown: figures with their base, sheets, and the district."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ordito.cohesion import words
from ordito.cohesion.measures.mandates import Fulfilment
from ordito.cohesion.measures.participation import Constancy, Spread


@dataclass(frozen=True)
class Figure:
    """Participation with its base: recorded, or stated by a source.

    `rate` is numerator over denominator, None below three meetings. `mean` (per meeting) and
    `adhesions` belong to one lab, and are None in a district's total.
    """

    is_stated: bool
    numerator: Fraction
    denominator: int
    n_meetings: int
    presences: Fraction
    due: int
    rate: Fraction | None
    unit: str
    is_rounded: bool = False
    band: tuple[Fraction, Fraction] | None = None
    source: str = ""
    mean: Fraction | None = None
    adhesions: int | None = None
    counts: Spread | None = None
    n_guests: int | None = None

    @property
    def sentence(self) -> str:
        """Recorded: "157 presenze su 245 attese".

        Stated, of a lab: "14 su 28, 4 incontri"; of a district: "165 su 319".
        """
        if not self.is_stated:
            return words.attended(self.presences, self.due)
        if self.mean is None or self.adhesions is None:
            return words.out_of(self.numerator, self.denominator)
        return f"{words.out_of(self.mean, self.adhesions)}, {words.meetings(self.n_meetings)}"

    @property
    def mean_words(self) -> str:
        """The line under a recorded fraction: the meetings, and of a lab their mean."""
        if self.is_stated:
            return ""
        if self.mean is None or self.adhesions is None:
            return words.meetings(self.n_meetings)
        return words.per_meeting(self.mean, self.n_meetings, self.adhesions)

    @property
    def rate_words(self) -> str:
        return words.rate(self.rate)

    @property
    def caveat(self) -> str:
        """The unit with its rounding; of a recorded figure, what its fraction divides by."""
        said = words.caveat(self.unit, is_rounded=self.is_rounded)
        return said if self.is_stated else f"{said}; {words.expected()}"

    @property
    def band_words(self) -> str:
        return words.band(self.band) if self.band else ""

    @property
    def origin(self) -> str:
        return words.origin(is_stated=self.is_stated)

    @property
    def spread_words(self) -> str:
        """The lowest, highest and median number of organisations in a meeting."""
        return words.spread(self.counts) if self.counts and self.n_meetings > 1 else ""

    @property
    def guests_words(self) -> str:
        """Presences of organisations outside the roster: they are in no rate."""
        return words.guests(self.n_guests) if self.n_guests else ""


@dataclass(frozen=True)
class MeetingLine:
    """One meeting; counts are None unless its roll is closed and recorded."""

    pk: int
    held_on: date
    day_slug: str
    label: str
    method: str = ""
    n_present: int | None = None
    n_roster: int | None = None
    n_guests: int = 0

    @property
    def fraction(self) -> str:
        if self.n_present is None or self.n_roster is None:
            return ""
        return words.out_of(Fraction(self.n_present), self.n_roster)


@dataclass(frozen=True)
class AttenderLine:
    """An organisation of a lab's rosters: the meetings it came to, of those due to it."""

    name: str
    slug: str
    fraction: str
    n_excused: int
    third: str


@dataclass(frozen=True)
class MandateLine:
    """A mandate in force; what the source does not say is empty."""

    pk: int
    text: str
    issuer: str
    issued_on: date | None
    act_reference: str
    plan_line: str
    due_on: date | None


@dataclass(frozen=True)
class OutputLine:
    """A result, and whether the mandate in force expects it."""

    pk: int
    title: str
    status: str
    status_on: date | None
    due_on: date | None
    reason: str
    is_delivered: bool
    is_expected: bool


@dataclass(frozen=True)
class LabSheet:
    """A lab: when it met, who came, what it was asked, what it made, how it goes on.

    `attenders` are there in the sheet of one lab only: those that the reader may see, by name,
    and `n_unnamed` is how many others there are.
    """

    slug: str
    name: str
    kind: str
    is_plenary: bool
    meetings: tuple[MeetingLine, ...]
    to_close: tuple[MeetingLine, ...]
    planned: tuple[MeetingLine, ...]
    recorded: Figure | None
    stated: Figure | None
    constancy: Constancy | None
    mandates: tuple[MandateLine, ...]
    outputs: tuple[OutputLine, ...]
    fulfilment: Fulfilment
    follow_up: str
    method: str
    attenders: tuple[AttenderLine, ...] = ()
    n_unnamed: int = 0

    @property
    def figures(self) -> list[Figure]:
        return [figure for figure in (self.recorded, self.stated) if figure]

    @property
    def window(self) -> tuple[date, date] | None:
        """The first and the last meeting held."""
        return (self.meetings[0].held_on, self.meetings[-1].held_on) if self.meetings else None

    @property
    def window_words(self) -> str:
        return words.window(self.window)

    @property
    def coverage_words(self) -> str:
        """How many of the meetings held have a closed roll."""
        n_closed = self.recorded.n_meetings if self.recorded else 0
        n_held = n_closed + len(self.to_close)
        return words.coverage(n_closed, n_held) if n_held else ""

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is known: no data, which is not zero."""
        told = (self.meetings, self.to_close, self.planned, self.mandates, self.outputs)
        return not any((*told, self.stated, self.follow_up, self.method))

    @property
    def entitled_words(self) -> str:
        return words.entitled(self.constancy) if self.constancy else ""

    @property
    def constancy_counts(self) -> list[str]:
        return words.constancy(self.constancy) if self.constancy else []

    @property
    def constancy_note(self) -> str:
        return words.too_few_for_shares(self.constancy) if self.constancy else ""

    @property
    def constancy_words(self) -> list[str]:
        """Of how many organisations, the thirds, and what is missing for their shares."""
        told = [self.entitled_words, *self.constancy_counts, self.constancy_note]
        return [line for line in told if line]

    @property
    def fulfilment_fraction(self) -> str:
        return words.fulfilment_fraction(self.fulfilment)

    @property
    def fulfilment_words(self) -> str:
        return words.fulfilment(self.fulfilment)


@dataclass(frozen=True)
class DistrictReport:
    """The labs of a district that the reader may see, and their totals kept apart.

    `is_whole` is false when only some labs were asked for: then there is no total.
    """

    slug: str
    name: str
    source: str
    is_demonstrative: bool
    day: date
    is_whole: bool
    labs: tuple[LabSheet, ...]
    recorded: Figure | None
    stated: Figure | None

    @property
    def figures(self) -> list[Figure]:
        return [figure for figure in (self.recorded, self.stated) if figure]

    @property
    def window(self) -> tuple[date, date] | None:
        windows = [lab.window for lab in self.labs if lab.window]
        if not windows:
            return None
        return min(first for first, _last in windows), max(last for _first, last in windows)

    @property
    def window_words(self) -> str:
        return words.window(self.window)

    @property
    def labs_heading(self) -> str:
        return words.labs_heading(**self._sorts)

    @property
    def lab_column(self) -> str:
        return words.lab_column(**self._sorts)

    @property
    def _sorts(self) -> dict[str, bool]:
        return {
            "any_lab": any(not lab.is_plenary for lab in self.labs),
            "any_plenary": any(lab.is_plenary for lab in self.labs),
        }
