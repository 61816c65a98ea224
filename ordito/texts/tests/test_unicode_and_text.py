"""Edge cases 34-41: accents, quotes, invisible signs, sizes, and nothing at all."""

import unicodedata
from random import Random

import pytest

from ordito.texts.engine import Block, Kind, Mark, apply, canonicalise, diff, ids_from
from ordito.texts.engine.canonical import Sort
from ordito.texts.engine.diff import Level
from ordito.texts.engine.plain import Change, plain

WORDS = [f"{a}{b}{c}" for a in "bcdfglmnprst" for b in ("are", "eri", "ola", "uno") for c in "aeio"]


def marks(old: str, new: str) -> list[tuple[str, str]]:
    """What is struck and what is put in."""
    found = diff(old, new)
    assert apply(old, found.edits) == new
    return [(old[edit.start : edit.end], edit.text) for edit in found.edits]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("La città di Melzo", "La citta' di Melzo", [("à", "a'")]),
        ("La città di Melzo", "La cittá di Melzo", [("à", "á")]),
        ("il comune", "i comuni", [("l", ""), ("e", "i")]),
        ("perché no", "perchè no", [("é", "è")]),
    ],
)
def test_34_only_the_letters_that_differ_are_marked(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert marks(old, new) == expected


def test_34_composed_and_decomposed_accents_are_one_text() -> None:
    decomposed = unicodedata.normalize("NFD", "La città è qui, perché no")
    text, _marks, changes = plain(decomposed)
    assert text == "La città è qui, perché no"
    assert changes[Change.COMPOSED] == 1
    assert diff(text, plain("La città è qui, perché no")[0]).edits == ()


def test_35_curly_and_straight_apostrophes_and_no_break_spaces() -> None:
    assert marks("l’articolo dell’ente", "l'articolo dell'ente") == [("’", "'"), ("’", "'")]
    assert plain("Nota\u00a0: dieci\u202fgiorni")[0] == "Nota : dieci giorni"
    assert marks("Nota :", "Nota:") == [(" ", "")]


def test_36_emoji_combining_marks_and_right_to_left_quotes() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert (
        plain(f"Una {family} e un \U0001f44d\U0001f3fd")[0]
        == f"Una {family} e un \U0001f44d\U0001f3fd"
    )
    assert marks("va bene \U0001f44d\U0001f3fd oggi", "va bene \U0001f44d oggi") == [
        ("\U0001f44d\U0001f3fd", "\U0001f44d")
    ]
    assert marks("q\u0323\u0307 e poi", "q\u0323 e poi") == [("q\u0323\u0307", "q\u0323")]
    hebrew = "disse \u202b\u05e9\u05dc\u05d5\u05dd\u202c a tutti"
    text, _marks, changes = plain(hebrew)
    assert text == "disse \u05e9\u05dc\u05d5\u05dd a tutti"
    assert changes[Change.BIDI] == 2


def test_37_soft_hyphens_and_invisible_signs_of_a_paste() -> None:
    text, kept, changes = plain("rego\u00adlamento\u200b e\ufeff \x07norme", [Mark(0, 13, "bold")])
    assert text == "regolamento e norme"
    assert kept == (Mark(0, 11, "bold"),)
    assert (changes[Change.SOFT_HYPHEN], changes[Change.ZERO_WIDTH], changes[Change.CONTROL]) == (
        1,
        2,
        1,
    )


def test_38_case_and_punctuation_alone_are_marked_and_spaces_alone_are_nothing() -> None:
    assert marks("Il Comune decide", "Il comune decide") == [("C", "c")]
    assert marks("Il Comune decide.", "Il Comune decide;") == [(".", ";")]
    old = canonicalise([Block(Kind.PARA, "Il  Comune\tdecide \n subito")], ids_from("a")).version
    new = canonicalise([Block(Kind.PARA, " Il Comune decide subito ")], ids_from("a")).version
    assert old == new


def edited(n_words: int, vocabulary: list[str], n_edits: int, seed: int) -> tuple[str, str]:
    """A text of random words, and the same with some words replaced, no two side by side."""
    chance = Random(seed)
    old = [chance.choice(vocabulary) for _n in range(n_words)]
    new = list(old)
    for place in chance.sample(range(0, n_words, 2), n_edits):
        new[place] = chance.choice([word for word in vocabulary if word != old[place]])
    return " ".join(old), " ".join(new)


def test_39_a_long_clause_with_many_edits_is_compared_by_words() -> None:
    unique = [f"parola{n:04}x" for n in range(3_000)]
    old = " ".join(unique)
    new = " ".join(f"{w}nuova" if n % 17 == 0 else w for n, w in enumerate(unique))
    found = diff(old, new)
    assert (found.level, len(found.edits)) == (Level.WORDS, 177)


def test_40_a_small_vocabulary_does_not_collapse_the_edits() -> None:
    for seed in range(40):
        old, new = edited(300, WORDS[:40], 18, seed)
        found = diff(old, new)
        assert apply(old, found.edits) == new
        assert len(found.edits) >= 17, seed  # two edits may be one, and shorter
        assert found.marked < 0.15 * len(old)
    old, new = edited(300, WORDS[:40], 18, seed=1)
    assert len(diff(old, new).edits) >= 18


def test_41_empty_clauses_items_and_spaces_are_left_out_and_said() -> None:
    blocks = [
        Block(Kind.PARA, "   ", place="paragraph:1"),
        Block(Kind.LIST_ITEM, "", 1, place="paragraph:2"),
        Block(Kind.PARA, "\u200b", place="paragraph:3"),
        Block(Kind.PARA, "Testo.", place="paragraph:4"),
    ]
    draft = canonicalise(blocks, ids_from("a"))
    assert [clause.text for clause in draft.version] == ["Testo."]
    left_out = [r.place for r in draft.remarks if r.sort is Sort.EMPTY_LEFT_OUT]
    assert left_out == ["paragraph:1", "paragraph:2", "paragraph:3"]
    assert diff("", "").edits == ()


def test_a_text_too_different_falls_back_to_sentences_and_says_so() -> None:
    chance = Random(3)
    first = [" ".join(chance.choices(WORDS, k=400)) + "." for _n in range(25)]
    second = [
        s if n % 2 else " ".join(chance.choices(WORDS, k=400)) + "." for n, s in enumerate(first)
    ]
    old, new = " ".join(first), " ".join(second)
    found = diff(old, new)
    assert found.level is Level.SENTENCES
    assert apply(old, found.edits) == new
    assert found.marked < 1.1 * len(old)


def test_a_text_with_nothing_in_common_is_replaced_whole_and_says_so() -> None:
    old, new = " ".join(WORDS[:80] * 30), " ".join(reversed([w.upper() for w in WORDS] * 30))
    found = diff(old, new)
    assert (found.level, len(found.edits)) == (Level.WHOLE, 1)
    assert apply(old, found.edits) == new


def test_numbers_are_marked_whole() -> None:
    assert marks("entro 10 giorni", "entro 15 giorni") == [("10", "15")]


def test_a_rewritten_sentence_is_not_a_heap_of_prepositions() -> None:
    old = "Il delegato parte di corsa e torna a casa di notte con la macchina"
    new = "Il delegato chiama gli enti di zona e poi scrive a tutti i membri di persona"
    assert len(diff(old, new).edits) <= 4
