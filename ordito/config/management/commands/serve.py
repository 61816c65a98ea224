"""Serve Ordito."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ordito.config.server import Server, check_can_serve, demo_sign_ins
from ordito.lib.commands import ItalianCommand


class Command(ItalianCommand):
    help = _("Serve Ordito nel browser, fino a Ctrl-C.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help=_("indirizzo (127.0.0.1)"))
        parser.add_argument("--port", type=int, default=8000, help=_("porta (8000)"))
        parser.add_argument("--workers", type=int, default=2, help=_("processi (2)"))

    def handle(self, *, address: str, port: int, workers: int, **_options: Any) -> None:
        if not 1 <= port <= 65_535:
            raise CommandError(_("--port va da 1 a 65535, non {port}.").format(port=port))
        if not 1 <= workers <= 64:
            raise CommandError(_("--workers va da 1 a 64, non {n}.").format(n=workers))
        check_can_serve(address, port)

        def announce() -> None:
            host = f"[{address}]" if ":" in address else address
            if sign_ins := demo_sign_ins():
                self.stdout.write(sign_ins)
            self.stdout.write(
                _("Ordito risponde su http://{host}:{port}/ (Ctrl-C per fermarlo)").format(
                    host=host, port=port
                )
            )
            self.stdout.flush()

        Server(address, port, workers, announce).run()
