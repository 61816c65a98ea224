"""`ordito demo`: create the embedded database and fill it with the demonstration districts."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from ordito.lib.commands import ItalianCommand
from ordito.registry.models import District
from ordito.web.demo import invented, melzo, scale, tradate

SIGN_INS = "demo-sign-ins.txt"


class Command(ItalianCommand):
    help = (
        "Crea la base dati e la riempie con gli ambiti dimostrativi; la seconda volta la conserva."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale",
            action="store_true",
            help="aggiunge un ambito inventato e grande, per misurare le prestazioni",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = settings.ORDITO_DATA
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_key(folder / "secret_key")
        call_command("migrate", verbosity=0, interactive=False)
        if not District.objects.exists():
            self._load(folder)
        if options["scale"]:
            self._scale()

    def _load(self, folder: Path) -> None:
        password = secrets.token_urlsafe(9)
        with transaction.atomic():
            melzo.load(password)
            tradate.load(password)
            sign_ins = invented.load(password)
        _write_private(folder / SIGN_INS, _sign_ins(password, sign_ins))
        self.stdout.write("Ambiti dimostrativi caricati: Melzo, Tradate, Valprova (inventato).")
        self.stdout.write(f"Gli accessi sono in {folder / SIGN_INS}; `ordito serve` li mostra.")

    def _scale(self) -> None:
        if District.objects.filter(slug=scale.SLUG).exists():
            raise CommandError(
                f"L'ambito «{scale.SLUG}» c'è già: per rifarlo usate un'altra cartella ORDITO_DATA."
            )
        counts = scale.load()
        self.stdout.write(
            "Ambito grande: " + ", ".join(f"{n} {what}" for what, n in counts.items())
        )


def _write_key(path: Path) -> None:
    """A demonstration makes its own secret key; `serve` keeps such an installation on loopback."""
    if not settings.SECRET_KEY_GIVEN and not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    if not settings.SECRET_KEY_GIVEN:
        settings.SECRET_KEY = path.read_text().strip()


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as target:
        target.write(text)


def _sign_ins(password: str, users: list[tuple[str, str]]) -> str:
    known = [("melzo@ordito.example", "Melzo"), ("tradate@ordito.example", "Tradate"), *users]
    width = max(len(email) for email, _who in known)
    lines = [f"  {email:<{width}}  {who}" for email, who in known]
    return "\n".join(
        [
            "Accessi dimostrativi, alla pagina /accesso/:",
            *lines,
            f"  parola d'accesso per tutti: {password}",
            "",
        ]
    )
