"""`ordito measure`: the measures of acts in files, for whoever studies a network."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ordito.lib.commands import ItalianCommand

LEVELS = ("lab", "district", "region", "all")
FORMATS = ("table", "json", "csv", "parquet")
NEEDS = "Serve il pacchetto «{name}»: installate Ordito con ordito[{extra}]."


class Command(ItalianCommand):
    help = "Misura la rete che risulta da un file di atti (CSV o Parquet)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("acts", nargs="+", type=Path, help="file di atti: una riga per presenza")
        parser.add_argument("--by", choices=LEVELS, default="all", help="l'unità misurata (all)")
        parser.add_argument("--roster", type=Path, help="adesioni: body, lab, from, to")
        parser.add_argument("--attributes", type=Path, help="enti: body, sector, municipality, ...")
        parser.add_argument("--weights", type=Path, help="peso di ogni tipo di atto: kind, weight")
        parser.add_argument("--without", metavar="ENTE", help="prima e dopo: se questo ente esce")
        add_method(parser)
        parser.add_argument("--measures", default="", help="solo queste, separate da virgole")
        parser.add_argument(
            "--draws", type=whole, default=200, help="estrazioni del caso, 0 per nessuna (200)"
        )
        parser.add_argument("--no-bands", action="store_true", help="senza fasce di stabilità")
        parser.add_argument("--seed", type=whole, default=0, help="seme del caso (0)")
        parser.add_argument("--format", choices=FORMATS, help="table, json, csv o parquet")
        parser.add_argument("--out", type=Path, help="il file da scrivere, invece dello schermo")
        parser.add_argument("--workers", type=whole, default=1, help="processi (1)")
        parser.add_argument("--engine", choices=("local", "dask"), default="local")
        parser.add_argument("--cluster", metavar="INDIRIZZO", help="uno scheduler di Dask già avviato")

    def handle(self, **options: Any) -> None:
        try:
            from ordito.cohesion.files import columns, measuring  # noqa: PLC0415  an extra
        except ModuleNotFoundError as error:
            raise CommandError(NEEDS.format(name=error.name, extra="measure")) from error
        try:
            content = measuring.measured(_task(options), bar=_bar())
            _deliver(content, options["out"], sys.stdout)
        except columns.BadFile as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or 'uscita'}: {error.strerror or error}") from error
        except ModuleNotFoundError as error:
            raise CommandError(NEEDS.format(name=error.name, extra="national")) from error
        except KeyboardInterrupt:
            self.stderr.write("\nInterrotto: non è stato scritto nulla.")
            sys.exit(130)
