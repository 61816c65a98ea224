"""`ordito report`: the reports of a district in the terminal, as the public sees them."""

import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from ordito.cohesion.exports.csv import as_csv
from ordito.cohesion.exports.data import as_data
from ordito.cohesion.exports.text import as_text
from ordito.cohesion.reports import district_report
from ordito.cohesion.sheets import DistrictReport
from ordito.governance.models import Body
from ordito.lib.commands import ItalianCommand
from ordito.registry.models import District


class Command(ItalianCommand):
    help = "A che punto sono i laboratori di un ambito, per chi legge senza accedere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["labs"], help="il rapporto da mostrare")
        parser.add_argument("--district", required=True, help="l'indirizzo dell'ambito")
        parser.add_argument("--lab", help="l'indirizzo di un solo laboratorio")
        parser.add_argument("--format", choices=["text", "json", "csv"], default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        report = _report(options["district"], options["lab"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_data(report), ensure_ascii=False, indent=2))
        elif options["format"] == "csv":
            self.stdout.write(as_csv(report).decode("utf-8-sig"), ending="")
        else:
            self.stdout.write(as_text(report), ending="")


def _report(slug: str, lab: str | None) -> DistrictReport:
    """Raises CommandError, naming what exists, when the district or the lab is not public."""
    anyone = AnonymousUser()
    districts = list(District.objects.visible_to(anyone))
    district = next((one for one in districts if one.slug == slug), None)
    if district is None:
        raise CommandError(_refusal(_("L'ambito «%s» non esiste.") % slug, districts))
    if lab is None:
        return district_report(district, anyone)
    labs = list(Body.objects.visible_to(anyone).labs().filter(district=district))
    chosen = [one for one in labs if one.slug == lab]
    if not chosen:
        raise CommandError(_refusal(_("Il laboratorio «%s» non esiste.") % lab, labs))
    return district_report(district, anyone, labs=chosen)


def _refusal(what: str, known: list[District] | list[Body]) -> str:
    names = ", ".join(one.slug for one in known) or _("nessuno, per ora")
    return what + " " + _("Esistono: %s.") % names
