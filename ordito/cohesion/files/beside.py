"""The files that may stand beside acts: rosters, attributes of bodies, weights of kinds."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from ordito.cohesion.files import values
from ordito.cohesion.files.acts import ALWAYS, Acts
from ordito.cohesion.files.columns import BadFile, Coded
from ordito.cohesion.files.reading import Table, header_of
from ordito.cohesion.measures.incidence import IntArray

MISSING = frozenset(("NA", "NaN"))


@dataclass(frozen=True)
class Roster:
    """Adhesions: a body in a lab, from one day to another, both included.

    body       (a,) numbers: those of the acts, and further ones for bodies never seen there
    lab        (a,) numbers in the labs of the acts, and further ones for labs without acts
    district   (a,) numbers in the districts of the acts, -1 where none is written
    since, to  (a,) days from 1970-01-01
    bodies     the names of all bodies
    """

    body: IntArray
    lab: IntArray
    district: IntArray
    since: IntArray
    to: IntArray
    bodies: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_roster(path: Path, acts: Acts) -> Roster:
    """Read who adhered to which lab, and when; an empty or absent `from` or `to` is open.

    Raises BadFile for a row without body or lab, with days that are none or the wrong way round,
    and for a lab that several districts have when the column `district` does not say which.
    """
    table = Table(("body", "lab"), ("from", "to", "district"))
    table.read(path)
    columns = {name: table.column(name) for name in ("body", "lab", "from", "to", "district")}
    for name in ("body", "lab"):
        blank = columns[name].codes < 0
        if blank.any():
            raise table.refuse(int(np.argmax(blank)), f"la colonna «{name}» è vuota")
    since = _days(table, columns["from"], -ALWAYS)
    to = _days(table, columns["to"], ALWAYS)
    if (since > to).any():
        raise table.refuse(int(np.argmax(since > to)), "l'adesione finisce prima di cominciare")
    bodies = dict.fromkeys((*acts.names["body"], *columns["body"].values))
    labs = dict.fromkeys((*acts.names["lab"], *columns["lab"].values))
    lab = _matched(columns["lab"], labs)
    district = _matched(columns["district"], acts.names["district"])
    _refuse_ambiguous(table, lab, district, acts)
    idle = sorted(set(columns["lab"].values) - set(acts.names["lab"]))
    notes = (f"laboratori senza atti: {', '.join(idle)}",) if idle else ()
    return Roster(
        _matched(columns["body"], tuple(bodies)), lab, district, since, to, tuple(bodies), notes
    )


def _days(table: Table, column: Coded, empty: int) -> IntArray:
    try:
        return column.parsed(values.day, empty).astype(np.int64)
    except ValueError as error:
        wrong = next(n for n, text in enumerate(column.values) if f"«{text}»" in str(error))
        raise table.refuse(int(np.argmax(column.codes == wrong)), str(error)) from None


def _matched(column: Coded, names: Iterable[str]) -> IntArray:
    numbers = {name: number for number, name in enumerate(names)}
    found = [*(numbers.get(value, -1) for value in column.values), -1]
    return np.asarray(found, dtype=np.int64)[column.codes]


def _refuse_ambiguous(table: Table, lab: IntArray, district: IntArray, acts: Acts) -> None:
    homes = np.unique(np.stack((acts.lab, acts.district)), axis=1)[0]
    shared = homes[1:][homes[1:] == homes[:-1]]
    unclear = np.isin(lab, shared) & (district < 0) & (lab < len(acts.names["lab"]))
    if unclear.any():
        row = int(np.argmax(unclear))
        name = acts.names["lab"][lab[row]]
        reason = f"il laboratorio «{name}» c'è in più ambiti: serve la colonna «district»"
        raise table.refuse(row, reason)


@dataclass(frozen=True)
class Attributes:
    """The groups of bodies by attribute: (n,) numbers, -1 where the file says nothing; names."""

    labels: dict[str, IntArray]
    groups: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]


def read_attributes(path: Path, bodies: tuple[str, ...]) -> Attributes:
    """Read the groups of bodies. Every column but `body` is an attribute.

    An empty cell is unknown, and so are NA and NaN, which statistical programs write for it: a
    note says so. Raises BadFile for a body that is there twice with different values, or that has
    no name, and for two attributes of which one has the name of a measure of the other.
    """
    names = [name for name in header_of(path) if name.strip().lower() != "body"]
    plain = [name.strip().lower() for name in names]
    for name in plain:
        if f"corrected_{name}" in plain:
            reason = f"«corrected_{name}» è già il nome di una misura di «{name}»: cambiatelo"
            raise BadFile(path, reason, 1)
    table = Table(("body",), plain)
    table.read(path)
    body = table.column("body")
    if (body.codes < 0).any():
        raise table.refuse(int(np.argmax(body.codes < 0)), "la colonna «body» è vuota")
    place = _matched(body, bodies)
    columns = {name: table.column(name) for name in plain}
    found, notes = {}, []
    for name, column in columns.items():
        label = np.full(len(bodies), -1, dtype=np.int64)
        kept = place >= 0
        label[place[kept]] = column.codes[kept]
        differs = kept & (label[place] != column.codes)
        if differs.any():
            row = int(np.argmax(differs))
            raise table.refuse(row, f"«{name}»: lo stesso ente ha un altro valore in un'altra riga")
        if absent := MISSING.intersection(column.values):
            label[np.isin(label, [column.values.index(value) for value in absent])] = -1
            notes.append(f"«{name}»: {' e '.join(sorted(absent))} sta per un valore che manca")
        found[name] = label
    groups = {name: column.values for name, column in columns.items()}
    return Attributes(found, groups, tuple(notes))


def read_weights(path: Path, kinds: tuple[str, ...]) -> tuple[dict[str, float], tuple[str, ...]]:
    """The weight of each kind, 1 for those not named, and what to note about names unknown.

    The file has the columns `kind` and `weight`. Raises BadFile for a weight that is none.
    """
    table = Table(("kind", "weight"), ())
    table.read(path)
    kind, weight = table.column("kind"), table.column("weight")
    found = dict.fromkeys(kinds, 1.0)
    notes = []
    for row, (number, which) in enumerate(zip(kind.codes, weight.codes, strict=True)):
        name = kind.values[number] if number >= 0 else ""
        try:
            value = values.weight(weight.values[which] if which >= 0 else "")
        except ValueError as error:
            raise table.refuse(row, str(error)) from None
        if name not in found:
            near = get_close_matches(name, kinds, n=1)
            hint = f"; forse è «{near[0]}»" if near else ""
            notes.append(f"nessun atto è di tipo «{name}»{hint}")
        else:
            found[name] = value
    return found, tuple(notes)
