"""The roll as people write it: a row for each organisation, and rows for guests."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ordito.governance.acts import RollLine
from ordito.governance.forms.rows import (
    GuestRow,
    Problem,
    Quality,
    Row,
    facts_of,
    read_facts,
    stored_lines,
    written_facts,
)
from ordito.governance.models import Designation, Meeting
from ordito.registry.models import Affiliation, Organisation, Person
from ordito.ui.fields import clean_line

BLANK_GUESTS = 3
_SPEAKING = (Designation.Quality.TITULAR, Designation.Quality.SUBSTITUTE)
_WRITTEN = ("here", "excused", "person", "name", "quality", "also", "also_quality")


class RollForm(forms.Form):
    """The whole roll of a meeting. `lines` is what the acts take; `rows` what the page shows.

    `freezes` when the roll is to be closed: a roll without anybody must then be confirmed.
    `roster` replaces the organisations of the day, once they are frozen.
    `loaded` is the roll as its reader saw it, at version `shown_version`.
    """

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    nobody = forms.BooleanField(label=_("Nessuno è venuto"), required=False)

    QUALITIES = (
        Quality.DELEGATE,
        Quality.SUBSTITUTE,
        Quality.MUNICIPAL_STAFF,
        Quality.POLITICIAN,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        freezes: bool = False,
        roster: Collection[Organisation] | None = None,
    ) -> None:
        super().__init__(data)
        self.meeting = meeting
        self.freezes = freezes
        self.asks_nobody = False
        self.lines: list[RollLine] = []
        of_the_day = meeting.body.roster(meeting.held_on)
        self.roster = {o.pk: o for o in (of_the_day if roster is None else sorted(roster, key=str))}
        self.people: dict[int, Person] = {}
        self.designated: dict[int, str] = {}
        self.blank = self._blank_rows()
        self.rows = {pk: replace(row) for pk, row in self.blank.items()}
        self.guests: list[GuestRow] = []
        self.taken_away: list[str] = []
        if data is None:
            self._fill_from_stored()
        else:
            self._fill_from_posted(data)
        self.number_guests()

    @property
    def written_base(self) -> str:
        """What the reader of the page saw, for the page to send back."""
        return written_facts(self.loaded)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in the rows, each with the place where it is mended."""
        found = [
            Problem(row.anchor, str(row.organisation), row.error)
            for row in self.rows.values()
            if row.error
        ]
        found += [
            Problem(guest.anchor, guest.organisation or guest.name, guest.error)
            for guest in self.guests
            if guest.error
        ]
        return found

    @property
    def refusals(self) -> list[str]:
        """What is wrong in the roll as a whole."""
        whole = self.errors.as_data().get("__all__", [])
        said = [text for error in whole if error.code != "rows" for text in error.messages]
        return said + [str(text) for text in self.errors.get("version", [])]

    @property
    def quality_choices(self) -> list[tuple[str, str]]:
        return [(quality.value, str(quality.label)) for quality in self.QUALITIES]

    def guest_names(self) -> Iterable[str]:
        """The organisations of the district that are not on the roster, by name."""
        return self._others().values_list("organisation__name", flat=True)

    def _others(self) -> Any:
        inside = Affiliation.objects.filter(district=self.meeting.body.district_id)
        return inside.exclude(organisation__in=self.roster).select_related("organisation")

    def _blank_rows(self) -> dict[int, Row]:
        rows = {pk: Row(organisation) for pk, organisation in self.roster.items()}
        body = self.meeting.body
        for designation in Designation.objects.in_force(self.meeting.held_on).filter(body=body):
            self.designated[designation.person_id] = designation.quality
        people = Person.objects.filter(district=body.district_id, organisation__in=self.roster)
        order = {quality.value: place for place, quality in enumerate(_SPEAKING)}
        for person in sorted(
            people, key=lambda p: (order.get(self.designated.get(p.pk, ""), 2), p.name)
        ):
            self.people[person.pk] = person
            row = rows[person.organisation_id]
            row.people.append((person.pk, self._described(person)))
            if row.person is None and person.pk in self.designated:
                row.person = person.pk
        return rows

    def _described(self, person: Person) -> str:
        quality = self.designated.get(person.pk)
        return f"{person.name} ({Designation.Quality(quality).label})" if quality else person.name

    def _fill_from_stored(self) -> None:
        stored = stored_lines(self.meeting)
        self.loaded = facts_of(line for lines in stored.values() for line in lines)
        self.shown_version: object = self.meeting.roll_version
        for pk, lines in stored.items():
            if pk in self.rows:
                self.show(self.rows[pk], lines)
            else:
                self.guests += [
                    GuestRow(0, line.organisation.name, str(line.person or line.person_name))
                    for line in lines
                ]

    def show(self, row: Row, lines: list[RollLine]) -> None:
        """Write saved lines on the row of their organisation."""
        if not lines:
            return
        first = lines[0]
        row.is_excused = first.quality == Quality.EXCUSED
        row.is_here = not row.is_excused
        if row.is_excused:
            return
        row.person = first.person.pk if first.person else None
        row.name = first.person_name
        row.quality = self._unusual_quality(first)
        if len(lines) > 1:
            row.also = str(lines[1].person or lines[1].person_name)
            row.also_quality = self._unusual_quality(lines[1])

    def _unusual_quality(self, line: RollLine) -> str:
        usual = self._usual_quality(line.person, line.person_name)
        return "" if line.quality == usual else line.quality

    def _usual_quality(self, person: Person | None, name: str) -> str:
        """The quality of who comes, when the roll does not say; none for who is not designated."""
        if not (person or name):
            return Quality.DELEGATE
        by_designation = {
            Designation.Quality.TITULAR.value: Quality.DELEGATE.value,
            Designation.Quality.SUBSTITUTE.value: Quality.SUBSTITUTE.value,
        }
        return by_designation.get(self.designated.get(person.pk, ""), "") if person else ""

    def _fill_from_posted(self, data: Any) -> None:
        for pk, row in self.rows.items():
            written = {name: data.get(f"o{pk}-{name}", "") for name in _WRITTEN}
            row.is_here, row.is_excused = bool(written["here"]), bool(written["excused"])
            row.person = number_of(written["person"])
            row.name, row.also = written["name"].strip(), written["also"].strip()
            row.quality, row.also_quality = (
                written[name] if written[name] in self.QUALITIES else ""
                for name in ("quality", "also_quality")
            )
        numbers = {number_of(key.split("-")[0][1:]) for key in data if key.startswith("g")}
        for number in sorted(n for n in numbers if n is not None):
            guest = GuestRow(
                0,
                data.get(f"g{number}-organisation", "").strip(),
                data.get(f"g{number}-name", "").strip(),
            )
            if guest.organisation or guest.name:
                self.guests.append(guest)
        self._add_departed(data)
        self.loaded = read_facts(data.get("base", ""))
        self.shown_version = data.get("version", "")

    def _add_departed(self, data: Any) -> None:
        """Offer as guests those ticked on a page that showed them, and no longer on the roster."""
        ticked = {
            number_of(key[1:-5]) for key in data if key.startswith("o") and key.endswith("-here")
        }
        gone = ticked - set(self.roster) - {None}
        for organisation in {
            row.organisation for row in self._others().filter(organisation__in=gone)
        }:
            chosen = number_of(data.get(f"o{organisation.pk}-person", ""))
            person = Person.objects.filter(pk=chosen or 0, organisation=organisation).first()
            name = data.get(f"o{organisation.pk}-name", "").strip() or (
                person.name if person else ""
            )
            error = gettext("non aderisce in questa data: è proposto qui come ospite.")
            self.guests.insert(0, GuestRow(0, organisation.name, name, error))

    def number_guests(self) -> None:
        """Number the guests as they stand, with blank rows after them."""
        written = [guest for guest in self.guests if guest.organisation or guest.name]
        self.guests = written + [GuestRow(0) for _blank in range(BLANK_GUESTS)]
        for number, guest in enumerate(self.guests):
            guest.number = number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.rows.values():
            self._add_lines(row)
        self._add_guest_lines()
        if self.problems:
            self.add_error(None, ValidationError(gettext("Correggete le righe segnate."), "rows"))
        elif self.freezes and not cleaned.get("nobody"):
            self._check_somebody()
        return cleaned

    def _check_somebody(self) -> None:
        self.asks_nobody = all(line.quality == Quality.EXCUSED for line in self.lines)
        if self.asks_nobody:
            self.add_error(
                "nobody",
                gettext("Nessun ente è spuntato: se non è venuto nessuno, confermatelo qui."),
            )

    def _add_lines(self, row: Row) -> None:
        row.error = self._contradiction(row)
        if row.error:
            return
        if row.is_excused:
            self.lines.append(RollLine(row.organisation, Quality.EXCUSED))
        elif row.is_here:
            person, name = self._who(row, row.name)
            if not row.name:
                person = self._chosen(row)
            self._add_line(row, person, name, row.quality)
            if row.also:
                self._add_line(row, *self._who(row, row.also), row.also_quality)

    def _contradiction(self, row: Row) -> str:
        if row.is_here and row.is_excused:
            return gettext("Risulta presente e anche assente giustificato: scegliete.")
        if row.is_excused and row.says_more:
            return gettext(
                "È assente giustificato, ma avete scritto una persona o una qualità: cancellatele, "
                "oppure spuntate l'ente."
            )
        if row.says_more and not row.is_here:
            return gettext(
                "Avete scritto una persona o una qualità ma non avete spuntato l'ente: "
                "spuntatelo, oppure cancellatele."
            )
        return ""

    def _chosen(self, row: Row) -> Person | None:
        person = self.people.get(row.person or 0)
        return person if person and person.organisation_id == row.organisation.pk else None

    def _who(self, row: Row, written: str) -> tuple[Person | None, str]:
        """Who is written: one of the known people of the organisation, or a name."""
        name = self._name(row, written)
        known = [self.people[pk] for pk, _label in row.people]
        same = [person for person in known if person.name.casefold() == name.casefold()]
        return (same[0], "") if len(same) == 1 else (None, name)

    def _add_line(self, row: Row, person: Person | None, name: str, quality: str) -> None:
        usual = self._usual_quality(person, name)
        said = {"name": person.name if person else name}
        if not usual and quality == Quality.DELEGATE:
            row.lacks_designation = True
            row.error = (
                row.error
                or gettext(
                    "«%(name)s» non è tra le persone designate dall'ente, quindi non è delegato: "
                    "scegliete un'altra qualità, oppure registrate la designazione."
                )
                % said
            )
        elif not (usual or quality):
            row.error = (
                row.error
                or gettext(
                    "«%(name)s» non è tra le persone designate dall'ente: scegliete «In qualità di»."
                )
                % said
            )
        else:
            self.lines.append(RollLine(row.organisation, quality or usual, person, name))

    def _name(self, row: Row | GuestRow, written: str) -> str:
        if not written:
            return ""
        if len(written) > 200:
            row.error = gettext("Il nome della persona supera 200 caratteri: accorciatelo.")
            return ""
        try:
            return clean_line(written)
        except ValidationError as refusal:
            row.error = " ".join(refusal.messages)
            return ""

    def _add_guest_lines(self) -> None:
        written = [guest for guest in self.guests if guest.organisation or guest.name]
        if not written:
            return
        known: dict[str, list[Organisation]] = defaultdict(list)
        for other in self._others():
            if other.organisation not in known[other.organisation.name.casefold()]:
                known[other.organisation.name.casefold()].append(other.organisation)
        on_roster = {o.name.casefold() for o in self.roster.values()}
        for guest in written:
            found = known.get(guest.organisation.casefold(), [])
            if len(found) == 1:
                name = self._name(guest, guest.name)
                guest.pk = found[0].pk
                self.lines.append(RollLine(found[0], Quality.GUEST, None, name))
            elif guest.organisation.casefold() in on_roster:
                guest.error = gettext("è tra gli aderenti: segnatelo nell'elenco qui sopra.")
            elif found:
                guest.error = gettext("due enti hanno questo nome: correggetene uno nel registro.")
            elif guest.organisation:
                guest.is_unknown = True
                guest.error = gettext("non è tra gli enti dell'ambito: registratelo prima.")
            else:
                guest.error = gettext("scrivete per quale ente è venuto questo ospite.")


def number_of(written: str) -> int | None:
    """The number of a row, or None for what no row can have."""
    return int(written) if written.isdecimal() and len(written) < 19 else None
