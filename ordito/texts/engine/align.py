"""Which clause of a new draft is which of the old one, by content alone: for re-imports.

Inside the platform clauses are paired by identity; a document that comes back by mail has lost
its identifiers and is paired here: equal texts first, then akin ones, then what stands between
the same neighbours. Every pass looks at a bounded number of candidates: time grows with the text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ordito.texts.engine.model import Clause, Kind, Version
from ordito.texts.engine.myers import common_runs
from ordito.texts.engine.order import longest_increasing
from ordito.texts.engine.tokens import words

SHINGLE, POSTINGS, CANDIDATES = 2, 12, 4
AKIN = 0.5  # likeness from which two texts are one clause, wherever they stand
IN_ORDER = 0.2  # what standing between the same neighbours is worth, in likeness
SURE = 0.6  # below, a person is asked
NEAR = 0.3  # the same, between the same neighbours
PIECES = 4  # the most pieces looked for on each side
CONTAINED = 0.75  # share of a piece found in the text that it was split from
SEQUENCE_BOUND = 400
GAP = 40  # the largest stretch between neighbours that is compared all against all
WINDOW = 8  # in a larger one, how far from its place a unit is looked for


@dataclass(frozen=True)
class Alignment:
    """pairs       new id -> old id
    splits      new id -> the old clause of which it is a further piece
    merges      old id -> the new clause that took it in
    unsure      new ids paired on likeness alone and below SURE, or left over beside an old clause left
                over: "new or moved?" is for a person to say
    """

    pairs: dict[str, str]
    splits: dict[str, str]
    merges: dict[str, str]
    unsure: frozenset[str]


@dataclass(frozen=True)
class _Side:
    """The units of a version: what is aligned on its own. Cells follow their row."""

    units: list[Clause]
    texts: list[str]
    bags: dict[int, list[str]]  # the words of those asked for

    def words(self, place: int) -> list[str]:
        if place not in self.bags:
            self.bags[place] = words(self.texts[place])
        return self.bags[place]


def align(old: Version, new: Version) -> Alignment:
    """Pair the clauses of two versions of a text by their content."""
    first, second = _side(old), _side(new)
    matched = _equal(first, second)
    unsure = _akin(first, second, matched)
    _between(first, second, matched, unsure)
    _by_children(first, second, matched)
    splits = _pieces(first, second, matched)
    merges = _pieces(second, first, {i: j for j, i in matched.items()})
    pairs = {second.units[j].id: first.units[i].id for j, i in matched.items()}
    for row, other in list(pairs.items()):
        if new.by_id[row].kind is Kind.ROW:
            pairs |= _cells(old.children.get(other, []), new.children.get(row, []))
    return Alignment(
        pairs,
        {second.units[j].id: first.units[i].id for j, i in splits.items()},
        {first.units[i].id: second.units[j].id for i, j in merges.items()},
        frozenset(second.units[j].id for j in unsure),
    )


def renamed(version: Version, names: dict[str, str]) -> Version:
    """The version with its clauses under other identifiers."""
    return Version(
        tuple(
            replace(clause, id=names[clause.id], parent=clause.parent and names[clause.parent])
            for clause in version
        )
    )


def _side(version: Version) -> _Side:
    units = [clause for clause in version if clause.kind is not Kind.CELL]
    return _Side(units, [_unit_text(clause, version) for clause in units], {})


def _unit_text(clause: Clause, version: Version) -> str:
    """Its text; a row is the text of its cells, a table that of its first rows."""
    if clause.kind is Kind.ROW:
        return " | ".join(cell.text for cell in version.children.get(clause.id, ()))
    if clause.kind is Kind.TABLE:
        rows = version.children.get(clause.id, [])[:GAP]
        return "\n".join(_unit_text(row, version) for row in rows)
    return clause.text


def _equal(first: _Side, second: _Side) -> dict[int, int]:
    """new place -> old place of units with the same text and kind."""
    keys = [[(_sort(u), t) for u, t in zip(s.units, s.texts, strict=True)] for s in (first, second)]
    where: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, key in enumerate(keys[0]):
        where[key].append(place)
    runs = common_runs(keys[0], keys[1], SEQUENCE_BOUND) or []
    matched = {b + n: a + n for a, b, length in runs for n in range(length)}
    taken = set(matched.values())
    counts = Counter(keys[1])
    for place, key in enumerate(keys[1]):
        free = [i for i in where.get(key, ()) if i not in taken][:1]
        # Out of order, a short text such as a cell's "Sì" says nothing of where it comes from.
        is_telling = len(where.get(key, ())) == counts[key] == 1 and len(key[1]) > 3
        if place not in matched and free and (is_telling or len(words(key[1])) > 3):
            matched[place] = free[0]
            taken.add(free[0])
    return matched


def _akin(first: _Side, second: _Side, matched: dict[int, int]) -> set[int]:
    """Pair by likeness, best first, what is not yet paired; returns the places left unsure."""
    unsure, taken = set(), set(matched.values())
    for _rank, _far, j, i, score in sorted(_candidates(first, second, matched)):
        if j not in matched and i not in taken:
            matched[j] = i
            taken.add(i)
            if score < SURE:
                unsure.add(j)
    return unsure


def _candidates(
    first: _Side, second: _Side, matched: dict[int, int]
) -> Iterator[tuple[float, int, int, int, float]]:
    """For each new unit the few old ones that share most of its pairs of words, when akin; those
    that stand between the same neighbours come first."""
    left = set(range(len(first.units))) - set(matched.values())
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in sorted(left):
        for shingle in set(_shingles(first.words(i))):
            index[shingle].append(i)
    spine = [*_spine(matched), (len(second.units), len(first.units))]
    before, stop = (-1, -1), iter(spine)
    after = next(stop)
    for j in range(len(second.units)):
        while j >= after[0]:
            before, after = after, next(stop)
        if j in matched:
            continue
        for i in _sharing(index, second.words(j)):
            score = _likeness(first.words(i), second.words(j))
            if score >= AKIN and _sort(first.units[i]) == _sort(second.units[j]):
                in_order = before[1] < i < after[1]
                yield -score - IN_ORDER * in_order, abs(i - j), j, i, score


def _sharing(index: dict[tuple[str, ...], list[int]], bag: list[str]) -> list[int]:
    shared: Counter[int] = Counter()
    for shingle in set(_shingles(bag)):
        found = index.get(shingle, ())
        if len(found) <= POSTINGS:
            shared.update(found)
    return [i for i, _count in shared.most_common(CANDIDATES)]


def _spine(matched: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs that did not change order, as new and old places."""
    pairs = sorted(matched.items())
    return [pairs[n] for n in longest_increasing([i for _j, i in pairs])]


def _between(first: _Side, second: _Side, matched: dict[int, int], unsure: set[int]) -> None:
    """Pair what is left between the same two neighbours, in order, when it is somewhat akin."""
    taken = set(matched.values())
    before = (-1, -1)
    for j, i in [*_spine(matched), (len(second.units), len(first.units))]:
        news = [n for n in range(before[0] + 1, j) if n not in matched]
        olds = [n for n in range(before[1] + 1, i) if n not in taken]
        if news and olds:
            _pair_gap(first, second, olds, news, matched, unsure)
        before = (j, i)


def _by_children(first: _Side, second: _Side, matched: dict[int, int]) -> None:
    """Pair what introduces the same children, however it was reworded."""
    places = [{unit.id: n for n, unit in enumerate(side.units)} for side in (first, second)]
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    taken = set(matched.values())
    for j, i in matched.items():
        above = (second.units[j].parent, first.units[i].parent)
        if None not in above:
            votes[places[1][str(above[0])]][places[0][str(above[1])]] += 1
    for j, asked in votes.items():
        i, _count = asked.most_common(1)[0]
        same = _sort(first.units[i]) == _sort(second.units[j])
        if j not in matched and i not in taken and same:
            matched[j] = i
            taken.add(i)


def _pair_gap(
    first: _Side,
    second: _Side,
    olds: list[int],
    news: list[int],
    matched: dict[int, int],
    unsure: set[int],
) -> None:
    start = 0
    for place, j in enumerate(news):
        centre = place * len(olds) // len(news)
        reach = GAP if len(olds) <= GAP else WINDOW
        options = [
            (_likeness(first.words(olds[n]), second.words(j)), -abs(n - centre), n)
            for n in range(max(start, centre - reach), min(len(olds), centre + reach))
            if _sort(first.units[olds[n]]) == _sort(second.units[j])
        ]
        score, _near, n = max(options, default=(0.0, 0, 0))
        alone = len(olds) == len(news) == 1 and len(second.words(j)) <= 4 and options
        if score >= NEAR or alone:
            matched[j] = olds[n]
            start = n + 1
        elif options:
            unsure.add(j)


def _pieces(first: _Side, second: _Side, matched: dict[int, int]) -> dict[int, int]:
    """Units of `second` without a pair whose words are, for the most part, in the old text of a
    neighbour that no longer holds them: the further pieces of a split (or, the sides exchanged,
    the parts of a merge)."""
    found: dict[int, int] = {}
    lost = {
        j: _lost(first.words(i), second.words(j))
        for j, i in matched.items()
        if first.texts[i] != second.texts[j]
    }
    for j in range(len(second.units)):
        if j in matched or second.units[j].kind in (Kind.ROW, Kind.TABLE):
            continue
        piece = second.words(j)
        for beside in (_beside(j, -1, matched), _beside(j, 1, matched)):
            is_long = beside in lost and len(piece) > 2
            if is_long and _shared(piece, lost[beside]) >= CONTAINED * len(piece):
                found[j] = matched[beside]
                lost[beside] -= Counter(piece)
                break
    return found


def _beside(place: int, step: int, matched: dict[int, int]) -> int:
    """The nearest unit with a pair on one side, a few steps away at most."""
    reach = range(place + step, place + (PIECES + 1) * step, step)
    return next((other for other in reach if other in matched), -1)


def _lost(old: list[str], new: list[str]) -> Counter[str]:
    return Counter(old) - Counter(new)


def _shared(piece: list[str], bag: Counter[str]) -> int:
    return (Counter(piece) & bag).total()


def _cells(olds: list[Clause], news: list[Clause]) -> dict[str, str]:
    """The cells of a row: equal texts in order, then those between by position."""
    runs = common_runs([c.text for c in olds], [c.text for c in news], len(olds) + len(news)) or []
    pairs, i, j = dict[str, str](), 0, 0
    for a, b, length in [*runs, (len(olds), len(news), 0)]:
        between = list(zip(olds[i:a], news[j:b], strict=False))
        same = [(olds[a + n], news[b + n]) for n in range(length)]
        pairs |= {new.id: old.id for old, new in between + same}
        i, j = a + length, b + length
    return pairs


def _shingles(bag: list[str]) -> Iterable[tuple[str, ...]]:
    if len(bag) < SHINGLE:
        return [tuple(bag)]
    return zip(bag, bag[1:], strict=False)


def _likeness(first: list[str], second: list[str]) -> float:
    if not first or not second:
        return 0.0
    return 2 * _shared(first, Counter(second)) / (len(first) + len(second))


def _sort(clause: Clause) -> str:
    """What can become what: a paragraph may become a list item, a heading stays one."""
    return "text" if clause.kind in (Kind.PARA, Kind.LIST_ITEM) else str(clause.kind)
