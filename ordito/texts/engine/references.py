"""Articles cited inside the text, once articles have changed their number: found, not rewritten."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from ordito.texts.engine.labels import labels
from ordito.texts.engine.model import Style, Version
from ordito.texts.engine.numbering import SUFFIXES

# "art. 5 della legge", "articolo 68 del CAD" are of another text; "del presente" are of this one.
ELSEWHERE = r"(?!\s*,?\s*(?:co(?:mma|mmi|\.)\s*[\w-]+\s*,?\s*)?(?:d(?:i|el|ello|ella|ei|elle)\s|dell[’'])(?!\s*present[ei]|\s*quest[oa]))"
CITED = regex.compile(
    rf"(?i)\bart(?:icolo|icoli|\.|t\.)\s*(?P<number>\d++)(?:-(?P<suffix>{SUFFIXES})\b)?{ELSEWHERE}"
)


@dataclass(frozen=True, slots=True)
class StaleReference:
    """A citation whose article now has another label; `label` is empty when it is gone."""

    clause: str
    start: int
    end: int
    quote: str
    target: str
    label: str


def stale_references(old: Version, new: Version) -> Iterator[StaleReference]:
    """The citations of the new version that were right in the old one and no longer are."""
    before = _articles(old)
    after = {clause: label for label, clause in _articles(new).items()}
    changed = {label: c for label, c in before.items() if after.get(c) != label}
    for clause in new:
        for found in CITED.finditer(clause.text):
            suffix = f"-{found['suffix'].lower()}" if found["suffix"] else ""
            target = changed.get(f"Art. {found['number']}{suffix}")
            if target and clause.id in old.by_id:
                yield StaleReference(
                    clause.id, found.start(), found.end(), found[0], target, after.get(target, "")
                )


def _articles(version: Version) -> dict[str, str]:
    found = labels(version)
    return {
        found[clause.id].full: clause.id
        for clause in version
        if clause.number and clause.number.style is Style.ARTICLE
    }
