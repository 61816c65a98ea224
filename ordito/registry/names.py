"""When two names are likely to be those of one organisation."""

import re
import unicodedata

# As they stand in names, once accents, capitals and punctuation are gone: the longest first.
_LEGAL_FORMS = (
    "organizzazione di volontariato",
    "associazione di promozione sociale",
    "societa cooperativa sociale",
    "piccola cooperativa sociale",
    "cooperativa sociale",
    "societa cooperativa",
    "ente del terzo settore",
    "impresa sociale",
    "coop sociale",
    "coop soc",
    "onlus",
    "odv",
    "aps",
    "ets",
    "scsd",
    "scs",
    "scarl",
    "scrl",
    "srl",
    "spa",
)
_FORM = re.compile(rf"\b(?:{'|'.join(_LEGAL_FORMS)})\b")
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")


def bare_name(name: str) -> str:
    """The name without case, accents, punctuation and legal form.

    A name made of its legal form alone stays whole.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(mark for mark in letters if not unicodedata.combining(mark))
    words = " ".join(re.sub(r"[\W_]+", " ", _INITIALS.sub(r"\1", plain)).split())
    return " ".join(_FORM.sub(" ", words).split()) or words
