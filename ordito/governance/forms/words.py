"""Fields for what people write at length, and what they are told when they leave one empty."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

MOST = 5_000  # two pages, and well below what Typst can set without a break

A_DAY = {"required": _("Scrivete la data.")}
A_REASON = {"required": _("Scrivete il motivo.")}
A_PERSON = {"required": _("Scegliete la persona.")}
AN_ORGANISATION = {"required": _("Scegliete l'ente.")}


class LongText(forms.CharField):
    """A text of some lines. Too long it is refused, never cut while it is typed or pasted."""

    def __init__(self, *, most: int = MOST, rows: int = 3, **options: Any) -> None:
        too_long = _(
            "Il testo ha %(show_value)d caratteri e il limite è %(limit_value)d: accorciatelo."
        )
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}),
            validators=[MaxLengthValidator(most, too_long)],
            **options,
        )
