"""Italian codes of organisations, checked and written in their usual form."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.it import codicefiscale, iva


def fiscal_code(value: str) -> str:
    """The codice fiscale without spaces: 11 digits for an organisation, 16 characters for a person.

    Raises ValidationError. Source: DM 23 December 1976, through python-stdnum.
    """
    return _checked(
        value,
        codicefiscale.validate,
        wrong=_(
            "Il codice fiscale ha un carattere sbagliato: ricontrollate di averlo copiato bene."
        ),
        malformed=_(
            "Il codice fiscale di un ente ha 11 cifre, quello di una persona 16 caratteri."
        ),
    )


def vat_number(value: str) -> str:
    """The partita IVA: eleven digits, without the country prefix. Raises ValidationError."""
    return _checked(
        value,
        iva.validate,
        wrong=_("La partita IVA ha una cifra sbagliata: ricontrollate di averla copiata bene."),
        malformed=_("La partita IVA ha 11 cifre."),
    )


def _checked(
    value: str, validate: Callable[[str], str], *, wrong: object, malformed: object
) -> str:
    try:
        return validate(value)
    except InvalidChecksum as error:
        raise ValidationError({"value": wrong}) from error
    except InvalidNumber as error:
        raise ValidationError({"value": malformed}) from error
