"""Labels: how a clause is called in a version ("Art. 3, c. 2, lett. b"), always computed."""

from collections import defaultdict
from dataclasses import dataclass, field

from ordito.texts.engine.model import Clause, Kind, Style, Version
from ordito.texts.engine.numbering import to_letters, to_roman

# Counted through the whole text, wherever they stand; the others begin again in each parent.
THROUGHOUT = (Style.ARTICLE, Kind.TABLE, Kind.NOTE)
BULLET = "•"
PARTITIONS = {
    Style.TITLE: "Titolo {roman}",
    Style.CHAPTER: "Capo {roman}",
    Style.SECTION: "Sez. {roman}",
    Style.ARTICLE: "Art. {value}",
}
ITEMS = {
    Style.LETTER: ("lett. {letters}", "{letters})"),
    Style.ROMAN: ("n. {small}", "{small})"),
    Style.DECIMAL: ("n. {value}", "{value})"),
    Style.BULLET: ("punto {value}", BULLET),
}
PLAIN = {Kind.TABLE: "tab. {value}", Kind.ROW: "riga {value}", Kind.NOTE: "nota {value}"}


@dataclass(frozen=True, slots=True)
class Label:
    """`full` is the whole address; `marker` what stands before the text on paper, if anything."""

    full: str
    marker: str = ""
    value: int = 0


@dataclass
class _Counts:
    """What has been counted so far, by parent and style."""

    values: dict[tuple[str | None, str], int] = field(default_factory=lambda: defaultdict(int))
    outline: dict[str, tuple[int, ...]] = field(default_factory=dict)  # "2.1" as (2, 1)

    def next(self, clause: Clause, style: Style | Kind) -> int:
        place = (None if style in THROUGHOUT else clause.parent, str(style))
        number = clause.number
        if number and number.start is not None:
            self.values[place] = number.start
        elif not (number and number.suffix):
            self.values[place] += 1
        return self.values[place]


def labels(version: Version) -> dict[str, Label]:
    """The label of every clause. Two clauses never share one."""
    counts, found = _Counts(), dict[str, Label]()
    taken: dict[str, int] = defaultdict(int)
    for clause in version:
        label = _label(clause, version, counts, found)
        taken[label.full] += 1
        if taken[label.full] > 1:  # a list that begins again beside another
            full = f"{label.full} ({taken[label.full]})"
            label = Label(full, label.marker, label.value)
        found[clause.id] = label
    return found


def _label(clause: Clause, version: Version, counts: _Counts, found: dict[str, Label]) -> Label:
    if clause.kind is Kind.HEADING:
        return _heading(clause, counts, found)
    parent = version.by_id[clause.parent] if clause.parent else None
    own, marker, value = _own(clause, parent, counts)
    above = found[parent.id].full if parent and clause.kind not in THROUGHOUT else ""
    return Label(f"{above}, {own}" if above else own, marker, value)


def _own(clause: Clause, parent: Clause | None, counts: _Counts) -> tuple[str, str, int]:
    if clause.kind is Kind.CELL:
        return _cell(clause, counts)
    if clause.kind in PLAIN:
        value = counts.next(clause, clause.kind)
        return PLAIN[clause.kind].format(value=value), "", value
    number = clause.number
    if clause.kind is Kind.PARA and (number is None or number.style is Style.DECIMAL):
        return _paragraph(clause, parent, counts)
    style = number.style if number else Style.BULLET
    value = counts.next(clause, style)
    if style in PARTITIONS:
        full = _partition(clause, style, value)
        return full, full, value
    words = {"value": value, "letters": to_letters(max(value, 1)), "small": to_roman(value)}
    full, marker = (form.format(**words) for form in ITEMS[style])
    return full + _suffix(clause), marker, value


def _heading(clause: Clause, counts: _Counts, found: dict[str, Label]) -> Label:
    style = clause.number.style if clause.number else None
    if style in PARTITIONS:
        value = counts.next(clause, style)
        full = _partition(clause, style, value)
        return Label(full, full, value)
    value = counts.next(clause, Kind.HEADING)
    path = (*counts.outline.get(clause.parent or "", ()), value)
    counts.outline[clause.id] = path
    written = ".".join(map(str, path)) + _suffix(clause)
    above = f"{found[clause.parent].full}, " if clause.parent and len(path) == 1 else ""
    return Label(f"{above}§ {written}", f"{written}." if style else "", value)


def _paragraph(clause: Clause, parent: Clause | None, counts: _Counts) -> tuple[str, str, int]:
    """A paragraph of an article is a comma; elsewhere it is counted as a capoverso."""
    of_article = parent and parent.number and parent.number.style is Style.ARTICLE
    value = counts.next(clause, Kind.PARA)
    written = f"{value}{_suffix(clause)}"
    marker = f"{written}." if clause.number else ""
    return f"c. {written}" if of_article else f"cpv. {written}", marker, value


def _cell(clause: Clause, counts: _Counts) -> tuple[str, str, int]:
    """A cell is called by its first column: those before it may cover more than one."""
    place = (clause.parent, str(Kind.CELL))
    value = counts.values[place] + 1
    counts.values[place] += clause.span[1]
    return f"col. {value}", "", value


def _partition(clause: Clause, style: Style, value: int) -> str:
    return PARTITIONS[style].format(value=value, roman=to_roman(value).upper()) + _suffix(clause)


def _suffix(clause: Clause) -> str:
    return f"-{clause.number.suffix}" if clause.number and clause.number.suffix else ""
