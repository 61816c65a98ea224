"""How a DOCX counts its paragraphs: the definitions of its lists, and the count itself."""

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from ordito.texts.engine.model import Number, Style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = {
    "bullet": Style.BULLET,
    "lowerLetter": Style.LETTER,
    "upperLetter": Style.LETTER,
    "lowerRoman": Style.ROMAN,
    "upperRoman": Style.ROMAN,
}
PARTITIONS = {
    "art": Style.ARTICLE,
    "titolo": Style.TITLE,
    "capo": Style.CHAPTER,
    "sezione": Style.SECTION,
}


@dataclass(frozen=True)
class _Level:
    style: Style | None
    start: int


@dataclass
class Lists:
    """The lists of a document. `count` advances the one a paragraph belongs to."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    abstract: dict[str, str] = field(default_factory=dict)  # by list
    restarts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    values: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def count(self, list_id: str, depth: int) -> tuple[Number, int] | None:
        """How the next paragraph of a list counts, and its value; None when it has no number."""
        abstract = self.abstract.get(list_id, "")
        level = self.levels.get(abstract, {}).get(depth)
        if level is None or level.style is None:
            return None
        values = self.values[abstract]
        start = self.restarts[list_id].pop(depth, None)
        if start is None:
            start = values[depth] + 1 if depth in values else level.start
        values[depth] = start
        for deeper in [other for other in values if other > depth]:
            del values[deeper]
        return Number(level.style), 0 if level.style is Style.BULLET else start


def read_lists(root: etree._Element | None) -> Lists:
    lists = Lists()
    if root is None:
        return lists
    for abstract in root.iter(f"{W}abstractNum"):
        lists.levels[value(abstract, "abstractNumId")] = {
            int(value(level, "ilvl") or 0): _level(level) for level in abstract.iter(f"{W}lvl")
        }
    for num in root.iter(f"{W}num"):
        list_id = value(num, "numId")
        lists.abstract[list_id] = of(num, "abstractNumId")
        for override in num.iter(f"{W}lvlOverride"):
            start = of(override, "startOverride")
            if start.isdigit():
                lists.restarts[list_id][int(value(override, "ilvl") or 0)] = int(start)
    return lists


def _level(level: etree._Element) -> _Level:
    form, written = of(level, "numFmt") or "decimal", of(level, "lvlText").lower()
    start = of(level, "start")
    style: Style | None = STYLES.get(form, Style.DECIMAL)
    for word, partition in PARTITIONS.items():
        if written.startswith(word):
            style = partition
    if form == "none" or (form != "bullet" and "%" not in written):
        style = None
    return _Level(style, int(start) if start.isdigit() else 1)


def value(element: etree._Element, name: str) -> str:
    """An attribute of an element, empty when it is not there."""
    return str(element.get(f"{W}{name}", ""))


def of(element: etree._Element, child: str) -> str:
    """The `val` of a child of an element, empty when it is not there."""
    found = element.find(f"{W}{child}")
    return "" if found is None else value(found, "val")
