"""What is written in a cell: days in three forms, weights, sides."""

import math
import re
from datetime import date

from ordito.cohesion.measures.incidence import GIVES, RECEIVES

MOST = 1e9
EPOCH = date(1970, 1, 1).toordinal()
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
ITALIAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SIDES = {"from": GIVES, "to": RECEIVES, "": 0}


def day(text: str) -> int:
    """Days from 1970-01-01 of 2026-03-02, 02/03/2026 or 20260302; raises ValueError."""
    if found := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        year, month, of_month = map(int, found.groups())
    elif found := ITALIAN.fullmatch(text):
        of_month, month, year = map(int, found.groups())
    else:
        raise ValueError(f"«{text}» non è una data (2026-03-02, 02/03/2026 o 20260302)")
    try:
        return date(year, month, of_month).toordinal() - EPOCH
    except ValueError:
        raise ValueError(f"«{text}» non è un giorno del calendario") from None


def iso(number: int) -> str:
    """The day, in ISO form, of a number of days from 1970-01-01."""
    return date.fromordinal(number + EPOCH).isoformat()


def weight(text: str) -> float:
    """A weight from 0 to a thousand million, with a point or a comma; raises ValueError."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"«{text}» non è un numero") from None
    if not math.isfinite(number):
        raise ValueError(f"il peso «{text}» non è un numero finito")
    if number < 0:
        raise ValueError(f"il peso «{text}» è negativo")
    if number > MOST:
        raise ValueError(f"il peso «{text}» è troppo grande (al massimo {MOST:.0f})")
    return number


def side(text: str) -> int:
    """1 for who gives, 2 for who receives, 0 for an empty cell; raises ValueError."""
    if text.lower() not in SIDES:
        raise ValueError(f"il ruolo «{text}» non è «from» o «to»")
    return SIDES[text.lower()]
