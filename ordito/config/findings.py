"""What an examination of the installation finds, one line at a time."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARNING = "attenzione"
    ERROR = "errore"


@dataclass(frozen=True)
class Finding:
    """One thing looked at, how it stands, and the remedy when it stands badly."""

    name: str
    state: State
    found: str
    remedy: str = ""


def ok(name: str, found: str) -> Finding:
    return Finding(name, State.OK, found)


def warning(name: str, found: str, remedy: str) -> Finding:
    return Finding(name, State.WARNING, found, remedy)


def error(name: str, found: str, remedy: str) -> Finding:
    return Finding(name, State.ERROR, found, remedy)
