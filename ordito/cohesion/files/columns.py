"""The columns of a file, and what is said when one is missing or a row cannot be read."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from ordito.cohesion.measures.incidence import FloatArray, IntArray


class Refused(Exception):
    """What was asked cannot be done; the message says why."""


class BadFile(Refused):
    """A file cannot be measured; the message, for its reader, says which row and why."""

    def __init__(self, path: Path | str, reason: str, row: int | None = None) -> None:
        where = f"{Path(path).name}, riga {row}" if row else Path(path).name
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True)
class Coded:
    """A column of text: for each row the number of its value, -1 where it is empty."""

    codes: IntArray
    values: tuple[str, ...]

    def parsed(self, parse: Callable[[str], float], empty: float) -> FloatArray:
        """A number for each row, each distinct value parsed once; raises what `parse` raises."""
        numbers = np.asarray([*map(parse, self.values), empty], dtype=float)
        return numbers[self.codes]


class Coder:
    """Gives numbers to texts as they come, the same to the same text however it was written."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._seen: dict[bytes, int] = {}
        self.n_foreign = 0

    def numbers(self, raw: Iterable[bytes | None]) -> IntArray:
        """The number of each text, -1 for nothing and blanks."""
        return np.asarray([self._number(text) for text in raw], dtype=np.int64)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def _number(self, raw: bytes | None) -> int:
        if raw is None:
            return -1
        found = self._seen.get(raw)
        if found is None:
            text = self._text(raw)
            found = self._numbers.setdefault(text, len(self._numbers)) if text else -1
            self._seen[raw] = found
        return found

    def _text(self, raw: bytes) -> str:
        text, is_foreign = decoded(raw)
        self.n_foreign += is_foreign
        return unicodedata.normalize("NFC", text.strip())


def decoded(raw: bytes) -> tuple[str, bool]:
    """A text, and whether it was not in UTF-8 but, as old spreadsheets write, in Windows-1252."""
    try:
        return raw.decode(), False
    except UnicodeDecodeError:
        # Its five undefined bytes are kept visible.
        return raw.decode("cp1252", errors="backslashreplace"), True


def find_columns(
    path: Path | str, header: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> dict[str, str]:
    """The name in the file of each column asked for; letter case and outer blanks do not matter.

    Raises BadFile, with the nearest name, when a required column is missing, when one is there
    twice, and when an unknown column is a likely slip for an optional one.
    """
    plain = [name.strip().lower() for name in header]
    known = [*required, *optional]
    for name in known:
        if plain.count(name) > 1:
            raise BadFile(path, f"la colonna «{name}» c'è due volte", 1)
    strangers = [name for name in plain if name not in known]
    for name in required:
        if name not in plain:
            near = get_close_matches(name, strangers, n=1, cutoff=0.5)
            hint = f"; forse è «{near[0]}»" if near else ""
            there = ", ".join(plain) or "nessuna"
            raise BadFile(path, f"manca la colonna «{name}»{hint} (ci sono: {there})", 1)
    for stranger in strangers:
        near = get_close_matches(stranger, optional, n=1, cutoff=0.8)
        if near and near[0] not in plain:
            raise BadFile(path, f"la colonna «{stranger}» non è nota; forse è «{near[0]}»", 1)
    return {name: header[plain.index(name)] for name in known if name in plain}
