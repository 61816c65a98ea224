"""What the list of entries can be narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ordito.ledger.kinds import KINDS


def _kinds() -> list[tuple[str, str]]:
    known = sorted(((kind.code, str(kind.label)) for kind in KINDS.values()), key=lambda it: it[1])
    return [("", str(_("tutti"))), *known]


class EntriesFilter(forms.Form):
    """The address says the rest: `tipo` and `id` are a subject, `ente` is an organisation."""

    genere = forms.ChoiceField(
        label=_("Genere"),
        choices=_kinds,
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )
    tipo = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    id = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    ente = forms.SlugField(max_length=120, required=False, widget=forms.HiddenInput)
