"""What people write about organisations, people, roles and notices."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ordito.network.models import Feedback
from ordito.registry.models import (
    Affiliation,
    District,
    DistrictRole,
    Identifier,
    Organisation,
    Person,
)
from ordito.ui.fields import DayField, OnceForm, WebAddressField, clean_line


class OrganisationForm(forms.ModelForm):
    """An organisation and its codes; the codes keep the names of their schemes."""

    name = forms.CharField(label=_("Denominazione"), max_length=300)
    fiscal_code = forms.CharField(
        label=_("Codice fiscale"),
        max_length=40,
        required=False,
        help_text=_("Un gruppo informale non ne ha: lasciate vuoto."),
    )
    vat_number = forms.CharField(label=_("Partita IVA"), max_length=40, required=False)
    website = WebAddressField(label=_("Sito"), required=False)
    runts = forms.CharField(label=_("Numero di repertorio RUNTS"), max_length=40, required=False)

    class Meta:
        model = Organisation
        fields = ("name", "kind", "seat", "email", "website", "is_listed")

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = district.territories.all()  # type: ignore[attr-defined]  # a model choice

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    @property
    def identifiers(self) -> dict[str, str]:
        """The codes by scheme; an empty text where there is none."""
        schemes = Identifier.Scheme
        written = (schemes.FISCAL_CODE, schemes.VAT_NUMBER, schemes.RUNTS)
        return {scheme.value: self.cleaned_data[scheme.value] for scheme in written}

    @property
    def details(self) -> dict[str, Any]:
        """What the register says of the organisation, codes apart."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class NewOrganisationForm(OnceForm, OrganisationForm):
    ground = forms.ChoiceField(label=_("Entra nell'ambito per"), choices=Affiliation.Ground.choices)
    since = DayField(label=_("Dal"), required=False)


class AffiliationForm(OnceForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Ente"))
    ground = forms.ChoiceField(label=_("Entra nell'ambito per"), choices=Affiliation.Ground.choices)
    since = DayField(label=_("Dal"), required=False)

    def __init__(self, *args: Any, district: District, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Organisation.objects.visible_to(user)
        if not self.is_bound:  # sent twice, the choice is no longer among those offered
            inside = Affiliation.objects.filter(district=district, until__isnull=True)
            known = known.exclude(pk__in=inside.values("organisation"))
        self.fields["organisation"].queryset = known  # type: ignore[attr-defined]  # a model choice


class LeavingForm(OnceForm):
    until = DayField(label=_("Ultimo giorno nell'ambito"))
    reason = forms.CharField(
        label=_("Motivo"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class PersonForm(forms.ModelForm):
    name = forms.CharField(label=_("Nome e cognome"), max_length=200)

    class Meta:
        model = Person
        fields = ("organisation", "name", "email", "phone")

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Affiliation.objects.filter(district=district, until__isnull=True)
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]  # a model choice
            pk__in=inside.values("organisation")
        )

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class RoleForm(forms.Form):
    name = forms.CharField(label=_("Nome e cognome"), max_length=200)
    email = forms.EmailField(
        label=_("Posta elettronica"),
        help_text=_("La persona entrerà con un codice mandato a questo indirizzo."),
    )
    kind = forms.ChoiceField(label=_("Ruolo"), choices=DistrictRole.Kind.choices)
    since = DayField(label=_("Dal"), required=False)

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])


class NoticesForm(forms.ModelForm):
    accessibility_url = WebAddressField(
        label=_("Dichiarazione di accessibilità"),
        required=False,
        help_text=_("L'indirizzo della dichiarazione annuale pubblicata con il modulo di AGID."),
    )

    class Meta:
        model = District
        fields = (
            "description",
            "is_public",
            "controller",
            "controller_contact",
            "dpo_contact",
            "accessibility_url",
            "feedback_email",
        )

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class FeedbackForm(forms.ModelForm):
    text = forms.CharField(
        label=_("Che cosa non va, o che cosa proponete"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Non scrivete dati di persone: questo modulo non tratta casi personali."),
    )
    token = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)
    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Feedback
        fields = ("text", "email", "page", "token")

    def _post_clean(self) -> None:
        """The act stores the message: the form only parses."""


class SettlingForm(forms.Form):
    outcome = forms.CharField(
        label=_("Che cosa è stato fatto"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
