"""On which days something can have happened in a district."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# DPR 616/1977, art. 25: the regions begin to draw the districts of the social services. Law 328
# of 2000 came later and gave them their present form, so an older membership may well be true.
FIRST_DAY = date(1977, 7, 24)
TOO_EARLY = _("Prima del 24/07/1977 non c'erano ambiti: ricontrollate l'anno.")
AHEAD = _("Il %(day)s deve ancora venire: scrivete il giorno in cui è successo.")


def must_follow_the_first_districts(**days: date | None) -> None:
    """Raises ValidationError on each field whose day is older than any district."""
    _refuse(days, lambda day: day < FIRST_DAY, TOO_EARLY)


def must_have_happened(**days: date | None) -> None:
    """Raises ValidationError on each field whose day has not come yet: what is planned may lie
    ahead, what has happened may not."""
    today = timezone.localdate()
    _refuse(days, lambda day: day > today, AHEAD)


def _refuse(days: dict[str, date | None], is_wrong: Callable[[date], bool], message: Any) -> None:
    wrong = {
        name: ValidationError(message, params={"day": f"{day:%d/%m/%Y}"})
        for name, day in days.items()
        if day and is_wrong(day)
    }
    if wrong:
        raise ValidationError(wrong)
