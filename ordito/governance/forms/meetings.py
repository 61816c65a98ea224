"""Forms about meetings, their signed sheets and dates to remember."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ordito.governance.forms.words import A_DAY, A_REASON, LongText
from ordito.governance.models import Deadline, Meeting
from ordito.ui.fields import DayField, HourField, OnceForm, WebAddressField


class MeetingForm(forms.ModelForm):
    starts_at = HourField(label=_("Dalle"), required=False)
    ends_at = HourField(label=_("Alle"), required=False)

    link = WebAddressField(label=_("Collegamento a distanza"), required=False)

    agenda = LongText(
        label=_("Ordine del giorno"), required=False, rows=4, help_text=_("Un punto per riga.")
    )

    class Meta:
        model = Meeting
        fields = ("starts_at", "ends_at", "place", "link", "method", "agenda")

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class NewMeetingForm(OnceForm, MeetingForm):
    """A meeting to open. The day that has one already is asked about, once it is refused."""

    held_on = DayField(label=_("Data"), error_messages=A_DAY)
    is_another = forms.BooleanField(
        label=_("È un altro incontro dello stesso giorno"),
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = ("held_on", "is_another")

    def ask_whether_another(self, address: str) -> None:
        """Show the tick, with the way to the meeting of that day."""
        self.fields["is_another"].widget = forms.CheckboxInput()
        self["is_another"].help_text = format_html(
            '<a href="{}">{}</a>', address, _("Aprite l'incontro che c'è già")
        )


class CancellationForm(OnceForm):
    reason = LongText(label=_("Motivo"), most=300, error_messages=A_REASON)


class DeadlineForm(forms.ModelForm):
    due_on = DayField(label=_("Data"), error_messages=A_DAY)

    class Meta:
        model = Deadline
        fields = ("title", "due_on", "is_public")
        error_messages = {  # noqa: RUF012  Django's own form of options
            "title": {"required": _("Scrivete che cosa scade.")}
        }

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
