"""`ordito new_district`: the first district of a real installation, and its coordinator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError

from ordito.lib.commands import ItalianCommand
from ordito.network.acts import found_district


class Command(ItalianCommand):
    help = "Apre un ambito nuovo con la persona che lo coordina."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="l'indirizzo dell'ambito, per esempio valprova")
        parser.add_argument("name", help="la denominazione, tra virgolette")
        parser.add_argument("--coordinator", required=True, help="la sua posta elettronica")
        parser.add_argument("--coordinator-name", required=True, help="il suo nome e cognome")
        parser.add_argument(
            "--municipality",
            action="append",
            default=[],
            metavar="NOME[:ISTAT]",
            help="un comune dell'ambito; si ripete per ciascuno",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        municipalities = [each.partition(":")[::2] for each in options["municipality"]]
        try:
            district = found_district(
                slug=options["slug"],
                name=options["name"],
                coordinator_email=options["coordinator"],
                coordinator_name=options["coordinator_name"],
                municipalities=municipalities,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(
            f"Ambito «{district}» aperto. {options['coordinator']} entra con un codice per posta; "
            "l'ambito si pubblica dalle informative, quando è pronto."
        )
