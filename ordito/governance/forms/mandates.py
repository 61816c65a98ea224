"""Forms about mandates and outputs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ordito.governance.forms.words import A_DAY, LongText
from ordito.governance.models import Body, Mandate, Output
from ordito.ui.fields import DayField, OnceForm


class MandateForm(OnceForm, forms.ModelForm):
    issued_on = DayField(
        label=_("Data del mandato"),
        required=False,
        help_text=_("Se non è nota lasciate vuoto: si aggiunge con una nuova versione."),
    )
    due_on = DayField(label=_("Termine"), required=False)
    text = LongText(
        label=_("Testo del mandato"),
        rows=5,
        error_messages={"required": _("Scrivete che cosa chiede il mandato.")},
    )

    class Meta:
        model = Mandate
        fields = ("text", "issuer", "issued_on", "act_reference", "plan_line", "due_on")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = body.district.bodies.exclude(pk=body.pk)  # type: ignore[attr-defined]  # a model choice

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class OutputEditForm(forms.ModelForm):
    due_on = DayField(label=_("Atteso entro il"), required=False)

    class Meta:
        model = Output
        fields: tuple[str, ...] = ("title", "mandate", "due_on")
        error_messages = {  # noqa: RUF012  Django's own form of options
            "title": {"required": _("Scrivete il titolo del prodotto.")}
        }

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["mandate"]
        choice.queryset = body.mandates.current()
        choice.empty_label = _("nato dal lavoro del gruppo")

    def _post_clean(self) -> None:
        """The act validates the model: the form only parses."""


class OutputForm(OnceForm, OutputEditForm):
    status_on = DayField(label=_("Data dello stato"), required=False)

    class Meta(OutputEditForm.Meta):
        fields = ("title", "mandate", "status", "status_on", "due_on")


class OutputStatusForm(OnceForm):
    status = forms.ChoiceField(label=_("Nuovo stato"), choices=Output.Status.choices)
    on = DayField(label=_("Data"), error_messages=A_DAY)
    reason = LongText(
        label=_("Motivo"),
        most=500,
        required=False,
        help_text=_("Necessario se il prodotto è recepito in parte, non recepito o superato."),
    )
