"""Say what is wrong with this installation, and what to do."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from ordito.config.doctor import examine
from ordito.config.findings import State
from ordito.lib.commands import ItalianCommand

EXIT = {State.OK: 0, State.WARNING: 1, State.ERROR: 2}


class Command(ItalianCommand):
    help = _("Esamina l'installazione: 0 tutto bene, 1 da guardare, 2 da rimediare.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help=str(_("text o json"))
        )

    def handle(self, *, format: str, **_options: Any) -> None:  # noqa: A002  the option's name
        findings = list(examine())
        if format == "json":
            rows = [asdict(finding) for finding in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                remedy = f" → {finding.remedy}" if finding.remedy else ""
                self.stdout.write(f"{finding.state:<10} {finding.name}: {finding.found}{remedy}")
        if code := max(EXIT[finding.state] for finding in findings):
            sys.exit(code)
