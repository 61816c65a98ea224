"""Forms about bodies and who takes part in them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ordito.governance.forms.words import A_DAY, A_PERSON, AN_ORGANISATION, LongText
from ordito.governance.models import Body, BodyRole, Designation
from ordito.registry.models import Affiliation, Organisation, Person
from ordito.ui.fields import DayField, OnceForm, clean_line


class BodyForm(forms.ModelForm):
    name = forms.CharField(
        label=_("Denominazione"),
        max_length=200,
        error_messages={"required": _("Scrivete la denominazione.")},
    )
    purpose = LongText(label=_("Compito"), required=False)
    follow_up = LongText(label=_("Prosecuzione dei lavori"), required=False)
    established_on = DayField(label=_("Istituito il"), required=False)

    class Meta:
        model = Body
        fields = (
            "name",
            "kind",
            "purpose",
            "method",
            "established_on",
            "established_by",
            "follow_up",
            "is_public",
        )

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class NewBodyForm(OnceForm, BodyForm):
    pass


class SeatForm(OnceForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Ente"), error_messages=AN_ORGANISATION
    )
    since = DayField(label=_("Dal"), required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Affiliation.objects.filter(district=body.district_id, until__isnull=True)
        offered = Organisation.objects.filter(pk__in=inside.values("organisation"))
        if not self.is_bound:  # sent twice, the choice is no longer among those offered
            rows = body.adhesions if body.is_by_adhesion else body.seats
            taken = rows.filter(until__isnull=True)
            offered = offered.exclude(pk__in=taken.values("organisation"))
        self.fields["organisation"].queryset = offered  # type: ignore[attr-defined]  # a model choice


class AdhesionForm(SeatForm):
    signed_on = DayField(label=_("Modulo firmato il"), required=False)
    brings = forms.CharField(
        label=_("Valore portato"),
        max_length=300,
        required=False,
        help_text=_("Che cosa l'ente mette in comune: una competenza, uno spazio, un contatto."),
    )


class EndForm(OnceForm):
    until = DayField(label=_("Ultimo giorno"), error_messages=A_DAY)


class BodyRoleForm(forms.Form):
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Persona"), error_messages=A_PERSON
    )
    kind = forms.ChoiceField(label=_("Ruolo"), choices=BodyRole.Kind.choices)
    since = DayField(label=_("Dal"), required=False)

    def __init__(self, *args: Any, body: Body, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["person"]
        choice.queryset = Person.objects.visible_to(user).filter(district=body.district_id)


class DelegateForm(OnceForm):
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Persona"),
        error_messages=A_PERSON,
        help_text=_("Chi non c'è si registra prima tra le persone dell'ambito."),
    )
    quality = forms.ChoiceField(label=_("Qualità"), choices=Designation.Quality.choices)
    since = DayField(label=_("Dal"), required=False)

    def __init__(self, *args: Any, body: Body, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = body.adhesions if body.is_by_adhesion else body.seats
        people = Person.objects.visible_to(user).filter(
            district=body.district_id,
            organisation__in=rows.filter(until__isnull=True).values("organisation"),
        )
        choice: Any = self.fields["person"]
        choice.queryset = people.select_related("organisation")
        choice.label_from_instance = lambda person: f"{person.name} ({person.organisation.name})"
