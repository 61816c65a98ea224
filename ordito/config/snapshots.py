"""The database as it is at one instant, copied out of and into both kinds of server."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

DATABASES = {"sqlite": "ordito.sqlite3", "postgresql": "ordito.dump"}

Query = Callable[[str], list[tuple[Any, ...]]]


@contextmanager
def copied_database(path: Path) -> Iterator[Query]:
    """Copy the database to a file; the context asks questions of that same instant.

    Raises CommandError when the copy fails or does not hold together.
    """
    copied = _copied_sqlite if connection.vendor == "sqlite" else _copied_postgres
    with copied(path) as query:
        yield query


def live_query(sql: str) -> list[tuple[Any, ...]]:
    """Ask the installation's own database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def load_postgres(dump: Path) -> None:
    """Fill the empty database from a dump, all or nothing."""
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    _run_client("pg_restore", *options, "--dbname", _name(), str(dump))


@contextmanager
def _copied_sqlite(path: Path) -> Iterator[Query]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    except DatabaseError as error:  # a full disk, or a damaged page
        raise CommandError(
            _("Il database non si è potuto copiare ({error}): eseguite `ordito doctor`.").format(
                error=error
            )
        ) from error
    path.chmod(0o600)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:

        def query(sql: str) -> list[tuple[Any, ...]]:
            return copy.execute(sql).fetchall()

        if query("PRAGMA integrity_check") != [("ok",)]:
            raise CommandError(_("Il database copiato non è integro: eseguite `ordito doctor`."))
        yield query


@contextmanager
def _copied_postgres(path: Path) -> Iterator[Query]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        ((snapshot,),) = live_query("SELECT pg_export_snapshot()")
        options = ("--format=custom", f"--snapshot={snapshot}", f"--file={path}")
        _run_client("pg_dump", *options, _name())
        path.chmod(0o600)
        yield live_query


def _run_client(program: str, *options: str) -> None:
    there = connection.settings_dict
    where = ("--host", there["HOST"], "--port", str(there["PORT"]), "--username", there["USER"])
    try:
        done = subprocess.run(
            (program, *where, "--no-password", *options),
            env=os.environ | {"PGPASSWORD": there["PASSWORD"]},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise CommandError(
            _("Manca {program}: installate il pacchetto Debian postgresql-client.").format(
                program=program
            )
        ) from None
    if done.returncode:
        raise CommandError(f"{program}: {done.stderr.strip()}")


def _name() -> str:
    return connection.settings_dict["NAME"]
