"""What can be wrong with an SQLite file and with the library that reads it."""

import sqlite3
from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from ordito.config.findings import Finding, error, ok

# SQLite 3.7.0 to 3.51.2 can lose committed writes in WAL mode (the WAL-reset bug): fixed in
# 3.51.3, and in these releases of older series.
BACKPORTS = ((3, 44, 6), (3, 50, 7))
FIXED_SINCE = (3, 51, 3)
FULL = 2


def has_wal_reset_fix(version: tuple[int, ...]) -> bool:
    """Whether a version of SQLite can be trusted in WAL mode."""
    return version >= FIXED_SINCE or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS
    )


def examine_sqlite() -> Iterator[Finding]:
    """The library, its settings on this connection, and the whole file."""
    name, version = _("Versione di SQLite"), sqlite3.sqlite_version
    if has_wal_reset_fix(sqlite3.sqlite_version_info):
        yield ok(name, version)
    else:
        yield error(name, version, _("può perdere scritture: reinstallate con `make setup`"))
    yield _pragma("journal_mode", "wal")
    yield _pragma("synchronous", FULL)
    yield _pragma("foreign_keys", 1)
    yield _verdict(_("Integrità del file"), "PRAGMA integrity_check", [("ok",)])
    yield _verdict(_("Legami tra le tabelle"), "PRAGMA foreign_key_check", [])


def _pragma(name: str, expected: str | int) -> Finding:
    with connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    label = f"SQLite {name}"
    if found == expected:
        return ok(label, str(found))
    remedy = _("dev'essere {expected}: togliete ciò che lo cambia").format(expected=expected)
    return error(label, str(found), remedy)


def _verdict(label: str, check: str, sound: list[tuple[str]]) -> Finding:
    with connection.cursor() as cursor:
        found = cursor.execute(check).fetchmany(5)
    if found == sound:
        return ok(label, _("nessun errore"))
    first = "; ".join(" ".join(map(str, row)) for row in found)
    return error(label, first, _("ripristinate l'ultima copia buona con `ordito restore`"))
