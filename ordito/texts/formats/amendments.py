"""A file of amendments: read, and its clauses found by label or by identifier."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ordito.texts.engine.identity import derived_id
from ordito.texts.engine.labels import labels
from ordito.texts.engine.model import Clause, Kind, Number, Style, Version
from ordito.texts.engine.numbering import SUFFIXES
from ordito.texts.engine.operations import (
    Amendment,
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Replace,
    Retitle,
    Split,
    rewrite,
)
from ordito.texts.engine.plain import plain
from ordito.texts.formats.reading import decoded
from ordito.texts.formats.refusals import Refusal, Refused

FORMAT = "ordito-amendments/1"
FILE = {"format": str, "amendments": list}
FILE_MAY = {"base": str, "accepted": list, "rejected": list, "title": str}
AMENDMENT = {"id": str, "by": str, "operations": list}
AMENDMENT_MAY = {"reason": str}
# What each operation needs, and what it may have beside "do" and "hash".
OPERATIONS: dict[str, tuple[Mapping[str, type], Mapping[str, type]]] = {
    "replace": ({"clause": str, "words": str, "with": str}, {"occurrence": int}),
    "rewrite": ({"clause": str, "text": str}, {}),
    "retitle": ({"clause": str, "text": str}, {}),
    "insert": (
        {"text": str},
        {"after": str, "before": str, "under": str, "kind": str, "suffix": str},
    ),
    "delete": ({"clause": str}, {}),
    "move": ({"clause": str}, {"after": str, "before": str, "under": str}),
    "split": ({"clause": str, "before": str}, {"occurrence": int}),
    "merge": ({"clause": str, "with": str}, {}),
}
PLACES = ("after", "before", "under")


@dataclass(frozen=True)
class AmendmentFile:
    """accepted  the ids that win their clashes; rejected  those left out of the merge"""

    amendments: tuple[Amendment, ...]
    accepted: tuple[str, ...]
    rejected: tuple[str, ...]


def read_amendments(path: Path, base: Version) -> AmendmentFile:
    """The amendments of a JSON file, on the clauses of `base`. Raises Refused, with the path in
    the file of what is wrong, or with its line when it is not JSON."""
    text = decoded(path.read_bytes())
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(Refusal.NOT_JSON, f"line:{error.lineno}", str(error.colno)) from error
    except RecursionError as error:
        raise Refused(Refusal.NOT_JSON) from error
    _check(data, "", FILE, FILE_MAY)
    if data["format"] != FORMAT:
        raise Refused(Refusal.WRONG_SHAPE, "json:format", FORMAT)
    if data.get("base", base.hash) != base.hash:
        raise Refused(Refusal.OTHER_BASE, "json:base")
    finder = _Finder(base)
    amendments = tuple(
        _amendment(one, f"amendments[{number}]", finder)
        for number, one in enumerate(data["amendments"])
    )
    known = {amendment.id for amendment in amendments}
    return AmendmentFile(amendments, _ids(data, "accepted", known), _ids(data, "rejected", known))


@dataclass
class _Finder:
    """The clauses of the base by identifier and by label."""

    base: Version
    by_name: dict[str, Clause] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for clause_id, label in labels(self.base).items():
            self.by_name[_folded(label.full)] = self.base.by_id[clause_id]
        for clause in self.base:
            self.by_name[_folded(clause.id)] = clause

    def find(self, data: dict[str, Any], key: str, where: str) -> Clause:
        clause = self.by_name.get(_folded(data[key]))
        if clause is None:
            raise Refused(Refusal.CLAUSE_ABSENT, f"json:{where}.{key}", data[key])
        return clause


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _check(
    data: object, where: str, needed: Mapping[str, type], allowed: Mapping[str, type]
) -> None:
    """Raises Refused unless `data` is an object with these keys, of these types, and no other."""
    if not isinstance(data, dict):
        raise Refused(Refusal.WRONG_SHAPE, f"json:{where}", "object")
    for key in needed:
        if key not in data:
            raise Refused(Refusal.WRONG_SHAPE, f"json:{where}", key)
    for key, value in data.items():
        expected = {**needed, **allowed}.get(key)
        here = f"json:{where}.{key}" if where else f"json:{key}"
        if expected is None or not isinstance(value, expected) or isinstance(value, bool):
            raise Refused(Refusal.WRONG_SHAPE, here, expected.__name__ if expected else "")


def _ids(data: dict[str, Any], key: str, known: set[str]) -> tuple[str, ...]:
    names = [plain(one)[0] if isinstance(one, str) else "" for one in data.get(key, ())]
    for number, name in enumerate(names):
        if name not in known:
            raise Refused(Refusal.WRONG_SHAPE, f"json:{key}[{number}]", name)
    return tuple(names)


def _amendment(data: Any, where: str, finder: _Finder) -> Amendment:
    _check(data, where, AMENDMENT, AMENDMENT_MAY)
    if not data["id"].strip() or not data["operations"]:
        raise Refused(
            Refusal.WRONG_SHAPE, f"json:{where}", "id" if data["operations"] else "operations"
        )
    operations: list[Operation] = []
    bases: list[tuple[str, str]] = []
    for number, one in enumerate(data["operations"]):
        here = f"{where}.operations[{number}]"
        _check_operation(one, here)
        operations += _operations(one, here, finder, f"{data['id']}/{number}")
        if "hash" in one:
            bases.append((finder.find(one, "clause", here).id, one["hash"]))
    name, by, reason = (plain(data.get(key, ""))[0] for key in ("id", "by", "reason"))
    return Amendment(name, by, tuple(operations), reason, tuple(bases))


def _check_operation(data: Any, where: str) -> None:
    if not isinstance(data, dict) or data.get("do") not in OPERATIONS:
        raise Refused(Refusal.WRONG_SHAPE, f"json:{where}.do", ", ".join(OPERATIONS))
    needed, allowed = OPERATIONS[data["do"]]
    _check(data, where, {**needed, "do": str}, {**allowed, "hash": str})
    if data["do"] in ("insert", "move") and sum(place in data for place in PLACES) != 1:
        raise Refused(Refusal.WRONG_SHAPE, f"json:{where}", ", ".join(PLACES))


def _operations(
    data: dict[str, Any], where: str, finder: _Finder, name: str
) -> Iterator[Operation]:
    clause = finder.find(data, "clause", where) if "clause" in data else None
    if clause is None:
        yield _insert(data, where, finder, name)
        return
    match data["do"]:
        case "replace":
            yield _replace(data, where, clause)
        case "rewrite":
            yield from rewrite(finder.base, clause.id, plain(data["text"])[0])
        case "retitle":
            yield Retitle(clause.id, plain(data["text"])[0])
        case "delete":
            yield Delete(clause.id)
        case "move":
            yield Move(clause.id, *_slot(data, where, finder)[1:])
        case "split":
            at = _find(data, "before", where, clause)
            yield Split(clause.id, at, derived_id(finder.base.hash, name))
        case _:
            yield Merge(clause.id, finder.find(data, "with", where).id)


def _replace(data: dict[str, Any], where: str, clause: Clause) -> Replace:
    at = _find(data, "words", where, clause)
    end = at + len(plain(data["words"])[0])
    return Replace(clause.id, at, end, plain(data["with"])[0])


def _find(data: dict[str, Any], key: str, where: str, clause: Clause) -> int:
    """Where the quoted words are in a clause: they stand once, or `occurrence` says which."""
    quote, wanted = plain(data[key])[0], data.get("occurrence")
    count = clause.text.count(quote) if quote else 0
    if not count or (wanted is not None and not 1 <= wanted <= count):
        raise Refused(Refusal.QUOTE_ABSENT, f"json:{where}.{key}", quote)
    if count > 1 and wanted is None:
        raise Refused(Refusal.QUOTE_REPEATED, f"json:{where}.{key}", quote)
    at = clause.text.index(quote)
    for _time in range((wanted or 1) - 1):
        at = clause.text.index(quote, at + len(quote))
    return at


def _insert(data: dict[str, Any], where: str, finder: _Finder, name: str) -> Insert:
    beside, parent, after = _slot(data, where, finder)
    given = data.get("kind")
    if given is not None and given not in [*Kind]:
        raise Refused(Refusal.WRONG_SHAPE, f"json:{where}.kind", ", ".join(Kind))
    suffix = data.get("suffix", "")
    if suffix and suffix not in SUFFIXES.split("|"):
        raise Refused(Refusal.WRONG_SHAPE, f"json:{where}.suffix", SUFFIXES.replace("|", ", "))
    if "under" in data and beside.kind is Kind.HEADING and not finder.base.children.get(beside.id):
        kind, style, level = Kind.PARA, None, 0
    else:
        pattern = _pattern(data, finder, beside)
        kind, level = pattern.kind, pattern.level
        style = pattern.number.style if pattern.number else None
    if given and given != kind:
        kind, style, level = Kind(given), None, beside.level + 1 if given == "heading" else 0
    if suffix and style is None:
        style = Style.ARTICLE if kind is Kind.HEADING else Style.DECIMAL
    number = Number(style, suffix=suffix) if style else None
    text = plain(data["text"])[0]
    return Insert(derived_id(finder.base.hash, name), parent, after, kind, text, number, level)


def _pattern(data: dict[str, Any], finder: _Finder, beside: Clause) -> Clause:
    """The clause that a new one resembles: its neighbour, or the last of those it joins."""
    children = finder.base.children.get(beside.id, [])
    if "under" in data:
        return (
            children[-1]
            if children
            else Clause("", Kind.LIST_ITEM, "", number=Number(Style.LETTER))
        )
    return beside


def _slot(
    data: dict[str, Any], where: str, finder: _Finder
) -> tuple[Clause, str | None, str | None]:
    """The clause named, and the parent and the sibling after which something goes."""
    key = next(place for place in PLACES if place in data)
    clause = finder.find(data, key, where)
    siblings = finder.base.children[clause.parent]
    if key == "after":
        return clause, clause.parent, clause.id
    if key == "before":
        rank = finder.base.rank[clause.id]
        return clause, clause.parent, siblings[rank - 1].id if rank else None
    children = finder.base.children.get(clause.id, [])
    return clause, clause.id, children[-1].id if children else None
