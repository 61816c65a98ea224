"""Mending a closed roll: a slip in one press, or the whole of it."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ordito.governance.forms.roll import RollForm, number_of
from ordito.governance.models import Meeting
from ordito.registry.models import Affiliation, Organisation
from ordito.ui.fields import OnceForm


class Ground(models.TextChoices):
    """Why rolls are usually mended."""

    SLIP = "slip", _("Errore nella spunta")
    PERSON = "person", _("Persona o qualità sbagliata")
    OTHER_ONE = "other_one", _("Ente dimenticato o scambiato con un altro")
    LATER = "later", _("Saputo dopo l'incontro")

    @classmethod
    def of_a_slip(cls) -> list[tuple[str, Any]]:
        """Those for which an organisation was there, or was not."""
        return [choice for choice in cls.choices if choice[0] != cls.PERSON]


class ReasonedForm(OnceForm):
    """A correction with its reason: one of the usual ones, or another in words.

    `cleaned_data["reason"]` is the one to record, empty when there is none.
    """

    ground = forms.ChoiceField(
        label=_("Motivo"), choices=Ground.choices, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Altro motivo"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (ground := cleaned.pop("ground", "")) and not cleaned.get("reason"):
            cleaned["reason"] = str(Ground(ground).label)
        return cleaned


class CorrectionForm(ReasonedForm):
    """The mending of a slip in a closed roll."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), widget=forms.HiddenInput)
    is_present = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
    )

    @property
    def about(self) -> int | None:
        """The number of the organisation that the correction is about, as it was sent."""
        return number_of(self.data.get("organisation", ""))

    @property
    def stray_reason(self) -> str:
        """The reason written for an organisation that is not found: it waits on every row."""
        return self.data.get("reason", "") if self.has_error("organisation") else ""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Affiliation.objects.filter(district=meeting.body.district_id)
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]  # a model choice
            pk__in=inside.values("organisation")
        )


class RevisionForm(ReasonedForm, RollForm):
    """The mending of a closed roll as a whole."""
