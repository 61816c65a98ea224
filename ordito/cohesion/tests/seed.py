"""Six labs as a source of 2016 states them: means without rolls, and one lab without data."""

from datetime import date

from conftest import Cast, make_body
from conftest import governance as acts

SOURCE = "Presentazione del 2016"
STATED = {
    "LabGo Famiglia": (14, 28, ["07-18", "09-12", "10-26", "11-07"]),
    "LabGo ISEL": (8, 24, ["07-20", "09-14", "11-30"]),
    "LabGo Migra": (10, 13, ["05-09", "05-23", "07-25", "09-26", "11-14", "12-12"]),
    "LabGo Abitare": (7, 16, ["07-21", "11-10"]),
    "LabGo Giovani": (11, 25, ["09-19"]),
}


def state_labs(cast: Cast) -> None:
    """Write the six labs down, in the order of the source, through the acts."""
    for order, (name, (mean, n_adhesions, days)) in enumerate(STATED.items(), start=1):
        lab = make_body(cast.district, cast.anna, name=name, order=order)
        for day in days:
            acts.state_meeting(lab, held_on=date.fromisoformat(f"2016-{day}"), by=cast.anna)
        acts.state_attendance(
            lab,
            by=cast.anna,
            n_meetings=len(days),
            mean=mean,
            n_adhesions=n_adhesions,
            source=SOURCE,
        )
    make_body(cast.district, cast.anna, name="LabGo socio sanitario", order=9)
