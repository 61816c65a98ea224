"""`ordito measure`: the measures of acts in files, for whoever studies a network."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ordito.cohesion.files.options import add_method, terminal_bar, whole
from ordito.cohesion.management.commands._guarded import guarded
from ordito.lib.commands import ItalianCommand

LEVELS = ("lab", "district", "region", "all")
FORMATS = ("table", "json", "csv", "parquet")


class Command(ItalianCommand):
    help = "Misura la rete che risulta da un file di atti (CSV o Parquet)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "acts", nargs="+", type=Path, help="file di atti: una riga per presenza"
        )
        parser.add_argument("--by", choices=LEVELS, default="all", help="l'unità misurata (all)")
        add_method(parser)
        parser.add_argument("--without", metavar="ENTE", help="prima e dopo: se questo ente esce")
        parser.add_argument("--measures", default="", help="solo queste, separate da virgole")
        parser.add_argument(
            "--draws", type=whole, default=200, help="estrazioni del caso, 0 per nessuna (200)"
        )
        parser.add_argument("--no-bands", action="store_true", help="senza fasce di stabilità")
        parser.add_argument("--seed", type=whole, default=0, help="seme del caso (0)")
        parser.add_argument("--format", choices=FORMATS, help="table, json, csv o parquet")
        parser.add_argument("--out", type=Path, help="il file da scrivere, invece dello schermo")
        parser.add_argument(
            "--compiled", action="store_true", help="le stesse misure, con codice compilato"
        )
        parser.add_argument("--workers", type=whole, default=1, help="processi (1)")
        parser.add_argument("--engine", choices=("local", "dask"), default="local")
        parser.add_argument(
            "--cluster", metavar="INDIRIZZO", help="uno scheduler di Dask già attivo"
        )

    def handle(self, **options: Any) -> None:
        form, out = _form(options["format"], options["out"]), options["out"]
        with guarded():
            from ordito.cohesion.files import measuring, writing  # noqa: PLC0415  an extra

            report = measuring.measured(options, form, terminal_bar())
            if report.missing:
                names = ", ".join(report.missing)
                raise CommandError(f"Nulla è stato scritto; non misurati: {names}.", returncode=3)
            if out:
                writing.write_whole({out: report.content})
            else:
                self.stdout.write(report.content.decode(), ending="")
                self.stdout.flush()
        for note in report.notes:
            self.stderr.write(f"Nota: {note}.")


def _form(form: str | None, out: Path | None) -> str:
    """The format asked for, or that of the file's name, or a table; Parquet only in a file."""
    if form is None:
        suffix = out.suffix.lstrip(".").lower() if out else ""
        form = suffix if suffix in FORMATS else "table"
    if form == "parquet" and out is None:
        raise CommandError("Parquet si scrive in un file: aggiungete --out FILE.parquet")
    return form
