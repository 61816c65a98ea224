"""The canonical form of a stretch of text: NFC, plain spaces, nothing invisible."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import regex

from ordito.texts.engine.model import Mark


class Change(StrEnum):
    """What was normalised."""

    COMPOSED = "composed"  # decomposed accents
    SPACES = "spaces"  # no-break, double and outer spaces
    SOFT_HYPHEN = "soft_hyphen"
    ZERO_WIDTH = "zero_width"
    BIDI = "bidi"  # direction controls
    CONTROL = "control"


# A joiner is kept where it makes one sign of several: between pictographs, or in Indic and
# Arabic writing.
JOINER = r"(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\p{Arabic}\p{Indic_Syllabic_Category=Virama}])"
REMOVALS = (
    (Change.SOFT_HYPHEN, regex.compile("\u00ad")),
    (Change.ZERO_WIDTH, regex.compile(f"[\u200b\u2060\ufeff]|{JOINER}[\u200c\u200d]")),
    (Change.BIDI, regex.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    (
        Change.CONTROL,
        regex.compile(r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}--[\s]]", regex.VERSION1),
    ),
)
ORDINARY = regex.compile(
    r"(?:[!-~\u00c0-\u00d6\u00d8-\u00f6\u2018-\u201d]+ )*[!-~\u00c0-\u00d6\u00d8-\u00f6\u2018-\u201d]+"
)


def plain(text: str, marks: Iterable[Mark] = ()) -> tuple[str, tuple[Mark, ...], Counter[Change]]:
    """The text in canonical form, its marks moved along, and how many changes of each sort."""
    changes: Counter[Change] = Counter()
    if ORDINARY.fullmatch(text):
        return text, tuple(_joined(marks)), changes
    bounds = sorted({0, len(text)} | {place for mark in marks for place in (mark.start, mark.end)})
    pieces, moved = "", {0: 0}
    for start, end in zip(bounds, bounds[1:], strict=False):
        pieces += _cleaned(text[start:end], changes)
        moved[end] = len(pieces)
    whole, places = _spaced(pieces, changes)
    if not unicodedata.is_normalized("NFC", whole):  # a mark begins between a letter and its accent
        return unicodedata.normalize("NFC", whole), (), changes
    kept = (Mark(places[moved[m.start]], places[moved[m.end]], m.kind) for m in marks)
    return whole, tuple(_joined(mark for mark in kept if mark.start < mark.end)), changes


def _cleaned(piece: str, changes: Counter[Change]) -> str:
    for change, pattern in REMOVALS:
        piece, count = pattern.subn("", piece)
        changes[change] += count
    composed = unicodedata.normalize("NFC", piece)
    changes[Change.COMPOSED] += composed != piece
    return composed


def _spaced(text: str, changes: Counter[Change]) -> tuple[str, list[int]]:
    """The text with single spaces and none outside, and where each code point went."""
    places, out = [], ""
    for char in text:
        places.append(len(out))
        if not char.isspace():
            out += char
        elif out and out[-1] != " ":
            out += " "
    places.append(len(out))
    spaced = out.rstrip(" ")
    changes[Change.SPACES] += spaced != text
    return spaced, [min(place, len(spaced)) for place in places]


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in order, those of one kind that touch made one."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.kind, mark.start, mark.end)):
        last = found[-1] if found else None
        if last and last.kind == mark.kind and mark.start <= last.end:
            found[-1] = Mark(last.start, max(last.end, mark.end), mark.kind)
        else:
            found.append(mark)
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind))
