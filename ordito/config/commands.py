"""The door of the `ordito` command: finds the command, or says which ones there are."""

import os
import sys
from difflib import get_close_matches
from typing import Any, Never

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.utils.translation import gettext as _


class Door(ManagementUtility):
    def fetch_command(self, subcommand: str) -> Any:
        if self.settings_exception:
            refuse(str(self.settings_exception))
        commands = get_commands()
        if subcommand not in commands:
            near = get_close_matches(subcommand, commands, n=1)
            advice = _(" Forse: ordito {name}.").format(name=near[0]) if near else ""
            refuse(
                _("Non c'è il comando «{name}».{advice}\nPer l'elenco: ordito help").format(
                    name=subcommand, advice=advice
                )
            )
        return super().fetch_command(subcommand)

    def main_help_text(self, commands_only: bool = False) -> str:
        own = sorted(name for name, app in get_commands().items() if str(app).startswith("ordito."))
        if commands_only:
            return "\n".join(own)
        lines = [
            f"  {name:<18} {load_command_class(get_commands()[name], name).help}" for name in own
        ]
        return "\n".join(
            (
                _("uso: ordito COMANDO [opzioni]"),
                "",
                *lines,
                "",
                _("Le opzioni di un comando: ordito COMANDO --help"),
            )
        )


def run(argv: list[str]) -> None:
    """Run a command line. Exits 2 with an Italian message when it cannot be understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ordito.config.settings")
    try:
        Door(argv).execute()
    except ImproperlyConfigured as error:
        refuse(str(error))


def refuse(message: str) -> Never:
    sys.stderr.write(f"{message}\n")
    sys.exit(2)
