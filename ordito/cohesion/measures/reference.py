"""`python -m ordito.cohesion.measures.reference`: the page of measures, from the docstrings."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from ordito.cohesion.measures.catalogue import Entry, entries

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "measures.md"
OPENING = """# Measures

Written from the docstrings by `python -m ordito.cohesion.measures.reference`; a test compares the
two. Names are those of `ordito measure`. *Ties* is the graph chosen with `--ties`: alive ties unless
another is given. *Floor* means that below 8 organisations, 5 acts or 65% of the sheets the value is
marked.
For each attribute of a file, `sector` for one, there are `ei_sector` and `ei_corrected_sector`.

| name | graph | floor | band | chance | costly |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page: a table of names, and each formula with what its docstring says."""
    known = entries(("sector",))
    return OPENING + "\n".join([*map(_row, known.values()), "", *_formulas(known)])


def _row(entry: Entry) -> str:
    chance = "fixed margins" if entry.has_null else "its own" if entry.draws else ""
    marks = (entry.has_floor, entry.has_band)
    floor, band = ("yes" if mark else "" for mark in marks)
    costly = "yes" if entry.is_costly else ""
    graph = entry.graph.value if entry.graph else "ties"
    return f"| `{entry.name}` | {graph} | {floor} | {band} | {chance} | {costly} |"


def _formulas(known: dict[str, Entry]) -> Iterator[str]:
    by_formula: dict[object, list[Entry]] = {}
    for entry in known.values():
        by_formula.setdefault(entry.formula, []).append(entry)
    for group in by_formula.values():
        formula = group[0].formula
        where = f"{formula.__module__}.{formula.__qualname__}"
        yield f"## {', '.join(f'`{entry.name}`' for entry in group)}\n"
        yield f"`{where}`\n"
        yield f"```text\n{inspect.getdoc(formula)}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE.write_text(page())} characters\n")
