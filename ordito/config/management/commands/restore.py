"""Bring a copy back into an empty installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ordito.config.restore import restore
from ordito.lib.commands import ItalianCommand


class Command(ItalianCommand):
    help = _("Riporta una copia in una cartella ORDITO_DATA vuota, e la verifica.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="CARTELLA", help=_("la copia"))

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            manifest = restore(folder.resolve())
        except OSError as error:
            raise CommandError(
                _("Non si può ripristinare la copia: {error}.").format(error=error)
            ) from error
        self.stdout.write(
            _("Ripristinata la copia del {at}: {rows} righe, registri integri come allora.").format(
                at=manifest.made_at, rows=sum(manifest.rows.values())
            )
        )
