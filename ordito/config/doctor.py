"""The examination of an installation: what is wrong with it, and what to do."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from ordito.archive.models import StoredFile
from ordito.config.backup import last_backup_at
from ordito.config.findings import Finding, error, ok, warning
from ordito.config.server import pending_migrations, require_database, secret_key
from ordito.config.sqlite.examination import examine_sqlite
from ordito.ledger.models import Interaction
from ordito.ledger.verify import verify
from ordito.registry.models import District

FREE_SPACE = 0.10
KEY_LENGTH, KEY_VARIETY = 50, 5  # as Django's own deployment check
BACKUP_AGE = timedelta(hours=26)  # a daily copy, with two hours of grace
UNFINISHED_AGE = timedelta(days=1)
CLOCK_DRIFT = timedelta(minutes=5)


def examine() -> Iterator[Finding]:
    """Look at everything; what needs a database is left out where there is none."""
    for look in OUTSIDE:
        yield from look()
    try:
        require_database()
    except CommandError as refusal:
        yield error(_("Database"), "", str(refusal))
        return
    waiting = pending_migrations()
    if waiting:
        found = _("{n} passi da fare").format(n=len(waiting))
        yield error(_("Versione del database"), found, _("eseguite `ordito migrate`"))
        return
    yield ok(_("Versione del database"), _("aggiornata"))
    for look in INSIDE:
        yield from look()


def look_at_key() -> Iterator[Finding]:
    name, key = _("Chiave segreta"), secret_key()
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY:
        yield error(
            name,
            _("debole o assente"),
            _("impostate ORDITO_SECRET_KEY con almeno {n} caratteri a caso").format(n=KEY_LENGTH),
        )
    elif (file := _key_file()) and _is_open(file):
        remedy = _("eseguite: chmod 600 {path}").format(path=file)
        yield error(name, _("leggibile da altri"), remedy)
    elif settings.IS_DEMO:
        yield warning(name, _("della demo"), _("prima dei dati veri impostate ORDITO_SECRET_KEY"))
    else:
        yield ok(name, _("robusta"))


def _key_file() -> Path | None:
    """Where the key is kept, when it is in a file."""
    if settings.IS_DEMO:
        return settings.DEMO_KEY_FILE
    given = os.environ.get("ORDITO_SECRET_KEY_FILE")
    return Path(given) if given else None


def look_at_folder() -> Iterator[Finding]:
    name, folder = _("Cartella dei dati"), settings.ORDITO_DATA
    if not folder.is_dir():
        yield error(name, str(folder), _("non c'è: impostate ORDITO_DATA o eseguite `ordito demo`"))
        return
    if not os.access(folder, os.W_OK):
        yield error(name, str(folder), _("non è scrivibile da chi esegue Ordito"))
    elif _is_open(folder):
        remedy = _("altri utenti possono leggerla: chmod 700 {path}").format(path=folder)
        yield warning(name, str(folder), remedy)
    else:
        yield ok(name, str(folder))
    usage = shutil.disk_usage(folder)
    free = usage.free / usage.total
    found = _("{share:.0%} libero").format(share=free)
    if free < FREE_SPACE:
        yield error(_("Spazio su disco"), found, _("liberate spazio: ne serve almeno il 10%"))
    else:
        yield ok(_("Spazio su disco"), found)


def look_at_mail() -> Iterator[Finding]:
    if settings.EMAIL_HOST:
        yield ok(_("Posta"), settings.EMAIL_HOST)
    else:
        yield warning(
            _("Posta"),
            _("i messaggi restano in {path}").format(path=settings.ORDITO_DATA / "mail"),
            _("impostate ORDITO_MAIL_HOST, o i delegati non ricevono il codice per entrare"),
        )


def look_at_database() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        yield from examine_sqlite()
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        yield ok("PostgreSQL", cursor.fetchone()[0])
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            value = cursor.fetchone()[0]
            if value == "off":
                remedy = _("mettetelo a on: così una scrittura confermata può andare persa")
                yield error(f"PostgreSQL {name}", value, remedy)
            else:
                yield ok(f"PostgreSQL {name}", value)


def look_at_notices() -> Iterator[Finding]:
    for district in District.objects.filter(is_public=True):
        name = _("Avvisi di {district}").format(district=district)
        if missing := district.missing_notices:
            remedy = _("completateli nelle impostazioni dell'ambito")
            yield warning(name, _("mancano: {what}").format(what=", ".join(missing)), remedy)
        else:
            yield ok(name, _("completi"))


def look_at_clock() -> Iterator[Finding]:
    now = datetime.now(UTC)
    newest = Interaction.objects.aggregate(at=Max("recorded_at"))["at"]
    if newest and newest > now + CLOCK_DRIFT:
        yield error(
            _("Orologio"),
            _("{now:%d/%m/%Y %H:%M} UTC, prima dell'ultima registrazione").format(now=now),
            _("regolate l'ora del computer (timedatectl)"),
        )
    else:
        yield ok(_("Orologio"), f"{now:%d/%m/%Y %H:%M} UTC")


def look_at_files() -> Iterator[Finding]:
    folder: Path = settings.ORDITO_DATA / "files"
    rows = set(StoredFile.objects.values_list("sha256", flat=True))
    on_disk = {path.name: path for path in folder.glob("??/*")}
    if lost := rows - on_disk.keys():
        remedy = _("riprendeteli dall'ultima copia: {names}").format(names=", ".join(sorted(lost)))
        yield error(_("File archiviati"), _("ne mancano {n}").format(n=len(lost)), remedy)
    else:
        yield ok(_("File archiviati"), str(len(rows)))
    # A file comes before its row: what is younger than a day may be under way.
    limit = (datetime.now(UTC) - UNFINISHED_AGE).timestamp()
    unclaimed = [path for name, path in on_disk.items() if name not in rows]
    stale = [p for p in (*unclaimed, *folder.glob("tmp-*")) if p.stat().st_mtime < limit]
    if stale:
        found = _("{n} senza registrazione").format(n=len(stale))
        yield warning(
            _("File in più"),
            found,
            _("si possono togliere: {path} e seguenti").format(path=stale[0]),
        )


def look_at_backups() -> Iterator[Finding]:
    name, at = _("Ultima copia"), last_backup_at()
    remedy = _("eseguite `ordito backup` ogni giorno e portate la copia altrove")
    if at is None:
        yield warning(name, _("nessuna"), remedy)
    elif datetime.now(UTC) - at > BACKUP_AGE:
        yield warning(name, f"{at:%d/%m/%Y %H:%M} UTC", remedy)
    else:
        yield ok(name, f"{at:%d/%m/%Y %H:%M} UTC")


def look_at_chains() -> Iterator[Finding]:
    for district in District.objects.order_by("slug"):
        verdict = verify(district)
        name = _("Registro di {district}").format(district=district)
        if verdict.broken_at is None:
            yield ok(name, _("{n} registrazioni").format(n=verdict.entries))
        else:
            yield error(
                name,
                _("non torna alla registrazione n. {n}").format(n=verdict.broken_at),
                _("conservate i dati come sono e cercate l'ultima copia buona"),
            )


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


Look = Callable[[], Iterator[Finding]]
OUTSIDE: tuple[Look, ...] = (look_at_key, look_at_folder, look_at_mail)
INSIDE: tuple[Look, ...] = (
    look_at_database,
    look_at_notices,
    look_at_clock,
    look_at_files,
    look_at_backups,
    look_at_chains,
)
