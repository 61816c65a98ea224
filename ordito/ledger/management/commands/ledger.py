"""`ordito ledger DISTRICT --out registro.zip`: the ledger of a district, for anyone to check."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from ordito.ledger.export import export
from ordito.lib.commands import ItalianCommand
from ordito.registry.models import District


class Command(ItalianCommand):
    help = "Esporta il registro di un ambito, con il programma che lo controlla."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("district", metavar="AMBITO", help="l'indirizzo dell'ambito")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="lo zip")

    def handle(self, *_args: Any, **options: Any) -> None:
        slug, path = options["district"], options["out"]
        try:
            district = District.objects.filter(slug=slug).first()
            if district is None:
                raise CommandError(_("Nessun ambito ha l'indirizzo «%s».") % slug, returncode=2)
            count = export(district, path)
        except (OSError, DatabaseError) as error:
            raise CommandError(
                _("Il registro non è stato esportato: %s") % error, returncode=2
            ) from error
        self.stdout.write(
            _("%(count)s registrazioni dell'ambito %(district)s in %(path)s.")
            % {"count": count, "district": district.slug, "path": path}
        )
