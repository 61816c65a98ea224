"""The days on which public offices in Italy work."""

from datetime import date, timedelta

# (month, day); Easter Monday moves, and Easter is a Sunday.
HOLIDAYS = frozenset(
    {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (10, 4), (11, 1)}
    | {(12, 8), (12, 25), (12, 26)}
)


def workday(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def is_workday(day: date) -> bool:
    """Whether a day is neither a Saturday, nor a Sunday, nor a national holiday."""
    is_rest = day.weekday() > 4 or (day.month, day.day) in HOLIDAYS
    return not is_rest and day != easter(day.year) + timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year. Source: Meeus, Astronomical Algorithms, chapter 8."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, rest = divmod(century, 4)
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - lunar + 15) % 30
    leaps, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
