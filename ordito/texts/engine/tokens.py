"""Words, numbers and punctuation of a text, and its sentences, by Unicode rules."""

import regex

# A token carries the space before it, so that a text is the concatenation of its tokens and no
# space ever stands as an anchor between words.
TOKEN = regex.compile(r"\s*(?:[\p{L}\p{M}_]+|\p{N}+(?:[.,]\p{N}+)*|\X)|\s+")
SENTENCE = regex.compile(r".+?(?:[.;:!?]+[\"”»’)]*(?=\s)|$)", regex.DOTALL)
WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]+")
GRAPHEME = regex.compile(r"\X")


def tokens(text: str) -> list[str]:
    """The words, numbers and signs of a text, each with the space before it."""
    return TOKEN.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; joined, they give it back."""
    return SENTENCE.findall(text)


def words(text: str) -> list[str]:
    """The words alone, in lower case: what two texts are compared by to see if they are akin."""
    return WORD.findall(text.lower())


def graphemes(text: str) -> list[str]:
    """The signs that a reader counts as one: a letter with its accents, a whole emoji."""
    return list(text) if text.isascii() else GRAPHEME.findall(text)
