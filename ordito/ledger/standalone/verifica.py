#!/usr/bin/env python3
"""Controlla il registro di un ambito, senza Ordito: serve solo Python 3.10 o successivo.

Uso:  python3 verifica.py [registro.zip | cartella | registrazioni.jsonl] [--from CONTROLLO]

Ogni registrazione porta un'impronta: SHA-256 dell'impronta precedente, un a capo e la forma
canonica (JSON in UTF-8, chiavi in ordine, senza spazi). La prima che non torna è detta per numero.
Un taglio in fondo, o un registro riscritto per intero, si vede solo con un punto di controllo:
l'esito di `ordito verify --format json` conservato altrove.

Esito: 0 intero, 1 alterato, 2 non si può dire.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ENTRIES, TEXTS = "registrazioni.jsonl", "testi.jsonl"
WHOLE, BROKEN, UNKNOWN = 0, 1, 2
REASONS = {
    "missing": "manca, o il suo posto è preso da un'altra",
    "changed": "non corrisponde alla sua impronta",
    "note": "ha un testo diverso da quello registrato",
    "unreadable": "non si legge",
    "checkpoint": "non è quella del punto di controllo",
}


class CannotTell(Exception):
    """Manca ciò che serve per controllare."""


class Verdict(NamedTuple):
    """Fin dove il registro è intero, e il primo numero che non torna."""

    entries: int
    head: str
    broken_at: int | None = None
    reason: str = ""


def canonical(entry: Any) -> str:
    return json.dumps(
        entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def check(
    lines: Iterable[str],
    texts: dict[int, list[tuple[str, str]]],
    checkpoint: tuple[int, str] | None = None,
) -> Verdict:
    """Rifà la catena. I testi sono per numero: sale e testo; quelli cancellati mancano."""
    count, head = 0, "0" * 64
    for line in lines:
        number = count + 1
        try:
            reason, stored = _check_line(line, number, head, texts)
        except (ValueError, TypeError, KeyError, RecursionError):
            reason, stored = "unreadable", ""
        if not reason and checkpoint and checkpoint[0] == number and checkpoint[1] != stored:
            reason = "checkpoint"
        if reason:
            return Verdict(count, head, number, reason)
        count, head = number, stored
    if checkpoint and count < checkpoint[0]:
        return Verdict(count, head, count + 1, "missing")
    if max(texts, default=0) > count:
        return Verdict(count, head, count + 1, "missing")
    return Verdict(count, head)


def _check_line(
    line: str, number: int, head: str, texts: dict[int, list[tuple[str, str]]]
) -> tuple[str, str]:
    row = json.loads(line)
    if set(row) != {"entry", "hash"}:
        raise ValueError("Una riga ha la registrazione e la sua impronta.")
    entry = row["entry"]
    if entry["seq"] != number:
        return "missing", ""
    if digest(head, canonical(entry)) != row["hash"]:
        return "changed", ""
    wrong = any(
        (digest(salt, text) if text else "") != entry["note"]
        for salt, text in texts.get(number, [])
    )
    return ("note" if wrong else ""), row["hash"]


def read(path: Path) -> tuple[list[str], dict[int, list[tuple[str, str]]]]:
    """Le righe del registro e i testi, da uno zip, da una cartella o dal solo file delle righe."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                entries = archive.read(ENTRIES).decode()
                texts = archive.read(TEXTS).decode() if TEXTS in names else ""
        else:
            folder = path if path.is_dir() else path.parent
            entries = (folder / ENTRIES if path.is_dir() else path).read_text("utf-8")
            beside = folder / TEXTS
            texts = beside.read_text("utf-8") if beside.exists() else ""
        return lines_of(entries), texts_of(texts)
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise CannotTell(f"{path} non si legge: {error}") from error


def lines_of(text: str) -> list[str]:
    """Solo l'a capo divide le righe: i testi possono contenere altri separatori."""
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def texts_of(text: str) -> dict[int, list[tuple[str, str]]]:
    texts: dict[int, list[tuple[str, str]]] = {}
    for row in map(json.loads, lines_of(text)):
        texts.setdefault(int(row["seq"]), []).append((str(row["salt"]), str(row["text"])))
    return texts


def read_checkpoint(path: Path, lines: list[str]) -> tuple[int, str]:
    """Il punto di controllo di questo registro, tra quelli del file."""
    try:
        saved = json.loads(path.read_text("utf-8"))
        rows = saved if isinstance(saved, list) else [saved]
        if len(rows) > 1:
            ours = json.loads(lines[0])["entry"]["district"]
            rows = [row for row in rows if row["number"] == ours]
        return int(rows[0]["entries"]), str(rows[0]["head"])
    except (OSError, ValueError, TypeError, KeyError, IndexError) as error:
        raise CannotTell(f"Il punto di controllo {path} non si legge: {error}") from error


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Controlla il registro di un ambito.")
    parser.add_argument("registro", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--from", dest="checkpoint", type=Path, metavar="CONTROLLO")
    options = parser.parse_args(arguments)
    try:
        lines, texts = read(options.registro)
        checkpoint = read_checkpoint(options.checkpoint, lines) if options.checkpoint else None
    except CannotTell as error:
        sys.stdout.write(f"Non si può dire: {error}\n")
        return UNKNOWN
    verdict = check(lines, texts, checkpoint)
    if verdict.broken_at is not None:
        reason = REASONS[verdict.reason]
        sys.stdout.write(f"ALTERATO: la registrazione n. {verdict.broken_at} {reason}.\n")
        return BROKEN
    sys.stdout.write(f"Intero: {verdict.entries} registrazioni. Ultima impronta: {verdict.head}\n")
    if checkpoint is None:
        sys.stdout.write("Senza punto di controllo non si vede un taglio in fondo al registro,\n")
        sys.stdout.write("né un registro riscritto per intero.\n")
    return WHOLE


if __name__ == "__main__":
    sys.exit(main())
