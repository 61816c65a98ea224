"""Form fields that answer in plain Italian, and keep out what names must not hold."""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# Marks that reorder or hide text: a name that holds them can look like another one.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


def clean_line(text: str) -> str:
    """A name on one line: composed accents, no invisible marks, single spaces.

    Raises ValidationError when nothing is left.
    """
    line = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    line = " ".join(_CONTROL.sub(" ", line).split())
    if not line:
        raise forms.ValidationError(_("Scrivete un nome che si possa leggere."))
    return line


def asked(query: Mapping[str, str], name: str) -> str:
    """What an address asks to look for: on one line, without control characters, 100 at most."""
    return " ".join(_CONTROL.sub(" ", query.get(name, "")).split())[:100]


class ChoiceToMake(forms.ChoiceField):
    """A choice that nobody makes by leaving things as they are."""

    def __init__(self, *, choices: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(choices=[("", _("Scegliete")), *choices], **options)


class DayField(forms.DateField):
    """A day, written by the browser's calendar or as gg/mm/aaaa."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            **options,
        )

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError that repeats what was written, since a calendar would drop it."""
        try:
            return super().to_python(value)
        except forms.ValidationError as refusal:
            raise forms.ValidationError(
                _("«%(value)s» non è una data del calendario: scrivetela come 18/07/2026."),
                code="invalid",
                params={"value": str(value)[:40]},
            ) from refusal


class HourField(forms.TimeField):
    """An hour and minutes, written as 17:30."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": _("Scrivete l'ora come 17:30.")},
            **options,
        )


class WebAddressField(forms.URLField):
    """The address of a page; https where the scheme is not written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            assume_scheme="https",
            error_messages={
                "invalid": _("Scrivete l'indirizzo per intero: https://www.esempio.it")
            },
            **options,
        )


class OnceForm(forms.Form):
    """A form that carries its own key: sent twice, it is done once."""

    key = forms.CharField(
        max_length=80, initial=lambda: uuid.uuid4().hex, widget=forms.HiddenInput, required=False
    )

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or uuid.uuid4().hex
