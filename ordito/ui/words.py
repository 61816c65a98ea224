"""What forms answer by themselves: polite, and saying what to do."""

from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

REQUIRED = _("Non lasciatelo vuoto: qui serve una risposta.")
NOT_OFFERED = _("Scegliete una delle voci proposte.")
NOT_AN_ADDRESS = _("Scrivete un indirizzo di posta come nome@esempio.it")
NOT_A_NUMBER = _("Scrivete un numero in cifre.")


def speak() -> None:
    """Put our words in place of the framework's, which speak in another tone.

    It is done once for all fields, of forms and of tables: a field that says more keeps its own.
    """
    said: dict[type[forms.Field] | type[models.Field], dict[str, Any]] = {
        forms.Field: {"required": REQUIRED},
        forms.ChoiceField: {"invalid_choice": NOT_OFFERED},
        forms.ModelChoiceField: {"invalid_choice": NOT_OFFERED},
        forms.MultipleChoiceField: {"invalid_choice": NOT_OFFERED},
        forms.IntegerField: {"invalid": NOT_A_NUMBER},
        forms.DecimalField: {"invalid": NOT_A_NUMBER},
        forms.FileField: {
            "missing": _("Scegliete un file."),
            "empty": _("Il file è vuoto: scegliete quello giusto."),
            "invalid": _("Il file non è arrivato: sceglietelo di nuovo e inviate."),
        },
        models.Field: {"blank": REQUIRED, "null": REQUIRED, "invalid_choice": NOT_OFFERED},
    }
    for field, words in said.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    validators.EmailValidator.message = NOT_AN_ADDRESS
    validators.MaxLengthValidator.message = ngettext_lazy(
        "Accorciate il testo: %(limit_value)d carattere al massimo, ora sono %(show_value)d.",
        "Accorciate il testo: %(limit_value)d caratteri al massimo, ora sono %(show_value)d.",
        "limit_value",
    )
    validators.MinValueValidator.message = _("Scrivete un numero da %(limit_value)s in su.")
    validators.MaxValueValidator.message = _("Scrivete un numero fino a %(limit_value)s.")
    validators.ProhibitNullCharactersValidator.message = _(
        "Il testo contiene un carattere che non si può scrivere: toglietelo."
    )
