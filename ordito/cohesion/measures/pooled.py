"""Participation of a unit, from presences and rosters pooled over its acts."""

from ordito.cohesion.measures.incidence import IntArray


def pooled_participation(came: IntArray, due: IntArray) -> float | None:
    """P = sum of those who came over sum of those who could, on the roster of each day.

    came, due    (n_acts,) bodies, came <= due; guests are in neither

    Returns a pure number in [0, 1], None when nobody was due. It is not the mean of the rates.
    It falls when adhesions are never withdrawn, and is higher in small labs. Source: MEASURES 2.1;
    Wasserman and Faust 1994 (rates of participation in affiliation networks).
    """
    total = int(due.sum())
    return int(came.sum()) / total if total else None
