"""Reading the environment: what is written wrong is refused with its remedy, never guessed."""

import os
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Every variable that settings.py reads; docs/reference/settings.md says what each is for.
READ: set[str] = set()


def env(name: str, default: str = "") -> str:
    """Read a variable, or the file named by NAME_FILE (container secrets).

    Raises ImproperlyConfigured when that file cannot be read.
    """
    READ.update((name, name + "_FILE"))
    if path := os.environ.get(name + "_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE: il file «{path}» non si legge ({error.strerror})."
            ) from error
    return os.environ.get(name, default)


def choice(name: str, default: str, among: Collection[str]) -> str:
    """A variable with few possible values. Raises ImproperlyConfigured for any other."""
    value = env(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name}: «{value}» non è tra {', '.join(among)}.")
    return value


def flag(name: str) -> bool:
    """A yes or no; no when it is not set."""
    return choice(name, "no", ("yes", "no")) == "yes"


def number(name: str, default: int) -> int:
    """A whole number. Raises ImproperlyConfigured."""
    value = env(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: «{value}» non è un numero intero.")
    return int(value)


def web_root(name: str, default: str) -> str:
    """The root of a site, such as https://ordito.example.it. Raises ImproperlyConfigured."""
    value = env(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"{name}: «{value}» non è la radice di un sito: scrivetela come https://ordito.esempio.it"
        )
    return value


def refuse_unknown() -> None:
    """Stop at a variable that nothing reads: most often it is misspelt."""
    for name in os.environ:
        if name.startswith("ORDITO_") and name not in READ:
            near = get_close_matches(name, READ, n=1)
            advice = f" Forse: {near[0]}." if near else ""
            raise ImproperlyConfigured(f"La variabile {name} non esiste.{advice}")
