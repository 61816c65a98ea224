"""Forms about meetings, their signed sheets and dates to remember."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ordito.governance.models import Deadline, Meeting
from ordito.ui.fields import DayField, HourField, OnceForm, WebAddressField


class MeetingForm(forms.ModelForm):
    starts_at = HourField(label=_("Dalle"), required=False)
    ends_at = HourField(label=_("Alle"), required=False)

    link = WebAddressField(label=_("Collegamento a distanza"), required=False)

    class Meta:
        model = Meeting
        fields = ("starts_at", "ends_at", "place", "link", "method", "agenda")
        widgets = {  # noqa: RUF012  Django's own form of options
            "agenda": forms.Textarea(
                attrs={"rows": 4, "placeholder": _("Un punto per riga")},
            )
        }

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class NewMeetingForm(OnceForm, MeetingForm):
    held_on = DayField(label=_("Data"))
    field_order = ("held_on",)


class CancellationForm(OnceForm):
    reason = forms.CharField(
        label=_("Motivo"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeadlineForm(forms.ModelForm):
    due_on = DayField(label=_("Data"))

    class Meta:
        model = Deadline
        fields = ("title", "due_on", "is_public")

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class ScanForm(forms.Form):
    scan = forms.FileField(
        label=_("Foglio firmato"),
        help_text=_("PDF, JPEG o PNG, fino a 20 MB."),
        error_messages={
            "required": _("Scegliete il file della scansione."),
            "empty": _("Il file è vuoto: rifate la scansione."),
        },
    )
