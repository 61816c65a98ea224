"""The form of every command: refusals in Italian, exit code 2, no traceback."""

import re
import sys
from argparse import SUPPRESS
from typing import Any, Never

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext_lazy as _

# What argparse says of a wrong line, and how it is said here; {0} and {1} are its groups.
PHRASES = (
    (r"unrecognized arguments: (.+)", _("opzione o argomento sconosciuto: {0}")),
    (r"the following arguments are required: (.+)", _("manca: {0}")),
    (r"one of the arguments (.+) is required", _("serve una di queste opzioni: {0}")),
    (r"argument (\S+): expected one argument", _("dopo {0} manca il valore")),
    (r"argument (\S+): expected at least one argument", _("dopo {0} serve almeno un valore")),
    (r"argument (\S+): invalid int value: '(.*)'", _("{0} vuole un numero intero, non «{1}»")),
    (
        r"argument (\S+): invalid \w+ value: '(.*)'",
        _("{0}: il valore «{1}» non è nella forma attesa"),
    ),
    (
        r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        _("{0}: «{1}» non è tra le scelte ({2})"),
    ),
    (r"argument (\S+): not allowed with argument (\S+)", _("{0} e {1} non vanno insieme")),
    (r"argument (\S+): ignored explicit argument '(.*)'", _("{0} non vuole un valore («{1}»)")),
    (r"ambiguous option: (\S+) could match (.+)", _("{0} è ambiguo: {1}")),
)
NO_DATABASE = _("Il database non c'è ancora: eseguite `ordito demo`.")
NO_TABLE = re.compile(r"no such table|unable to open database file|relation .* does not exist")


class ItalianParser(CommandParser):
    """Reads the words after a command; what it cannot read it says in Italian."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # argparse has no public name for the titles of its two groups.
        self._optionals.title = str(_("opzioni"))
        self._positionals.title = str(_("argomenti"))

    def format_help(self) -> str:
        return super().format_help().replace("usage:", str(_("uso:")), 1)

    def error(self, message: str) -> Never:
        refusal = str(_("{problem}\nPer le opzioni: {prog} --help")).format(
            problem=in_italian(message), prog=self.prog
        )
        if self.called_from_command_line:
            self.exit(2, f"{refusal}\n")
        raise CommandError(refusal, returncode=2)


class ItalianCommand(BaseCommand):
    """A command that refuses in plain words: subclasses raise CommandError, by default exit 2."""

    # `make check` runs them; here they would cost every command the loading of all pages.
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **_kwargs: Any) -> CommandParser:  # noqa: ARG002  Django's signature
        parser = ItalianParser(
            prog=f"ordito {subcommand}",
            description=str(self.help) or None,
            called_from_command_line=self._is_at_the_door,
            add_help=False,
        )
        parser.add_argument("-h", "--help", action="help", help=str(_("mostra questo aiuto")))
        for name in ("settings", "pythonpath"):
            parser.add_argument(f"--{name}", help=SUPPRESS)
        for flag in ("traceback", "no-color", "force-color", "skip-checks"):
            parser.add_argument(f"--{flag}", action="store_true", help=SUPPRESS)
        parser.add_argument(
            "-v", "--verbosity", type=int, choices=range(4), default=1, help=SUPPRESS
        )
        self.add_arguments(parser)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        self._is_at_the_door = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as error:
            if not NO_TABLE.search(str(error)):
                raise
            self._refuse(NO_DATABASE, 2, error)
        except CommandError as refusal:
            if not self._is_at_the_door or options.get("traceback"):
                raise
            # argparse, and so the rest of the shell, gives 2 to what cannot be done as asked.
            code = 2 if refusal.returncode == 1 else refusal.returncode
            self._refuse(str(refusal), code, refusal)

    _is_at_the_door = False

    def _refuse(self, message: object, code: int, cause: Exception) -> Never:
        if not self._is_at_the_door:
            raise CommandError(str(message), returncode=code) from cause
        self.stderr.write(str(message))
        sys.exit(code)


def in_italian(message: str) -> str:
    """What argparse complains of, in Italian; an unknown complaint stays as it is."""
    for pattern, phrase in PHRASES:
        if found := re.fullmatch(pattern, message):
            return str(phrase).format(*found.groups())
    return message
