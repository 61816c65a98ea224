"""What people write about organisations, people, roles and notices."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ordito.ledger.record import is_recorded
from ordito.network.models import Feedback
from ordito.registry.identifiers import fiscal_code, runts_number, vat_number
from ordito.registry.models import (
    Affiliation,
    District,
    DistrictRole,
    Identifier,
    Organisation,
    Person,
)
from ordito.registry.names import bare_name
from ordito.ui.fields import ChoiceToMake, DayField, OnceForm, WebAddressField, clean_line


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

    def clean_fiscal_code(self) -> str:
        return _checked(fiscal_code, self.cleaned_data["fiscal_code"])

    def clean_vat_number(self) -> str:
        return _checked(vat_number, self.cleaned_data["vat_number"])

    def clean_runts(self) -> str:
        return _checked(runts_number, self.cleaned_data["runts"])

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


def _checked(check: Callable[[str], str], code: str) -> str:
    """The code in its usual form; an empty one is none."""
    return check(code) if code else ""


class NewOrganisationForm(OnceForm, OrganisationForm):
    """An organisation that the register may hold already: then it asks, once."""

    ground = ChoiceToMake(label=_("Entra nell'ambito per"), choices=Affiliation.Ground.choices)
    since = DayField(label=_("Dal"), required=False)
    is_another = forms.BooleanField(
        label=_("È un altro ente con lo stesso nome"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Raise the question when the reader sees an organisation of the same name."""
        written = super().clean() or self.cleaned_data
        twin = self._twin(written.get("name", ""))
        if twin and not is_recorded(written.get("key", "")):
            self.fields["is_another"].widget = forms.CheckboxInput()
            if not written.get("is_another"):
                self.add_error("is_another", _already_there(twin))
        return written

    def _twin(self, name: str) -> Organisation | None:
        bare = bare_name(name)
        known = Organisation.objects.visible_to(self.user).only("name", "slug")
        return next((row for row in known if bare and bare_name(row.name) == bare), None)


def _already_there(twin: Organisation) -> SafeString:
    link = format_html(
        '<a href="{}">{}</a>', reverse("network:organisation", args=[twin.slug]), twin.name
    )
    question = _(
        "Nel registro c'è già {}. Se è lo stesso ente non registratelo di nuovo:"
        " usate «Ente già registrato». Se è un altro, spuntate la casella."
    )
    return format_html(str(question), link)


class AffiliationForm(OnceForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Ente"))
    ground = ChoiceToMake(label=_("Entra nell'ambito per"), choices=Affiliation.Ground.choices)
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
    kind = ChoiceToMake(label=_("Ruolo"), choices=DistrictRole.Kind.choices)
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
