"""Copy everything to a folder, while people work."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ordito.config.backup import back_up
from ordito.config.server import require_database
from ordito.lib.commands import ItalianCommand


class Command(ItalianCommand):
    help = _("Copia database e file in una cartella, senza fermare il servizio.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--out", type=Path, help=_("cartella delle copie (backups, in ORDITO_DATA)")
        )

    def handle(self, *, out: Path | None, **_options: Any) -> None:
        require_database()
        try:
            folder, manifest = back_up((out or settings.ORDITO_DATA / "backups").resolve())
        except OSError as error:
            raise CommandError(
                _("Non si può scrivere la copia: {error}.").format(error=error)
            ) from error
        self.stdout.write(
            _("Copia fatta e verificata: {folder} ({rows} righe, {files} file).").format(
                folder=folder, rows=sum(manifest.rows.values()), files=len(manifest.files)
            )
        )
        if manifest.missing:
            self.stderr.write(
                _("Attenzione: {n} scansioni mancavano o erano rovinate già prima.").format(
                    n=len(manifest.missing)
                )
            )
        if out is None:
            self.stdout.write(_("È sullo stesso disco dei dati: portatela altrove."))
