"""`ordito verify`: recompute the chains, and name the first broken entry."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ordito.ledger.verify import Checkpoint, Verdict, verify
from ordito.lib.commands import ItalianCommand
from ordito.registry.models import District

REASONS = {
    "missing": gettext_lazy("manca, o il suo posto è preso da un'altra"),
    "changed": gettext_lazy("non corrisponde alla sua impronta: è stata cambiata"),
    "note": gettext_lazy("ha un testo che non corrisponde a quello registrato"),
    "unreadable": gettext_lazy("non corrisponde a nulla che Ordito scriva: non si legge"),
    "checkpoint": gettext_lazy(
        "non corrisponde al punto di controllo: il registro è stato riscritto"
    ),
}


class Command(ItalianCommand):
    help = "Ricalcola i registri degli ambiti. Esito: 0 interi, 1 alterati, 2 non si può dire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--district", metavar="AMBITO", help="un ambito solo")
        parser.add_argument(
            "--from",
            dest="since",
            type=Path,
            metavar="CONTROLLO",
            help="l'esito in JSON di un controllo precedente",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        since = _checkpoints(options["since"]) if options["since"] else {}
        try:
            districts = _districts(options["district"], since)
            found = [(one, verify(one, since.get(one.slug))) for one in districts]
        except DatabaseError as error:
            raise CommandError(_("La base dati non risponde: %s") % error, returncode=2) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps([_row(*one) for one in found], indent=2))
        else:
            self._tell(found, has_checkpoint=bool(since))
        if any(verdict.broken_at is not None for _one, verdict in found):
            sys.exit(1)

    def _tell(self, found: list[tuple[District, Verdict]], *, has_checkpoint: bool) -> None:
        for district, verdict in found:
            self.stdout.write(_sentence(district, verdict))
        if not has_checkpoint:
            self.stdout.write(
                _(
                    "Senza un punto di controllo non si vede un taglio in fondo, né un registro "
                    "riscritto per intero: conservate altrove l'esito di «ordito verify --format "
                    "json» e datelo a --from."
                )
            )


def _checkpoints(path: Path) -> dict[str, Checkpoint]:
    """The checkpoints of a file, by district. Raises CommandError when it is not one."""
    try:
        saved = json.loads(path.read_text("utf-8"))
        rows = saved if isinstance(saved, list) else [saved]
        return {str(row["district"]): Checkpoint(int(row["entries"]), row["head"]) for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(
            _("Il punto di controllo %(path)s non si legge: %(error)s")
            % {"path": path, "error": error},
            returncode=2,
        ) from error


def _districts(slug: str | None, since: dict[str, Checkpoint]) -> list[District]:
    """The districts to verify. Raises CommandError when one that is named is not there."""
    everyone = District.objects.order_by("slug")
    districts = list(everyone.filter(slug=slug) if slug else everyone)
    there = {district.slug for district in districts}
    asked = {slug} if slug else set(since)
    if absent := sorted(asked - there):
        raise CommandError(
            _("Nessun ambito ha l'indirizzo «%s».") % ", ".join(absent), returncode=2
        )
    if slug and since and slug not in since:
        raise CommandError(
            _("Il punto di controllo non parla dell'ambito «%s».") % slug, returncode=2
        )
    return districts


def _row(district: District, verdict: Verdict) -> dict[str, Any]:
    return {
        "district": verdict.district,
        "number": district.pk,
        "entries": verdict.entries,
        "head": verdict.head,
        "broken_at": verdict.broken_at,
        "reason": verdict.reason,
    }


def _sentence(district: District, verdict: Verdict) -> str:
    if verdict.broken_at is None:
        return _("Ambito %(district)s: %(count)s registrazioni, intero. Impronta %(head)s") % {
            "district": district.slug,
            "count": verdict.entries,
            "head": verdict.head,
        }
    return _("ALTERATO: la registrazione n. %(number)s dell'ambito %(district)s %(reason)s.") % {
        "number": verdict.broken_at,
        "district": district.slug,
        "reason": REASONS[verdict.reason],
    }
