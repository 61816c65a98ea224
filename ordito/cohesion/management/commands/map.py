"""`ordito map`: who worked with whom, drawn from acts in files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ordito.cohesion.files.options import add_method, terminal_bar, whole
from ordito.cohesion.management.commands._guarded import guarded
from ordito.lib.commands import ItalianCommand


class Command(ItalianCommand):
    help = "Disegna chi ha lavorato con chi, da un file di atti: SVG, con CSV e frasi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "acts", nargs="+", type=Path, help="file di atti: una riga per presenza"
        )
        parser.add_argument("--lab", help="solo questo laboratorio")
        add_method(parser)
        parser.add_argument(
            "--group", metavar="ATTRIBUTO", help="l'attributo che dà forma e colore"
        )
        parser.add_argument("--positions", type=Path, help="il CSV di una mappa di prima")
        parser.add_argument("--seed", type=whole, default=0, help="seme della disposizione (0)")
        parser.add_argument("--out", type=Path, required=True, help="il file SVG da scrivere")

    def handle(self, **options: Any) -> None:
        with guarded():
            from ordito.cohesion.files import drawing, mapping, writing  # noqa: PLC0415  an extra

            mapping.checked(options)
            found = mapping.drawn(options, terminal_bar())
            out: Path = options["out"]
            beside = {
                out.with_suffix(".csv"): drawing.as_csv(found),
                out.with_suffix(".txt"): "\n".join(drawing.sentences(found)) + "\n",
                out: drawing.as_svg(found),
            }
            writing.write_whole({path: text.encode() for path, text in beside.items()})
        self.stdout.write(f"{found.title}\n{', '.join(str(path) for path in beside)}")
