"""The roll as people write it: a row for each organisation, and rows for guests."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Designation, Meeting
from ordito.registry.models import Affiliation, Organisation, Person
from ordito.ui.fields import OnceForm, clean_line

Quality = Attendance.Quality
BLANK_GUESTS = 3
_SPEAKING = (Designation.Quality.TITULAR, Designation.Quality.SUBSTITUTE)


@dataclass
class Row:
    """What is written on one organisation: who came, and in what quality."""

    organisation: Organisation
    people: list[tuple[int, str]] = field(default_factory=list)
    is_here: bool = False
    is_excused: bool = False
    person: int | None = None
    name: str = ""
    quality: str = ""
    also: str = ""
    also_quality: str = Quality.SUBSTITUTE
    error: str = ""

    @property
    def expected(self) -> str:
        """Who the tick stands for: the person written, or the one chosen in the list."""
        return self.name or next((label for pk, label in self.people if pk == self.person), "")

    @property
    def is_unusual(self) -> bool:
        """Whether the details say more than the tick."""
        return bool(self.is_excused or self.name or self.quality or self.also or self.error)


@dataclass
class GuestRow:
    """What is written on a guest: the organisation by name, and the person."""

    number: int
    organisation: str = ""
    name: str = ""
    error: str = ""


class RollForm(forms.Form):
    """The whole roll of a meeting. `lines` is what the acts take; `rows` what the page shows."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    QUALITIES = (
        Quality.DELEGATE,
        Quality.SUBSTITUTE,
        Quality.MUNICIPAL_STAFF,
        Quality.POLITICIAN,
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial={"version": meeting.roll_version})
        self.meeting = meeting
        self.lines: list[RollLine] = []
        self.roster = {o.pk: o for o in meeting.body.roster(meeting.held_on)}
        self.people: dict[int, Person] = {}
        self.designated: dict[int, str] = {}
        self.rows = self._blank_rows()
        self.guests: list[GuestRow] = []
        self.departed: list[Organisation] = []
        if data is None:
            self._fill_from_stored()
        else:
            self._fill_from_posted(data)
        self._add_blank_guests()

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
        stored: dict[int, list[Attendance]] = defaultdict(list)
        for line in self.meeting.attendances.select_related("organisation"):
            stored[line.organisation_id].append(line)
        for pk, lines in stored.items():
            if pk in self.rows:
                self._show(self.rows[pk], lines)
            else:
                self.guests += [
                    GuestRow(len(self.guests) + i, line.organisation.name, line.person_name)
                    for i, line in enumerate(lines)
                ]

    def _show(self, row: Row, lines: list[Attendance]) -> None:
        first = lines[0]
        row.is_excused = first.quality == Quality.EXCUSED
        row.is_here = not row.is_excused
        row.person = first.person_id
        row.name = first.person_name
        if first.quality != self._usual_quality(first.person_id):
            row.quality = first.quality
        if len(lines) > 1:
            second = lines[1]
            known = self.people.get(second.person_id or 0)
            row.also = known.name if known else second.person_name
            row.also_quality = second.quality

    def _usual_quality(self, person: int | None) -> str:
        """The quality in which a person comes, when the roll does not say otherwise."""
        is_substitute = self.designated.get(person or 0) == Designation.Quality.SUBSTITUTE
        return Quality.SUBSTITUTE if is_substitute else Quality.DELEGATE

    def _fill_from_posted(self, data: Any) -> None:
        for pk, row in self.rows.items():
            written = {name: data.get(f"o{pk}-{name}", "") for name in _WRITTEN}
            row.is_here, row.is_excused = bool(written["here"]), bool(written["excused"])
            row.person = _number(written["person"])
            row.name, row.also = written["name"].strip(), written["also"].strip()
            row.quality = written["quality"] if written["quality"] in self.QUALITIES else ""
            if written["also_quality"] in self.QUALITIES:
                row.also_quality = written["also_quality"]
        numbers = {_number(key.split("-")[0][1:]) for key in data if key.startswith("g")}
        for number in sorted(n for n in numbers if n is not None):
            guest = GuestRow(
                len(self.guests),
                data.get(f"g{number}-organisation", "").strip(),
                data.get(f"g{number}-name", "").strip(),
            )
            if guest.organisation or guest.name:
                self.guests.append(guest)
        self.departed = self._departed(data)

    def _departed(self, data: Any) -> list[Organisation]:
        """Organisations ticked on a page that showed them, and no longer on the roster."""
        ticked = {
            _number(key[1:-5]) for key in data if key.startswith("o") and key.endswith("-here")
        }
        gone = ticked - set(self.roster) - {None}
        return [row.organisation for row in self._others().filter(organisation__in=gone)]

    def _add_blank_guests(self) -> None:
        first = len(self.guests)
        self.guests += [GuestRow(number) for number in range(first, first + BLANK_GUESTS)]

    def clean(self) -> dict[str, Any]:
        for row in self.rows.values():
            if row.is_here and row.is_excused:
                row.error = gettext("Risulta presente e anche assente giustificato: scegliete.")
            else:
                self._add_lines(row)
        self._add_guest_lines()
        for organisation in self.departed:
            self.guests.insert(0, GuestRow(len(self.guests), organisation.name))
            self.add_error(None, self._not_adhering(organisation))
        wrong = [(str(row.organisation), row.error) for row in self.rows.values() if row.error]
        wrong += [(g.organisation or g.name, g.error) for g in self.guests if g.error]
        for who, error in wrong:
            self.add_error(None, f"{who}: {error}")
        return self.cleaned_data

    def _not_adhering(self, organisation: Organisation) -> ValidationError:
        return ValidationError(
            _("«%(organisation)s» non aderisce in questa data: è proposto qui sotto come ospite."),
            code="no_adhesion",
            params={"organisation": organisation},
        )

    def _add_lines(self, row: Row) -> None:
        if not (row.is_here or row.is_excused):
            return
        person = None if row.name else self.people.get(row.person or 0)
        name = self._name(row, row.name)
        usual = self._usual_quality(person.pk if person else None)
        quality = Quality.EXCUSED if row.is_excused else row.quality or usual
        if row.is_excused:
            person, name = None, ""
        self.lines.append(RollLine(row.organisation, quality, person, name))
        if row.also and row.is_here:
            also = self._name(row, row.also)
            known = next(
                (self.people[pk] for pk, _l in row.people if self.people[pk].name == also), None
            )
            self.lines.append(
                RollLine(row.organisation, row.also_quality, known, "" if known else also)
            )

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
                self.lines.append(RollLine(found[0], Quality.GUEST, None, name))
            elif guest.organisation.casefold() in on_roster:
                guest.error = gettext("è tra gli aderenti: segnatelo nell'elenco qui sopra.")
            elif found:
                guest.error = gettext("due enti hanno questo nome: correggetene uno nel registro.")
            elif guest.organisation:
                guest.error = gettext("non è tra gli enti dell'ambito: registratelo prima.")
            else:
                guest.error = gettext("scrivete per quale ente è venuto questo ospite.")


_WRITTEN = ("here", "excused", "person", "name", "quality", "also", "also_quality")


def _number(written: str) -> int | None:
    """The number of a row, or None for what no row can have."""
    return int(written) if written.isdecimal() and len(written) < 19 else None


class CorrectionForm(OnceForm):
    """The mending of a slip in a closed roll."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), widget=forms.HiddenInput)
    is_present = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(label=_("Motivo"), max_length=300)

    @property
    def about(self) -> int | None:
        """The number of the organisation that the correction is about, as it was sent."""
        return _number(self.data.get("organisation", ""))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Affiliation.objects.filter(district=meeting.body.district_id)
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]  # a model choice
            pk__in=inside.values("organisation")
        )
