"""What a command asks of files, found: sources, methods and bodies by name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ordito.cohesion.files.acts import read_acts
from ordito.cohesion.files.beside import read_attributes, read_roster, read_weights
from ordito.cohesion.files.columns import BadFile, Refused
from ordito.cohesion.files.options import Bar
from ordito.cohesion.files.source import Source
from ordito.cohesion.files.units import Level, Part
from ordito.cohesion.files.values import iso
from ordito.cohesion.measures.incidence import Method


@dataclass(frozen=True)
class Asked:
    """A source, the weight of each kind (None: all 1), and what to note of the files."""

    source: Source
    kind_weights: dict[str, float] | None
    method: Method
    notes: tuple[str, ...]
    group_names: dict[str, tuple[str, ...]]

    def method_of(self, part: Part) -> Method:
        """The method with the weights of the kinds of a unit, in its own numbers."""
        if self.kind_weights is None:
            return self.method
        names = self.source.acts.names["kind"]
        weights = (self.kind_weights.get(names[k], 1.0) if k >= 0 else 1.0 for k in part.kinds)
        return replace(self.method, kind_weights=tuple(weights))


def ask(options: dict[str, Any], level: Level, bar: Bar) -> Asked:
    """Read the files that the options name.

    Raises BadFile for what a file has wrong, Refused for what the options have, and OSError for a
    file that cannot be opened.
    """
    paths: Sequence[Path] = options["acts"]
    by = "" if level is Level.ALL else level.value
    acts = read_acts(paths, by=by, progress=lambda share: bar.show("Lettura", share))
    if options["directed"] and "role" not in acts.columns:
        raise BadFile(paths[0], "per i legami diretti serve la colonna «role» (from, to)", 1)
    notes = acts.notes
    roster = read_roster(options["roster"], acts) if options["roster"] else None
    notes += roster.notes if roster else ()
    source = Source(acts, roster, since=options["since"], until=options["until"])
    since, until = source.window
    if since > until:
        raise Refused(f"Il periodo finisce ({iso(until)}) prima di cominciare ({iso(since)}).")
    groups: dict[str, tuple[str, ...]] = {}
    if options["attributes"]:
        attributes = read_attributes(options["attributes"], source.bodies)
        groups = attributes.groups
        notes += attributes.notes
        source = replace(source, labels=attributes.labels)
    weights = None
    if options["weights"]:
        weights, more = read_weights(options["weights"], acts.names["kind"])
        notes += more
    method = Method(
        half_life=None if options["no_decay"] else options["half_life"],
        until=until,
        cap=options["cap"],
        is_directed=options["directed"],
    )
    return Asked(source, weights, method, notes, groups)


def chosen(name: str, known: Sequence[str], what: str) -> int:
    """The place of a name among those known; raises Refused with the nearest ones."""
    if name in known:
        return known.index(name)
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    hint = f" Forse: {', '.join(near)}." if near else ""
    raise Refused(f"{what} «{name}» non c'è.{hint}")
