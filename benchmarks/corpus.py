"""Texts made to be compared: paragraphs, whole drafts, and a consultation on one."""

from random import Random

from ordito.texts.engine import (
    Amendment,
    Block,
    Delete,
    Insert,
    Kind,
    Replace,
    Resolution,
    Spot,
    Version,
    anchored,
    at_first,
    canonicalise,
    ids_from,
)

SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
UNIQUE = [one + other for one in SYLLABLES for other in SYLLABLES]
SMALL = UNIQUE[::300][:40]
COMMON = UNIQUE[::20]

Pair = tuple[str, str]


def edited_words(n_words: int, vocabulary: list[str], n_edits: int, seed: int) -> Pair:
    """A paragraph, and the same with single words replaced, no two of them side by side."""
    chance = Random(seed)
    old = [chance.choice(vocabulary) for _n in range(n_words)]
    new = list(old)
    for place in chance.sample(range(0, n_words, 2), n_edits):
        new[place] = chance.choice([word for word in vocabulary if word != old[place]])
    return " ".join(old), " ".join(new)


def unique_words(n_words: int, n_edits: int) -> Pair:
    """The same, of words that never come back."""
    old = UNIQUE[:n_words]
    new = list(old)
    for place in Random(3).sample(range(0, n_words, 2), n_edits):
        new[place] = UNIQUE[n_words + place]
    return " ".join(old), " ".join(new)


def paragraphs(n_clauses: int, n_words: int) -> list[str]:
    chance = Random(n_clauses)
    return [" ".join(chance.choices(COMMON, k=n_words)) + "." for _n in range(n_clauses)]


def version(texts: list[str], seed: str) -> Version:
    return canonicalise([Block(Kind.PARA, text) for text in texts], ids_from(seed)).version


def two_drafts() -> tuple[Version, Version]:
    """26,000 words in two states: 43 edits, a paragraph moved, three deleted."""
    old = paragraphs(433, 60)
    new, chance = list(old), Random(5)
    for place in chance.sample(range(20, 400), 43):
        words = new[place].split()
        words[chance.randrange(60)] = "modificato"
        new[place] = " ".join(words)
    new.insert(300, new.pop(10))
    for place in (420, 410, 405):
        del new[place]
    return version(old, "old"), version(new, "new")


def consultation(
    n_clauses: int, n_observations: int, n_amendments: int
) -> tuple[Version, list[Amendment], list[Resolution]]:
    """A draft of clauses of 60 words, its observations, and the amendments among them."""
    chance = Random(n_clauses)
    base = version(paragraphs(n_clauses, 60), "base")
    asked = [_amendment(base, number, chance) for number in range(n_amendments)]
    observed = []
    for number in range(n_observations):
        clause = chance.choice(base.clauses)
        start = chance.randrange(len(clause.text) - 30)
        spot = Spot(clause.id, start, start + chance.randrange(5, 30))
        observed.append(at_first(anchored(base, f"O{number}", spot)))
    return base, asked, observed


def _amendment(base: Version, number: int, chance: Random) -> Amendment:
    clause = chance.choice(base.clauses[: len(base.clauses) // 2])  # crowded: some of them meet
    name = f"E{number:04}"
    match number % 8:
        case 0:
            return Amendment(name, name, (Delete(clause.id),))
        case 1:
            added = Insert(f"N{number}", None, clause.id, Kind.PARA, "Un comma nuovo.")
            return Amendment(name, name, (added,))
        case _:
            start = clause.text.index(" ", chance.randrange(len(clause.text) - 40)) + 1
            end = clause.text.index(" ", start)
            return Amendment(name, name, (Replace(clause.id, start, end, f"parola{number}"),))
