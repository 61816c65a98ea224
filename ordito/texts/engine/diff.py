"""What changed between two states of one text: edits in the coordinates of the first."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from ordito.texts.engine.myers import Run, common_runs
from ordito.texts.engine.tokens import graphemes, sentences, tokens, words

# Bounds on the differences looked for, not on the clock: the answer is the same on any machine.
# A search of 1,500 differences costs a few tenths of a second.
WORD_BOUND, PART_BOUND, SENTENCE_BOUND = 1_500, 250, 400
PAIRED = 3  # runs of up to so many tokens, as many on both sides, are paired one to one
LIKENESS = 0.5  # of the longer word, for only its letters to be marked


class Level(StrEnum):
    """How finely a comparison could look within its budget."""

    WORDS = "words"
    SENTENCES = "sentences"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace [start, end) of the first text with `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Diff:
    edits: tuple[Edit, ...]
    level: Level = Level.WORDS

    @property
    def marked(self) -> int:
        """Code points struck out and put in."""
        return sum(edit.end - edit.start + len(edit.text) for edit in self.edits)


def diff(old: str, new: str, letters: bool = True) -> Diff:
    """The edits that turn `old` into `new`, in order and disjoint.

    letters  mark only the letters that differ in words that are akin ("città", "citta'"); without,
             edits cover whole words, as two people who amend the same word expect to meet

    When the texts differ too much for words, whole sentences are compared first and words inside
    those that changed; a sentence rewritten beyond that is replaced whole, or the whole text is:
    `level` says so.
    """
    if old == new:
        return Diff(())
    first, second = tokens(old), tokens(new)
    runs = common_runs(first, second, WORD_BOUND)
    if runs is not None:
        return Diff(tuple(_edits(first, second, runs, letters)))
    return _by_sentences(old, new, letters)


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after the edits, which are in order and disjoint."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def similarity(old: str, new: str) -> float:
    """The share of words in common, counted with repetition: 0 to 1; 1 for two empty texts."""
    first, second = words(old), words(new)
    if not first and not second:
        return float(old == new)
    left = dict.fromkeys(first, 0)
    for word in first:
        left[word] += 1
    shared = 0
    for word in second:
        if left.get(word, 0):
            left[word] -= 1
            shared += 1
    return 2 * shared / (len(first) + len(second))


def _by_sentences(old: str, new: str, letters: bool) -> Diff:
    first, second = sentences(old), sentences(new)
    runs = common_runs(first, second, SENTENCE_BOUND)
    if runs is None:
        return Diff((Edit(0, len(old), new),), Level.WHOLE)
    starts = [0, *accumulate(map(len, first))]
    edits: list[Edit] = []
    level = Level.WHOLE if not runs else Level.SENTENCES
    for (i, i_end), (j, j_end) in _gaps(runs, len(first), len(second)):
        before, after = "".join(first[i:i_end]), "".join(second[j:j_end])
        left, right = tokens(before), tokens(after)
        inside = common_runs(left, right, PART_BOUND)
        found = [Edit(0, len(before), after)]
        if inside is not None:
            found = _edits(left, right, inside, letters)
        edits += [Edit(e.start + starts[i], e.end + starts[i], e.text) for e in found]
    return Diff(tuple(edits), level)


def _edits(first: list[str], second: list[str], runs: list[Run], letters: bool) -> list[Edit]:
    starts = [0, *accumulate(map(len, first))]
    edits: list[Edit] = []
    for (i, i_end), (j, j_end) in _paired(_smoothed(_gaps(runs, len(first), len(second)), first)):
        old, new = "".join(first[i:i_end]), "".join(second[j:j_end])
        edits.append(_trimmed(old, new, starts[i], letters))
    return edits


Gap = tuple[tuple[int, int], tuple[int, int]]


def _gaps(runs: list[Run], n: int, m: int) -> list[Gap]:
    """The stretches of both sides that lie between the runs they share."""
    found, i, j = [], 0, 0
    for a, b, length in [*runs, (n, m, 0)]:
        if a > i or b > j:
            found.append(((i, a), (j, b)))
        i, j = a + length, b + length
    return found


def _smoothed(gaps: list[Gap], first: list[str]) -> list[Gap]:
    """Join gaps over islands too small to be read between what changes on either side.

    An island of w words goes when both sides change more than w + 1 tokens: single words changed
    one by one keep their own edits, a rewritten sentence is not a heap of prepositions.
    """
    found: list[Gap] = []
    for gap in gaps:
        while found and _is_islet(found[-1], gap, first):
            (i, _), (j, _) = found.pop()
            gap = ((i, gap[0][1]), (j, gap[1][1]))
        found.append(gap)
    return found


def _is_islet(left: Gap, right: Gap, first: list[str]) -> bool:
    island = first[left[0][1] : right[0][0]]
    if len(island) > 3:
        return False
    n_words = sum(any(map(str.isalnum, token)) for token in island)
    return min(_weight(left), _weight(right)) > n_words + 1


def _weight(gap: Gap) -> int:
    (i, i_end), (j, j_end) = gap
    return max(i_end - i, j_end - j)


def _paired(gaps: list[Gap]) -> list[Gap]:
    found: list[Gap] = []
    for (i, i_end), (j, j_end) in gaps:
        if 1 < i_end - i == j_end - j <= PAIRED:
            found += [((i + n, i + n + 1), (j + n, j + n + 1)) for n in range(i_end - i)]
        else:
            found.append(((i, i_end), (j, j_end)))
    return found


def _trimmed(old: str, new: str, at: int, letters: bool) -> Edit:
    """One edit, less what the two sides share at their ends: the space before, and, for words
    that are akin, their letters."""
    left, right = graphemes(old), graphemes(new)
    shortest = min(len(left), len(right))
    head = next((n for n in range(shortest) if left[n] != right[n]), shortest)
    tail = next(
        (n for n in range(shortest - head) if left[-1 - n] != right[-1 - n]), shortest - head
    )
    longest = max(len(old.strip()), len(new.strip()))
    shared = len("".join(left[:head]).strip()) + len("".join(left[len(left) - tail :]).strip())
    is_added = head + tail == shortest
    is_akin = letters and shared >= LIKENESS * longest and not any(map(str.isdigit, old + new))
    if not is_added and not is_akin:
        head, tail = int(head > 0 and left[0].isspace()), 0
    start = at + sum(map(len, left[:head]))
    end = at + len(old) - sum(map(len, left[len(left) - tail :]))
    return Edit(start, end, "".join(right[head : len(right) - tail]))
