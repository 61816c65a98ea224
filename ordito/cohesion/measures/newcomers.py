"""Who came for the first time, and who no longer comes."""

from ordito.cohesion.measures.continuity import WINDOW, active, window
from ordito.cohesion.measures.incidence import MONTH, Incidence, IntArray


def newcomers(table: Incidence, until: int) -> float | None:
    """The share of the bodies active in the last 12 months that had never come before.

    until    the day, in days, on which the window ends

    Returns a pure number in [0, 1]; None when nobody is active, and in the first year, which would
    be all newcomers. Source: MEASURES 2.15, descriptive.
    """
    before = table.day <= until - WINDOW * MONTH
    now = active(table, window(table, until))
    if not before.any() or not now.any():
        return None
    return int((now & ~active(table, before)).sum()) / int(now.sum())


def leavers(table: Incidence, until: int) -> IntArray | None:
    """The bodies, still on the roster, that came three windows ago and not in the two since.

    until    the day, in days, on which the last window of 12 months ends

    Returns (l,) body numbers; None when the oldest of the three windows has no act. Silence is no
    judgement: it is a reason to call. Source: MEASURES 2.15, descriptive.
    """
    oldest = window(table, until, back=2)
    if not oldest.any():
        return None
    since = window(table, until) | window(table, until, back=1)
    return (active(table, oldest) & ~active(table, since)).nonzero()[0]
