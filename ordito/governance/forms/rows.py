"""The rows of a roll as people write them, and the facts that they stand for."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Meeting
from ordito.registry.models import Organisation

Quality = Attendance.Quality
Fact = tuple[int | None, str, str]
Facts = dict[int, frozenset[Fact]]


@dataclass
class Row:
    """What is written on one organisation: who came, and in what quality.

    `error` says what is wrong, `news` what was saved meanwhile; `lacks_designation` when the
    error is mended by designating the person.
    """

    organisation: Organisation
    people: list[tuple[int, str]] = field(default_factory=list)
    is_here: bool = False
    is_excused: bool = False
    person: int | None = None
    name: str = ""
    quality: str = ""
    also: str = ""
    also_quality: str = ""
    error: str = ""
    news: str = ""
    lacks_designation: bool = False

    @property
    def expected(self) -> str:
        """Who the tick stands for: the person written, or the one chosen in the list."""
        return self.name or next((label for pk, label in self.people if pk == self.person), "")

    @property
    def says_more(self) -> bool:
        """Whether something was written that only a tick can keep."""
        return bool(self.name or self.quality or self.also)

    @property
    def is_unusual(self) -> bool:
        """Whether the details say more than the tick."""
        return bool(self.is_excused or self.says_more or self.error)

    @property
    def anchor(self) -> str:
        return f"o{self.organisation.pk}-here"


@dataclass
class GuestRow:
    """What is written on a guest: the organisation by name, and the person.

    `is_unknown` when the error is mended by registering the organisation.
    """

    number: int
    organisation: str = ""
    name: str = ""
    error: str = ""
    news: str = ""
    is_unknown: bool = False
    pk: int | None = None

    @property
    def anchor(self) -> str:
        return f"g{self.number}-organisation"


class Problem(NamedTuple):
    """What is wrong in a row, and where."""

    anchor: str
    who: str
    error: str


def stored_lines(meeting: Meeting) -> dict[int, list[RollLine]]:
    """The roll as it is saved now, by organisation."""
    stored: dict[int, list[RollLine]] = defaultdict(list)
    for row in meeting.attendances.select_related("organisation", "person"):
        line = RollLine(row.organisation, row.quality, row.person, row.person_name)
        stored[row.organisation_id].append(line)
    return dict(stored)


def facts_of(lines: Iterable[RollLine]) -> Facts:
    """What lines say of each organisation, to be compared."""
    facts: dict[int, set[Fact]] = defaultdict(set)
    for line in lines:
        person = line.person.pk if line.person else None
        facts[line.organisation.pk].add((person, line.person_name, line.quality))
    return {pk: frozenset(them) for pk, them in facts.items()}


def written_facts(facts: Facts) -> str:
    """Facts as a page carries them, to know later what its reader saw."""
    plain = {pk: [list(fact) for fact in them] for pk, them in facts.items()}
    return json.dumps(plain, separators=(",", ":"))


def read_facts(written: str) -> Facts:
    """The facts that a page carries; none when it was made by hand and makes no sense."""
    try:
        return {
            int(pk): frozenset((person, str(name), str(quality)) for person, name, quality in them)
            for pk, them in json.loads(written).items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def in_words(lines: Iterable[RollLine]) -> str:
    """What lines say of one organisation."""
    said = []
    for line in lines:
        quality = str(Quality(line.quality).label)
        name = str(line.person or line.person_name)
        if line.quality == Quality.EXCUSED:
            said.append(quality)
        else:
            said.append(f"{name} ({quality})" if name else _("presente"))
    return ", ".join(said) or _("assente")
