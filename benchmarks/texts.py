"""The text engine: how finely, how fast, how linearly it compares and merges, and against whom.

Times are of the processor, not of the clock: the machine may be doing something else.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from benchmarks.corpus import (
    SMALL,
    UNIQUE,
    Pair,
    consultation,
    edited_words,
    two_drafts,
    unique_words,
)
from benchmarks.measures import Measure, milliseconds
from ordito.texts.engine import apply, canonicalise, compare_by_content, diff, ids_from, merge
from ordito.texts.engine.anchor import reanchor
from ordito.texts.engine.compare import State
from ordito.texts.engine.tokens import tokens
from ordito.texts.formats.docx_reader import read_docx
from ordito.texts.formats.docx_writer import write_docx
from ordito.texts.formats.reading import read_document
from ordito.texts.tests.restructured import NEW, OLD, read_guidelines
from ordito.texts.tests.test_real_text import judged

TURNS = 5
FIRST_SIGN = 0x10000  # far from the surrogates, room for as many words as there are
# Pairs of which only these letters may be marked, struck out and put in.
LETTERS = (
    ("La città di Melzo", "La citta' di Melzo", 3),
    ("Il Comune decide", "Il comune decide", 2),
    ("Il Tavolo decide.", "Il Tavolo decide;", 2),
    ("l’articolo", "l'articolo", 2),
)
SIZES = (250, 500, 1_000)
GROWTH = 1.5  # the most that the cost of one clause may grow from the smallest size to the largest
SHARES = {State.KEPT: 45, State.EDITED: 45, State.MOVED: 2, State.NEW: 5, State.GONE: 10}


def measure_texts() -> Iterator[Measure]:
    yield from _measure_fineness()
    yield from _measure_paragraphs()
    yield from _measure_reading()
    yield from _measure_consultation()
    yield from _measure_growth()
    yield from _measure_others()
    if OLD.exists():
        yield from _measure_guidelines()


def _measure_fineness() -> Iterator[Measure]:
    old, new = edited_words(300, SMALL, 18, seed=1)
    found = diff(old, new)
    name = "texts: 300 words of 40, 18 edited:"
    yield Measure(f"{name} edits found", len(found.edits), "edits", 18, is_floor=True)
    yield Measure(f"{name} characters marked", _percent(found.marked, len(old)), "%", 15)
    marked = sum(diff(one, other).marked for one, other, _letters in LETTERS)
    allowed = sum(letters for _one, _other, letters in LETTERS)
    yield Measure(
        "texts: accents, case, points, quotes: letters marked", marked, "letters", allowed
    )


def _measure_paragraphs() -> Iterator[Measure]:
    for name, (old, new), limit in (
        ("1,000 words, 60 edits", edited_words(1_000, UNIQUE[::10], 60, seed=2), 50),
        ("3,000 unique words, 177 edits", unique_words(3_000, 177), 400),
    ):
        assert apply(old, diff(old, new).edits) == new
        yield Measure(f"texts: {name}", _cpu_ms(lambda a=old, b=new: diff(a, b)), "ms", limit)
    old, new = (" ".join(UNIQUE[:10_000]), " ".join(UNIQUE[:10_000][::-1]))
    took = _cpu_ms(lambda: diff(old, new))
    yield Measure("texts: 10,000 words rewritten, fallback included", took, "ms", 1_000)
    before, after = two_drafts()
    counts = compare_by_content(before, after).counts
    wanted = {State.EDITED: 43, State.MOVED: 1, State.GONE: 3, State.KEPT: 386}
    assert dict(counts) == wanted, counts
    took = _cpu_ms(lambda: compare_by_content(before, after))
    yield Measure("texts: 26,000 words, 43 edits, 1 move, 3 deletions", took, "ms", 100)


def _measure_reading() -> Iterator[Measure]:
    """By the clock: most of it is another process that starts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "testo.docx"
        path.write_bytes(write_docx(two_drafts()[0]))
        took = milliseconds(lambda: read_document(path))
        inside = milliseconds(lambda: read_docx(path))
    yield Measure("texts: DOCX of 26,000 words read in this process", inside, "ms", 2_000)
    yield Measure("texts: the same in a process of its own, with limits", took, "ms", 3_000)


def _measure_consultation() -> Iterator[Measure]:
    name = "texts: 500 clauses, 300 observations, 80 amendments:"
    yield Measure(f"{name} merge and re-anchor", _cpu_ms(_consulted(500)), "ms", 1_000)
    tracemalloc.start()
    _consulted(500)()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    yield Measure(f"{name} memory", round(peak, 1), "MB", 200)


def _consulted(n_clauses: int) -> Callable[[], None]:
    base, asked, observed = consultation(n_clauses, n_clauses * 3 // 5, n_clauses * 4 // 25)

    def act() -> None:
        merged = merge(base, asked)
        after = reanchor(observed, base, merged.version)
        if len(after) != len(observed) or not merged.conflicts.points:
            raise AssertionError("an observation was lost, or no conflict was found")

    return act


def _measure_growth() -> Iterator[Measure]:
    """The cost of one clause at the largest size over that at the smallest, its observations and
    amendments growing with it."""
    acts = {size: _consulted(size) for size in SIZES}
    costs = [min(_cpu_ms(act, 1) for _turn in range(TURNS)) / size for size, act in acts.items()]
    growth = round(costs[-1] / costs[0], 2)
    yield Measure(f"texts: cost of a clause, {SIZES[-1]:,} over {SIZES[0]}", growth, "x", GROWTH)


def _measure_others() -> Iterator[Measure]:
    """The same pairs through the others, in one run."""
    pairs = [edited_words(300, SMALL, 18, seed) for seed in range(10)]
    pairs += [edited_words(1_000, UNIQUE[::10], 60, seed=2), unique_words(3_000, 177)]
    pairs += [(one, other) for one, other, _letters in LETTERS]
    ours = _cpu_ms(lambda: [diff(old, new) for old, new in pairs])
    marked = sum(diff(old, new).marked for old, new in pairs)
    for name, other, time_limit, mark_limit in OTHERS:
        theirs = _cpu_ms(lambda act=other: [act(pair) for pair in pairs])
        times = round(ours / theirs, 3)
        yield Measure(f"texts: time, in times of {name}", times, "x", time_limit)
        times = round(marked / sum(other(pair) for pair in pairs), 3)
        yield Measure(f"texts: characters marked, in times of {name}", times, "x", mark_limit)


def _difflib(pair: Pair) -> int:
    first, second = tokens(pair[0]), tokens(pair[1])
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return _marked(first, second, matcher.get_opcodes())


def _rapidfuzz(pair: Pair) -> int:
    first, second = tokens(pair[0]), tokens(pair[1])
    return _marked(first, second, Indel.opcodes(first, second).as_list())


def _marked(first: list[str], second: list[str], opcodes: list[tuple]) -> int:
    return sum(
        len("".join(first[i:i_end])) + len("".join(second[j:j_end]))
        for tag, i, i_end, j, j_end in map(tuple, opcodes)
        if tag != "equal"
    )


def _diff_match_patch(pair: Pair) -> int:
    matcher = diff_match_patch()
    found = matcher.diff_main(*pair)
    matcher.diff_cleanupSemantic(found)
    return sum(len(text) for sort, text in found if sort)


def _diff_match_patch_words(pair: Pair) -> int:
    """Each word as one character: what its authors advise."""
    first, second = tokens(pair[0]), tokens(pair[1])
    signs: dict[str, str] = {}
    for token in first + second:
        signs.setdefault(token, chr(len(signs) + FIRST_SIGN))
    back = {sign: token for token, sign in signs.items()}
    matcher = diff_match_patch()
    sides = ("".join(signs[token] for token in side) for side in (first, second))
    found = matcher.diff_main(*sides, False)
    return sum(len(back[sign]) for sort, text in found if sort for sign in text)


# rapidfuzz is compiled; diff-match-patch by letters marks less because it cuts words.
OTHERS = (
    ("difflib", _difflib, 1.2, 1),
    ("diff-match-patch by letters", _diff_match_patch, 1, 1.5),
    ("diff-match-patch by words", _diff_match_patch_words, 5, 1),
    ("rapidfuzz (compiled)", _rapidfuzz, 10, 1),
)


def _measure_guidelines() -> Iterator[Measure]:
    """The guidelines under consultation, where their two states are at hand."""
    old, new = (canonicalise(read_guidelines(one), ids_from("g")).version for one in (OLD, NEW))
    yield Measure(
        "texts: guidelines compared", _cpu_ms(lambda: compare_by_content(old, new)), "ms", 1_000
    )
    found = compare_by_content(old, new)
    counts = found.counts
    for state, limit in SHARES.items():
        share = _percent(counts[state], counts.total())
        is_floor = state is State.KEPT
        yield Measure(f"texts: guidelines, clauses {state}", share, "%", limit, is_floor)
    said = {(row.old_label, row.new_label): row.state for row in found.rows}
    sample = list(judged())
    agreed = sum(said.get((before, after)) == state for before, after, state in sample)
    yield Measure("texts: guidelines, agreed with the hand", agreed, "clauses", len(sample), True)


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1)


def _cpu_ms(act: Callable[[], object], turns: int = TURNS) -> float:
    """The median of some warm turns, in milliseconds of the processor."""
    act()
    times = []
    for _turn in range(turns):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    return round(median(times), 1)
