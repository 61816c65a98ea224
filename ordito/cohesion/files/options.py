"""The options that the commands on files share, and a progress bar. No Django."""

import argparse
import sys
import time
from pathlib import Path
from typing import TextIO

from ordito.cohesion.files import values
from ordito.cohesion.measures.incidence import ASSEMBLY, HALF_LIFE
from ordito.cohesion.measures.unit import Graph

WIDTH = 30
PAUSE_S = 0.1


def whole(text: str) -> int:
    """A whole number from 0."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"«{text}» non è un numero intero da 0 in su")
    return int(text)


def months(text: str) -> float:
    """A number of months above 0."""
    try:
        number = values.weight(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if not number:
        raise argparse.ArgumentTypeError("il tempo di dimezzamento è maggiore di 0")
    return number


def on_day(text: str) -> int:
    try:
        return values.day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_method(parser: argparse.ArgumentParser) -> None:
    """Which graph, which wear, which window: the same words in every command on files."""
    ties = [Graph.ALL.value, Graph.ALIVE.value, Graph.BACKBONE.value]
    parser.add_argument("--ties", choices=ties, default=Graph.ALIVE.value, help="legami (alive)")
    wear = parser.add_mutually_exclusive_group()
    wear.add_argument("--no-decay", action="store_true", help="gli incontri non si consumano")
    wear.add_argument(
        "--half-life", type=months, default=HALF_LIFE, metavar="MESI", help="dimezzamento (12)"
    )
    parser.add_argument(
        "--cap", type=whole, default=ASSEMBLY, help="enti oltre i quali un atto non fa coppie (60)"
    )
    parser.add_argument(
        "--directed", action="store_true", help="legami solo tra chi dà e chi riceve"
    )
    parser.add_argument(
        "--since", type=on_day, metavar="DATA", help="dal giorno (il primo del file)"
    )
    parser.add_argument(
        "--until", type=on_day, metavar="DATA", help="al giorno (l'ultimo del file)"
    )
    parser.add_argument("--roster", type=Path, help="adesioni: body, lab, from, to")
    parser.add_argument("--attributes", type=Path, help="enti: body, sector, municipality, ...")
    parser.add_argument("--weights", type=Path, help="peso di ogni tipo di atto: kind, weight")


class Bar:
    """A progress bar on a terminal; elsewhere, silence."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._drawn = stream, 0.0
        self._is_shown = stream.isatty()

    def show(self, what: str, share: float) -> None:
        now = time.monotonic()
        if not self._is_shown or (share < 1 and now - self._drawn < PAUSE_S):
            return
        self._drawn = now
        done = round(WIDTH * share)
        line = f"\r{what} [{'#' * done}{'.' * (WIDTH - done)}] {share:4.0%}"
        self._stream.write(line + ("\n" if share >= 1 else ""))
        self._stream.flush()


def terminal_bar() -> Bar:
    return Bar(sys.stderr)
