"""Bringing a copy back into an empty installation, and checking what came back."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from ordito.config.backup import Manifest, chain_ends, check_copy, digest, row_counts, sync
from ordito.config.snapshots import DATABASES, live_query, load_postgres
from ordito.ledger.verify import verify
from ordito.registry.models import District


def restore(folder: Path) -> Manifest:
    """Restore a copy, database last: until it is there nothing can be served.

    Raises CommandError when the installation is not empty, the copy is damaged, or what came
    back is not what was copied; in the last case the folder is emptied again.
    """
    _require_empty_folder()
    manifest = check_copy(folder)
    if manifest.vendor != connection.vendor:
        raise CommandError(
            _("La copia è di {there}, questa installazione usa {here}: cambiate ORDITO_DB.").format(
                there=manifest.vendor, here=connection.vendor
            )
        )
    _require_empty_database()
    settings.ORDITO_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _bring_back(folder, manifest)
        _compare(manifest)
    except BaseException:
        connection.close()
        _empty()
        raise
    return manifest


def _require_empty_folder() -> None:
    folder = settings.ORDITO_DATA
    if folder.exists() and any(folder.iterdir()):
        raise CommandError(
            _("«{path}» non è vuota: indicate con ORDITO_DATA una cartella vuota.").format(
                path=folder
            )
        )


def _require_empty_database() -> None:
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise CommandError(
            _("Il database «{name}» non è vuoto: createne uno nuovo.").format(
                name=connection.settings_dict["NAME"]
            )
        )


def _bring_back(folder: Path, manifest: Manifest) -> None:
    database = DATABASES[manifest.vendor]
    for name in sorted(manifest.files, key=lambda name: name == database):
        if name == database and manifest.vendor == "postgresql":
            load_postgres(folder / name)
            continue
        target = (settings.ORDITO_DATA / name).resolve()
        if not target.is_relative_to(settings.ORDITO_DATA):
            raise CommandError(_("La copia nomina un file fuori posto: {name}.").format(name=name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / name, target)
        sync(target)
        sync(target.parent)
        if digest(target) != manifest.files[name]:
            raise CommandError(
                _("{name} non è stato scritto bene: controllate il disco.").format(name=name)
            )


def _compare(manifest: Manifest) -> None:
    found_rows = row_counts(live_query)
    for table, expected in manifest.rows.items():
        if found_rows.get(table) != expected:
            raise CommandError(
                _("Nella tabella {table} ci sono {found} righe e non {expected}.").format(
                    table=table, found=found_rows.get(table), expected=expected
                )
            )
    ends = chain_ends(live_query)
    for district in District.objects.filter(slug__in=manifest.chains):
        seq, head, broken_at = manifest.chains[district.slug]
        if ends.get(district.slug) != (seq, head) or verify(district).broken_at != broken_at:
            raise CommandError(
                _("Il registro di {district} non è quello copiato.").format(district=district)
            )


def _empty() -> None:
    for path in settings.ORDITO_DATA.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
