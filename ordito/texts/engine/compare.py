"""Two versions side by side: clause by clause, what was kept, edited, moved, new or gone."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from ordito.texts.engine.align import align, renamed
from ordito.texts.engine.diff import Diff, Level, diff
from ordito.texts.engine.identity import derived_id
from ordito.texts.engine.labels import Label, labels
from ordito.texts.engine.model import Clause, Kind, Version
from ordito.texts.engine.order import longest_increasing

QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"'}
)


class State(StrEnum):
    KEPT = "kept"
    EDITED = "edited"
    MOVED = "moved"
    MOVED_EDITED = "moved_edited"
    NEW = "new"
    GONE = "gone"
    SPLIT = "split"  # a further piece of a clause that was split
    MERGED = "merged"  # taken into another clause


@dataclass(frozen=True, slots=True)
class Row:
    """One clause seen from both sides; `old` is missing when it is new, `new` when it is gone.

    relative   of a split or a merge, the id of the clause it came from or went into
    reparented it stands where it stood, but under another clause or at another depth
    formatted  its text is the same, bold or the like is not
    typographic  only the form of apostrophes and quotation marks changed
    unsure     the pairing rests on likeness alone, or a person should say if it is new or moved
    """

    state: State
    old: Clause | None
    new: Clause | None
    old_label: str
    new_label: str
    diff: Diff
    relative: str | None = None
    reparented: bool = False
    formatted: bool = False
    typographic: bool = False
    unsure: bool = False

    @property
    def clause(self) -> Clause:
        clause = self.new or self.old
        assert clause is not None
        return clause


@dataclass(frozen=True)
class Comparison:
    """The rows in the reading order of the new text, what is gone at the place where it stood.

    displaced   all that changed order, with what only follows a heading or an item that moved
    """

    old: Version
    new: Version
    rows: tuple[Row, ...]
    displaced: frozenset[str] = frozenset()

    @property
    def counts(self) -> Counter[State]:
        """Clauses by state, without the frames of tables."""
        frames = (Kind.TABLE, Kind.ROW)
        return Counter(row.state for row in self.rows if row.clause.kind not in frames)

    @property
    def is_same(self) -> bool:
        return all(
            row.state is State.KEPT and not row.formatted and not row.reparented
            for row in self.rows
        )

    @property
    def level(self) -> Level:
        """The coarsest level at which a clause was compared."""
        found = {row.diff.level for row in self.rows}
        return next((one for one in (Level.WHOLE, Level.SENTENCES) if one in found), Level.WORDS)


def compare_by_content(old: Version, new: Version) -> Comparison:
    """Compare two drafts that share no identifiers; the new one takes those of its pairs."""
    found = align(old, new)
    names = {
        clause.id: found.pairs.get(clause.id)
        # Two drafts may have given one identifier to clauses that are not the same.
        or (derived_id("new", clause.id) if clause.id in old.by_id else clause.id)
        for clause in new
    }
    relatives = {names[piece]: source for piece, source in found.splits.items()}
    relatives |= {part: names[into] for part, into in found.merges.items()}
    unsure = {names[clause] for clause in found.unsure}
    return _Comparer(old, renamed(new, names), relatives, unsure).compare()


def compare(old: Version, new: Version) -> Comparison:
    """Compare two versions of one text by the identity of their clauses."""
    relatives = {
        source: clause.id for clause in new for source in clause.sources if source not in new.by_id
    }
    relatives |= {c.id: c.sources[0] for c in new if c.sources and c.id not in old.by_id}
    return _Comparer(old, new, relatives, set()).compare()


class _Comparer:
    def __init__(
        self, old: Version, new: Version, relatives: dict[str, str], unsure: set[str]
    ) -> None:
        self.old, self.new, self.relatives, self.unsure = old, new, relatives, unsure
        self.old_labels, self.new_labels = labels(old), labels(new)
        self.displaced = _displaced(old, new)
        self.moved = _moved(self.displaced, old, new)

    def compare(self) -> Comparison:
        gone: dict[str | None, list[Clause]] = {}
        before: str | None = None
        for clause in self.old:
            if clause.id in self.new.by_id:
                before = clause.id
            else:
                gone.setdefault(before, []).append(clause)
        rows = [self._gone(clause) for clause in gone.get(None, ())]
        for clause in self.new:
            rows.append(self._row(clause))
            rows += [self._gone(lost) for lost in gone.get(clause.id, ())]
        return Comparison(self.old, self.new, tuple(rows), self.displaced)

    def _row(self, new: Clause) -> Row:
        old = self.old.by_id.get(new.id)
        label = _full(self.new_labels, new)
        if old is None:
            state = State.SPLIT if new.id in self.relatives else State.NEW
            return Row(
                state,
                None,
                new,
                "",
                label,
                diff("", new.text),
                self.relatives.get(new.id),
                unsure=new.id in self.unsure,
            )
        moved, edited = new.id in self.moved, old.text != new.text
        state = {
            (False, False): State.KEPT,
            (False, True): State.EDITED,
            (True, False): State.MOVED,
            (True, True): State.MOVED_EDITED,
        }[moved, edited]
        return Row(
            state,
            old,
            new,
            _full(self.old_labels, old),
            label,
            diff(old.text, new.text),
            reparented=not moved and _place(old) != _place(new),
            formatted=not edited and old.marks != new.marks,
            typographic=edited and old.text.translate(QUOTES) == new.text.translate(QUOTES),
            unsure=new.id in self.unsure,
        )

    def _gone(self, old: Clause) -> Row:
        state = State.MERGED if old.id in self.relatives else State.GONE
        label = _full(self.old_labels, old)
        return Row(state, old, None, label, "", diff(old.text, ""), self.relatives.get(old.id))


def _full(found: dict[str, Label], clause: Clause) -> str:
    return found[clause.id].full


def _place(clause: Clause) -> tuple[str | None, int]:
    return clause.parent, clause.level


def _displaced(old: Version, new: Version) -> frozenset[str]:
    shared = [clause.id for clause in new if clause.id in old.by_id]
    still = longest_increasing([old.position[clause] for clause in shared])
    return frozenset(shared) - {shared[place] for place in still}


def _moved(displaced: frozenset[str], old: Version, new: Version) -> set[str]:
    """What is out of order, less what only follows its parent."""
    return {
        clause
        for clause in displaced
        if new.by_id[clause].parent not in displaced
        or new.by_id[clause].parent != old.by_id[clause].parent
        or _out_of_siblings(clause, old, new)
    }


def _out_of_siblings(clause: str, old: Version, new: Version) -> bool:
    """Under a parent that moved: it also changed its order among the siblings that stayed."""

    def sequence(version: Version) -> list[str]:
        siblings = version.children[version.by_id[clause].parent]
        return [one.id for one in siblings if one.id in old.by_id and one.id in new.by_id]

    before, after = sequence(old), sequence(new)
    if before == after:
        return False
    rank = {one: place for place, one in enumerate(before)}
    kept = [one for one in after if one in rank]
    still = {kept[n] for n in longest_increasing([rank[one] for one in kept])}
    return clause not in still
