"""A file of acts: every presence checked, acts told apart, and the roster beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from ordito.cohesion.files import values
from ordito.cohesion.files.columns import Coded
from ordito.cohesion.files.reading import Progress, Table
from ordito.cohesion.measures.incidence import FloatArray, IntArray

REQUIRED = ("body", "act", "kind", "day", "lab", "district")
OPTIONAL = ("region", "role", "weight", "sheet")
ALWAYS = 10**9
WITHOUT_SHEET = "missing"


@dataclass(frozen=True)
class Acts:
    """Every presence of the files, and what is known of each act.

    body, act, weight, side            (r,) one per row; body is -1 where nobody is named
    kind, day, lab, district, region   (n_acts,) numbers in `names`, in their order; day from
                                       1970-01-01; name: the number of the act's own name
    has_sheet                          (n_acts,)
    names                              the texts behind the numbers, by column
    notes                              what a reader of the results should know of the files
    """

    body: IntArray
    act: IntArray
    weight: FloatArray
    side: IntArray
    kind: IntArray
    day: IntArray
    lab: IntArray
    district: IntArray
    region: IntArray
    name: IntArray
    has_sheet: np.ndarray
    names: dict[str, tuple[str, ...]]
    columns: frozenset[str]
    notes: tuple[str, ...] = field(default=())

    @property
    def n_acts(self) -> int:
        return len(self.day)


def read_acts(
    paths: Sequence[Path], *, by: str = "", progress: Progress = lambda _share: None
) -> Acts:
    """Read files of acts, one row per body and act, as one.

    by    the column, of those that may be empty, that no row may leave empty

    A row without a body is an act of which the sheet says that nobody came (`closed`), or that
    has no sheet (`missing`). Raises BadFile, with file, row and reason, at the first row that
    cannot be read, that lacks act or day, that has neither body nor sheet, or that contradicts an
    earlier row of its act; OSError when a file cannot be opened. Acts are told apart by district,
    lab and act.
    """
    more = tuple(name for name in OPTIONAL if name == by)
    table = Table((*REQUIRED, *more), tuple(name for name in OPTIONAL if name != by))
    for number, path in enumerate(paths):
        table.read(path, partial(_share, progress, number, len(paths)))
    return _acts(table, by)


def _acts(table: Table, by: str) -> Acts:
    columns = {name: table.column(name) for name in (*REQUIRED, *OPTIONAL)}
    has_sheet = _sheets(table, columns["sheet"])
    for name in ("act", "day", *([by] if by else [])):
        _no_blanks(table, columns[name], name)
    _no_blanks(table, columns["body"], "body", where=columns["sheet"].codes < 0)
    days = _parsed(table, columns["day"], values.day, ALWAYS).astype(np.int64)
    act, first = _acts_of(columns)
    _agree(table, days, act, first, "day", "un'altra data")
    _agree(table, columns["kind"].codes, act, first, "kind", "un altro tipo")
    _agree(table, columns["region"].codes, act, first, "region", "un'altra regione")
    _agree(table, has_sheet.astype(np.int64), act, first, "sheet", "un foglio diverso")
    of_act = {name: columns[name].codes[first].astype(np.int64) for name in REQUIRED + OPTIONAL}
    return Acts(
        body=np.where(has_sheet, columns["body"].codes, -1).astype(np.int64),
        act=act,
        weight=_parsed(table, columns["weight"], values.weight, 1.0),
        side=_parsed(table, columns["role"], values.side, 0).astype(np.int64),
        kind=of_act["kind"],
        day=days[first],
        lab=of_act["lab"],
        district=of_act["district"],
        region=of_act["region"],
        name=of_act["act"],
        has_sheet=has_sheet[first],
        names={name: column.values for name, column in columns.items()},
        columns=frozenset(table.present),
        notes=_notes(table),
    )


def _share(progress: Progress, number: int, n_files: int, share: float) -> None:
    progress((number + share) / n_files)


def _notes(table: Table) -> tuple[str, ...]:
    if not table.n_foreign:
        return ()
    return (f"{table.n_foreign} valori non erano in UTF-8: sono stati letti come Windows-1252",)


def _no_blanks(table: Table, column: Coded, name: str, where: np.ndarray | None = None) -> None:
    blank = column.codes < 0 if where is None else (column.codes < 0) & where
    if blank.any():
        raise table.refuse(int(np.argmax(blank)), f"la colonna «{name}» è vuota")


def _sheets(table: Table, column: Coded) -> np.ndarray:
    """(r,) whether the row belongs to an act whose attendance sheet is there."""
    known = {WITHOUT_SHEET: False, "closed": True}
    for number, text in enumerate(column.values):
        if text.lower() not in known:
            row = int(np.argmax(column.codes == number))
            raise table.refuse(row, f"il foglio «{text}» non è «closed» o «{WITHOUT_SHEET}»")
    return np.asarray([*(known[text.lower()] for text in column.values), True])[column.codes]


def _parsed(table: Table, column: Coded, parse: Callable[[str], float], empty: float) -> FloatArray:
    try:
        return column.parsed(parse, empty)
    except ValueError:
        wrong = []
        for number, text in enumerate(column.values):
            try:
                parse(text)
            except ValueError as error:
                wrong.append((int(np.argmax(column.codes == number)), str(error)))
        raise table.refuse(*min(wrong)) from None


def _acts_of(columns: dict[str, Coded]) -> tuple[IntArray, IntArray]:
    """The number of each row's act, and the first row of each act."""
    key = columns["act"].codes.astype(np.int64)
    for name in ("lab", "district"):
        codes = columns[name].codes.astype(np.int64) + 1
        key = key * (int(codes.max(initial=0)) + 1) + codes
    _keys, first, act = np.unique(key, return_index=True, return_inverse=True)
    return act.astype(np.int64), first


def _agree(
    table: Table, numbers: IntArray, act: IntArray, first: IntArray, name: str, what: str
) -> None:
    differs = numbers != numbers[first][act]
    if differs.any():
        row = int(np.argmax(differs))
        earlier = int(first[act[row]])
        path, line = table.place(earlier)
        where = f"alla riga {line} di {path.name}"
        raise table.refuse(row, f"«{name}»: lo stesso atto aveva {what} {where}")
