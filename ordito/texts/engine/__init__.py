"""The engine of texts: a pure library that knows clauses, amendments and observations.

    from ordito.texts.engine import Amendment, Block, Kind, canonicalise, merge, rewrite

    base = canonicalise([Block(Kind.PARA, "Il Tavolo si riunisce ogni mese.")]).version
    clause = base.clauses[0].id
    asked = rewrite(base, clause, "Il Tavolo si riunisce ogni due mesi.")
    merged = merge(base, [Amendment("E1", "Comune", asked)])
    merged.version.clauses[0].text      # "Il Tavolo si riunisce ogni due mesi."
    merged.conflicts.points             # what must be decided: nothing here

Nothing here reads files, clocks or settings; everything given is left as it was.
"""

from ordito.texts.engine.anchor import (
    Anchor,
    Resolution,
    Spot,
    anchored,
    anchored_across,
    at_first,
    confirmed,
    reanchor,
    threads,
)
from ordito.texts.engine.blocks import Block, Cell
from ordito.texts.engine.canonical import Draft, canonicalise
from ordito.texts.engine.compare import Comparison, compare, compare_by_content
from ordito.texts.engine.conflicts import Conflicts, faults, find_conflicts
from ordito.texts.engine.diff import Diff, Edit, apply, diff
from ordito.texts.engine.identity import ids_from, new_id
from ordito.texts.engine.labels import labels
from ordito.texts.engine.merge import Merged, merge
from ordito.texts.engine.model import Clause, Kind, Mark, Number, Style, Version
from ordito.texts.engine.operations import (
    Amendment,
    Delete,
    Insert,
    Merge,
    Move,
    Replace,
    Retitle,
    Split,
    rewrite,
)
from ordito.texts.engine.references import stale_references
from ordito.texts.engine.trace import trace

__all__ = [
    "Amendment",
    "Anchor",
    "Block",
    "Cell",
    "Clause",
    "Comparison",
    "Conflicts",
    "Delete",
    "Diff",
    "Draft",
    "Edit",
    "Insert",
    "Kind",
    "Mark",
    "Merge",
    "Merged",
    "Move",
    "Number",
    "Replace",
    "Resolution",
    "Retitle",
    "Split",
    "Spot",
    "Style",
    "Version",
    "anchored",
    "anchored_across",
    "apply",
    "at_first",
    "canonicalise",
    "compare",
    "compare_by_content",
    "confirmed",
    "diff",
    "faults",
    "find_conflicts",
    "ids_from",
    "labels",
    "merge",
    "new_id",
    "reanchor",
    "rewrite",
    "stale_references",
    "threads",
    "trace",
]
