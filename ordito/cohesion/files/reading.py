"""Rows of CSV and Parquet files, read in batches and coded column by column."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from ordito.cohesion.files.columns import BadFile, Coded, Coder, decoded, find_columns

BATCH = 1 << 17
BLOCK = 1 << 23
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
IDENTITIES = frozenset(("body", "act", "kind", "lab", "district", "region"))
"""Columns of names: a number with a point is none."""
ROW = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")

Progress = Callable[[float], None]
"""Told, now and then, which share of the reading is done."""


class Table:
    """Columns of one or more files, one after the other, each row knowing where it stood."""

    def __init__(self, required: Sequence[str], optional: Sequence[str]) -> None:
        self._required, self._optional = required, optional
        self._coders = {name: Coder() for name in (*required, *optional)}
        self._parts: dict[str, list[np.ndarray]] = {name: [] for name in self._coders}
        self._starts: list[tuple[int, Path]] = []
        self.present: set[str] = set()
        self.n_rows = 0

    @property
    def n_foreign(self) -> int:
        """Distinct texts that were not UTF-8, read as Windows-1252."""
        return sum(coder.n_foreign for coder in self._coders.values())

    def read(self, path: Path, progress: Progress = lambda _share: None) -> None:
        """Add the rows of a file; raises BadFile, FileNotFoundError and other OSErrors."""
        self._starts.append((self.n_rows, path))
        try:
            batches = _parquet(path) if _is_parquet(path) else _csv(path)
            header = next(batches).schema.names
            found = find_columns(path, header, self._required, self._optional)
            self.present |= found.keys()
            total = max(path.stat().st_size, 1)
            done = 0
            for batch in batches:
                self._add(path, batch, found)
                done += batch.nbytes
                progress(min(done / total, 1.0))
        except pa.ArrowInvalid as error:
            raise BadFile(path, *_reason(str(error))) from None

    def column(self, name: str) -> Coded:
        """A column whose numbers follow the order of its values, whatever the order of rows."""
        parts, values = self._parts.pop(name), self._coders[name].values
        codes = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
        order = sorted(range(len(values)), key=values.__getitem__)
        rank = np.full(len(values) + 1, -1, dtype=np.int32)
        rank[order] = np.arange(len(values))
        return Coded(rank[codes].astype(np.int64), tuple(values[number] for number in order))

    def place(self, row: int) -> tuple[Path, int]:
        """The file of a row counted from 0 over all files, and its line there (the header is 1)."""
        start, path = [one for one in self._starts if one[0] <= row][-1]
        return path, row - start + 2

    def refuse(self, row: int, reason: str) -> BadFile:
        path, line = self.place(row)
        return BadFile(path, reason, line)

    def _add(self, path: Path, batch: pa.RecordBatch, found: dict[str, str]) -> None:
        for name, coder in self._coders.items():
            if name in found:
                encoded = _encoded(path, name, batch.column(batch.schema.names.index(found[name])))
                numbers = coder.numbers(_texts(encoded.dictionary).to_pylist())
                # `to_numpy` would import pandas where it is installed, for a second and 60 MB.
                codes = np.from_dlpack(encoded.indices.fill_null(-1))
                self._parts[name].append(np.append(numbers, -1)[codes].astype(np.int32))
            else:
                self._parts[name].append(np.full(len(batch), -1, dtype=np.int32))
        self.n_rows += len(batch)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _csv(path: Path) -> Iterator[pa.RecordBatch]:
    """An empty batch with the header, then the rows, every cell as the bytes it is written in."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if not start.strip():
        raise BadFile(path, "il file è vuoto")
    encoding = "utf-16" if start.startswith(UTF_16) else "utf8"
    line, number = _first_line(start.decode(encoding, "replace") if encoding != "utf8" else start)
    separator = max(",;\t", key=line.count)
    names = [name.strip() for name in next(csv.reader([line], delimiter=separator))]
    columns = [(name, pa.binary()) for name in names]
    yield pa.RecordBatch.from_arrays(
        [pa.array([], kind) for _name, kind in columns], schema=pa.schema(columns)
    )
    yield from pacsv.open_csv(
        path,
        read_options=pacsv.ReadOptions(
            use_threads=False,
            block_size=BLOCK,
            encoding=encoding,
            column_names=names,
            skip_rows=number,
        ),
        parse_options=pacsv.ParseOptions(delimiter=separator),
        convert_options=pacsv.ConvertOptions(
            check_utf8=False, column_types=dict(columns), strings_can_be_null=False
        ),
    )


def _first_line(start: str | bytes) -> tuple[str, int]:
    """The first line that says something, and its number from 1."""
    if isinstance(start, bytes):
        lines = [decoded(line)[0] for line in start.splitlines()]
    else:
        lines = re.split("\r\n|\r|\n", start)
    number = next(number for number, line in enumerate(lines) if line.strip("\ufeff \t"))
    return lines[number].lstrip("\ufeff"), number + 1


def _parquet(path: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        yield pa.RecordBatch.from_pylist([], schema=file.schema_arrow)
        yield from file.iter_batches(batch_size=BATCH)


def _encoded(path: Path, name: str, column: pa.Array) -> pa.DictionaryArray:
    """A column as numbers of its values; raises BadFile for types that hold no text, number or
    day."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _encoded(path, name, column.dictionary_decode())
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind)
    is_day = pa.types.is_temporal(kind) and name in {"day", "from", "to"}
    is_number = pa.types.is_integer(kind) or (
        name not in IDENTITIES and (pa.types.is_floating(kind) or pa.types.is_boolean(kind))
    )
    if not (is_text or is_day or is_number or pa.types.is_null(kind)):
        raise BadFile(path, f"la colonna «{name}» ha il tipo {kind}, che non si legge come testo")
    return column.dictionary_encode()


def _texts(values: pa.Array) -> pa.Array:
    """Values as bytes; a moment as the day of the place where it was written."""
    if pa.types.is_binary(values.type):
        return values
    if pa.types.is_timestamp(values.type):
        local = pc.local_timestamp(values) if values.type.tz else values
        values = local.cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
    return values.cast(pa.string()).cast(pa.binary())


def _reason(message: str) -> tuple[str, int | None]:
    if found := ROW.search(message):
        row, expected, got = map(int, found.groups())
        return f"ha {got} colonne invece di {expected}", row
    return f"il file non si legge ({message.splitlines()[0]})", None


def header_of(path: Path) -> list[str]:
    """The names of the columns of a file; raises BadFile and OSErrors."""
    try:
        return list(next(_parquet(path) if _is_parquet(path) else _csv(path)).schema.names)
    except pa.ArrowInvalid as error:
        raise BadFile(path, *_reason(str(error))) from None
