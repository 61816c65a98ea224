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
        wrong=ValidationError(
            _("Il codice fiscale ha un carattere sbagliato: ricontrollate di averlo copiato bene.")
        ),
        malformed=ValidationError(
            _("Il codice fiscale di un ente ha 11 cifre, quello di una persona 16 caratteri.")
        ),
    )


def vat_number(value: str) -> str:
    """The partita IVA: eleven digits, without the country prefix. Raises ValidationError."""
    return _checked(
        value,
        iva.validate,
        wrong=ValidationError(
            _("La partita IVA ha una cifra sbagliata: ricontrollate di averla copiata bene.")
        ),
        malformed=ValidationError(_("La partita IVA ha 11 cifre.")),
    )


def runts_number(value: str) -> str:
    """The number of repertorio: digits, without the separators of the thousands.

    Raises ValidationError. No published rule gives its length or a check digit: the register
    numbers its entries one after the other, and nothing more is asked here.
    """
    digits = "".join(value.replace(".", "").split())
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(
            _("Il numero di repertorio RUNTS è fatto di sole cifre: copiatelo dal registro.")
        )
    return digits


def _checked(
    value: str,
    validate: Callable[[str], str],
    *,
    wrong: ValidationError,
    malformed: ValidationError,
) -> str:
    try:
        return validate(value)
    except InvalidChecksum as error:
        raise wrong from error
    except InvalidNumber as error:
        raise malformed from error
