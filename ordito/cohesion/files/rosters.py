"""Who was due where: adhesions in force on a day, and attendance against them."""

from dataclasses import dataclass

import numpy as np

from ordito.cohesion.files.source import Source
from ordito.cohesion.measures.incidence import BoolArray, Incidence, IntArray

LABS = 1 << 32


def lab_keys(lab: IntArray, district: IntArray) -> IntArray:
    """A number for each lab of each district; -1 stands for an empty cell."""
    return (district + 1) * LABS + lab + 1


def positions(keys: IntArray, wanted: IntArray) -> IntArray:
    """Where each wanted number stands among distinct keys, -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    found = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    return np.where(keys[order][found] == wanted, order[found], -1)


@dataclass(frozen=True)
class Adhesions:
    """Those of one unit: body, lab (as a key), first and last day, (a,) each."""

    body: IntArray
    lab: IntArray
    since: IntArray
    to: IntArray

    def _on(self, day: int) -> BoolArray:
        return (self.since <= day) & (self.to >= day)

    def in_force(self, day: int) -> IntArray:
        """The bodies on the roster of a day, sorted."""
        return np.unique(self.body[self._on(day)])

    def membership(self, day: int, bodies: IntArray) -> BoolArray:
        """(n_bodies, n_labs) who is on the roster of which lab on a day."""
        kept = self._on(day)
        return membership(positions(bodies, self.body[kept]), self.lab[kept], len(bodies))

    def attendance(
        self, came: IntArray, act: IntArray, day: IntArray, lab: IntArray
    ) -> tuple[IntArray, IntArray]:
        """(n_acts,) how many came and how many were due, on the roster of the lab that day.

        came, act    (r,) body of each presence and its act; day, lab (n_acts,) of each act
        """
        width = int(max(self.body.max(initial=0), came.max(initial=0))) + 1
        present = np.unique(act * width + came)
        n_due, n_came = np.zeros(len(day), dtype=np.int64), np.zeros(len(day), dtype=np.int64)
        for key in np.unique(lab):
            mine = self.lab == key
            body, since, to = self.body[mine], self.since[mine], self.to[mine]
            for number in np.flatnonzero(lab == key):
                due = np.unique(body[(since <= day[number]) & (to >= day[number])])
                n_due[number] = len(due)
                n_came[number] = int(np.isin(number * width + due, present).sum())
        return n_came, n_due


def adhesions(source: Source, level: str, held: IntArray) -> Adhesions | None:
    """The adhesions to labs of a unit whose acts are `held`, None without a roster file."""
    roster, acts = source.roster, source.acts
    if roster is None:
        return None
    home = np.full(int(max(roster.lab.max(initial=0), acts.lab.max(initial=0))) + 2, -1)
    home[acts.lab] = acts.district
    home[-1] = -1  # where acts without a lab have written theirs
    district = np.where(roster.district >= 0, roster.district, home[roster.lab])
    keys = lab_keys(roster.lab, district)
    if level == "all":
        kept = np.ones(len(keys), dtype=bool)
    elif level == "lab":
        kept = np.isin(keys, lab_keys(acts.lab[held], acts.district[held]))
    else:
        kept = np.isin(district, acts.district[held]) & (district >= 0)
    if source.without is not None:
        kept &= roster.body != source.without
    return Adhesions(roster.body[kept], keys[kept], roster.since[kept], roster.to[kept])


def seen_attendance(table: Incidence, lab: IntArray) -> tuple[IntArray, IntArray]:
    """(n_acts,) came and due where the roster of a lab is whoever came to one of its acts."""
    labs, place = np.unique(lab, return_inverse=True)
    seen = np.unique(place[table.act] * table.n_bodies + table.body)
    sizes = np.bincount(seen // max(table.n_bodies, 1), minlength=len(labs))
    return table.present, sizes[place]


def membership(body: IntArray, lab: IntArray, n_bodies: int) -> BoolArray:
    """(n_bodies, n_labs) from couples of body and lab."""
    labs, place = np.unique(lab, return_inverse=True)
    members = np.zeros((n_bodies, len(labs)), dtype=bool)
    members[body, place] = True
    return members
