"""Numbers typed by hand: found at the head of a text, read, and set aside."""

from dataclasses import dataclass

import regex

from ordito.texts.engine.model import Kind, Number, Style

ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
ROMAN_TENS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
SUFFIXES = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"
END = r"(?:\s*[.:–—-]+\s*|\s+|$)"
PARTITION = regex.compile(
    rf"(?i)(?P<word>titolo|capo|sezione|articolo|art\.)\s*"
    rf"(?P<number>\d+|[ivxlcdm]+)(?:[\s-]+(?P<suffix>{SUFFIXES})\b)?{END}"
)
PARTITIONS = {
    "titolo": Style.TITLE,
    "capo": Style.CHAPTER,
    "sezione": Style.SECTION,
    "articolo": Style.ARTICLE,
    "art.": Style.ARTICLE,
}
ITEM = regex.compile(
    rf"(?:(?P<letter>(?P<char>[a-z])(?P=char)*)\)|(?P<roman>[ivx]+)\)"
    rf"|(?P<decimal>\d{{1,3}})(?:-(?P<suffix>{SUFFIXES}))?[.)])(?:\s+|$)"
)
OUTLINE = regex.compile(r"(?P<path>\d{1,3}(?:\.\d{1,3})*)\.?\s+(?=\S)")
BULLET = regex.compile(r"[•◦▪‣·–—*-]\s+")
ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Typed:
    """A number read at the head of a text: how it counts, its value (0 for a bullet), the rest."""

    style: Style
    value: int
    suffix: str
    length: int
    path: tuple[int, ...] = ()

    @property
    def number(self) -> Number:
        return Number(self.style, suffix=self.suffix)


def typed_number(text: str, kind: Kind) -> Typed | None:
    """The number that someone typed at the head of a heading, a paragraph or a list item."""
    if kind in (Kind.HEADING, Kind.PARA) and (found := PARTITION.match(text)):
        return _partition(found, kind)
    if kind is Kind.HEADING:
        return _outline(text)
    if kind not in (Kind.PARA, Kind.LIST_ITEM):
        return None
    if found := BULLET.match(text):
        return Typed(Style.BULLET, 0, "", found.end())
    return _item(text)


def _partition(found: regex.Match[str], kind: Kind) -> Typed | None:
    word, number = found["word"].lower(), found["number"].lower()
    value = int(number) if number.isdigit() else from_roman(number)
    # "Art. 5 del regolamento si applica" opens a sentence; a title does not go on in lower case.
    rest = found.string[found.end() :]
    if not value or (kind is Kind.PARA and (len(rest) > 120 or rest[:1].islower())):
        return None
    return Typed(PARTITIONS[word], value, (found["suffix"] or "").lower(), found.end())


def _outline(text: str) -> Typed | None:
    found = OUTLINE.match(text)
    if not found:
        return None
    path = tuple(int(part) for part in found["path"].split("."))
    return Typed(Style.DECIMAL, path[-1], "", found.end(), path)


def _item(text: str) -> Typed | None:
    found = ITEM.match(text)
    if not found:
        return None
    if found["decimal"]:
        return Typed(Style.DECIMAL, int(found["decimal"]), found["suffix"] or "", found.end())
    if found["letter"]:
        return Typed(Style.LETTER, from_letters(found["letter"]), "", found.end())
    return Typed(Style.ROMAN, from_roman(found["roman"]), "", found.end())


def as_roman_item(typed: Typed, text: str) -> Typed:
    """The same head read as a roman number: "i)" after "h)" is a letter, elsewhere it is one."""
    value = from_roman(text[: text.index(")")])
    return Typed(Style.ROMAN, value, "", typed.length) if value else typed


def to_letters(value: int) -> str:
    """1 is a, 26 is z, 27 is aa, 28 is bb: past the alphabet the letter is doubled."""
    turn, letter = divmod(value - 1, ALPHABET)
    return chr(ord("a") + letter) * (turn + 1)


def from_letters(letters: str) -> int:
    return (len(letters) - 1) * ALPHABET + ord(letters[0]) - ord("a") + 1


def to_roman(value: int) -> str:
    letters = ""
    for worth, sign in ROMAN_TENS + ((40, "xl"), *ROMAN):
        count, value = divmod(value, worth)
        letters += sign * count
    return letters


def from_roman(letters: str) -> int:
    """The value of a roman number in lower case, 0 when it is not one."""
    rest, value = letters, 0
    for worth, sign in ROMAN_TENS + ((40, "xl"), *ROMAN):
        while rest.startswith(sign):
            rest, value = rest[len(sign) :], value + worth
    return value if not rest and to_roman(value) == letters else 0
