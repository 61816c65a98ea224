"""Compile the catalogues of the interface without gettext, in the place of Django's command."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.utils.translation import gettext as _

from ordito.lib.commands import ItalianCommand


class Command(ItalianCommand):
    help = _("Compila le traduzioni dell'interfaccia.")

    def handle(self, **_options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
