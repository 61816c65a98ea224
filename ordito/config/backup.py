"""A copy of everything, made while people work, that can be checked by its hashes."""

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from ordito.archive.models import StoredFile
from ordito.config.snapshots import DATABASES, Query, copied_database
from ordito.ledger.models import Interaction
from ordito.ledger.verify import verify
from ordito.registry.models import District

MANIFEST, SEAL = "manifest.json", "manifest.json.sha256"
LAST = "last-backup"
FORMAT = 1
DEMO_FILES = ("secret_key", "demo-sign-ins.txt")


@dataclass
class Manifest:
    """What a copy holds. `files` maps a relative path to its SHA-256; `chains` maps a district
    to [last number, last hash, first broken number or null]; `missing` are scans already lost."""

    made_at: str
    vendor: str
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    chains: dict[str, list[Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


def back_up(out: Path) -> tuple[Path, Manifest]:
    """Write a copy in a new folder of `out`, check it, and only then give it its name.

    Raises CommandError when the database cannot be copied or the copy does not hold.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now(UTC)
    unfinished = Path(tempfile.mkdtemp(prefix=".tmp-ordito-", dir=out))
    try:
        manifest = _fill(unfinished, now)
        check_copy(unfinished)
        final = out / f"ordito-{now:%Y%m%d-%H%M%S}"
        if final.exists():
            raise CommandError(_("C'è già una copia di questo secondo: riprovate."))
        unfinished.rename(final)
        sync(out)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    (settings.ORDITO_DATA / LAST).write_text(manifest.made_at)
    return final, manifest


def last_backup_at() -> datetime | None:
    """When the last good copy of this installation was made."""
    path = settings.ORDITO_DATA / LAST
    return datetime.fromisoformat(path.read_text()) if path.exists() else None


def check_copy(folder: Path) -> Manifest:
    """Read every byte of a copy again. Raises CommandError naming what is not as it was."""
    try:
        text = (folder / MANIFEST).read_bytes()
        seal = (folder / SEAL).read_text()
    except (OSError, UnicodeDecodeError):
        raise CommandError(
            _("«{path}» non è una copia di Ordito, o è rovinata: manca {name}.").format(
                path=folder, name=MANIFEST
            )
        ) from None
    if seal != _seal_of(text):
        raise CommandError(_("La copia è rovinata: {name} è cambiato.").format(name=MANIFEST))
    described = json.loads(text)
    if described["format"] != FORMAT:
        raise CommandError(_("La copia è di una versione successiva di Ordito: aggiornatelo."))
    manifest = Manifest(**described)
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or digest(path) != expected:
            raise CommandError(_("La copia è rovinata: {name} è cambiato.").format(name=name))
    return manifest


def row_counts(query: Query) -> dict[str, int]:
    """How many rows each table holds, as `query` sees them."""
    tables = sorted(connection.introspection.django_table_names(include_views=False))
    return {table: query(f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in tables}


def chain_ends(query: Query) -> dict[str, tuple[int, str]]:
    """The last number and hash of every chain, as `query` sees them."""
    entry, district = Interaction._meta.db_table, District._meta.db_table
    rows = query(
        f'SELECT d.slug, i.seq, i.hash FROM "{entry}" i JOIN "{district}" d ON d.id = i.district_id '
        f'WHERE i.seq = (SELECT MAX(seq) FROM "{entry}" WHERE district_id = d.id)'
    )
    return {slug: (seq, head) for slug, seq, head in rows}


def digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(folder: Path, now: datetime) -> Manifest:
    manifest = Manifest(made_at=now.isoformat(), vendor=connection.vendor)
    with copied_database(folder / DATABASES[connection.vendor]) as query:
        manifest.rows = row_counts(query)
        ends = chain_ends(query)
        scans = query(f'SELECT DISTINCT sha256 FROM "{StoredFile._meta.db_table}"')
    # The chain may have grown since the copy; where it breaks does not move.
    broken = {d.slug: verify(d).broken_at for d in District.objects.filter(slug__in=ends)}
    manifest.chains = {slug: [*end, broken[slug]] for slug, end in ends.items()}
    # Scans come after the rows: each is on disk before its row, and never changes.
    manifest.missing = [sha256 for (sha256,) in scans if not _copy_scan(sha256, folder)]
    if settings.IS_DEMO:
        for name in DEMO_FILES:
            if (settings.ORDITO_DATA / name).exists():
                shutil.copy2(settings.ORDITO_DATA / name, folder / name)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        sync(path)
        manifest.files[str(path.relative_to(folder))] = digest(path)
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    (folder / MANIFEST).write_bytes(text)
    (folder / SEAL).write_text(_seal_of(text))
    for path in (folder / MANIFEST, folder / SEAL, *_folders(folder)):
        sync(path)
    return manifest


def _copy_scan(sha256: str, folder: Path) -> bool:
    """Copy a stored file; false when it is not there or is no longer what was stored."""
    source = settings.ORDITO_DATA / "files" / sha256[:2] / sha256
    if not source.is_file() or digest(source) != sha256:
        return False
    target = folder / "files" / sha256[:2] / sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    return True


def _folders(folder: Path) -> list[Path]:
    return [folder, *(path for path in folder.rglob("*") if path.is_dir())]


def _seal_of(text: bytes) -> str:
    """The line that `sha256sum -c` reads."""
    return f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n"
