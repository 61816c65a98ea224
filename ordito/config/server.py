"""The application served by gunicorn, with the answers a person needs when it cannot start."""

import ipaddress
import logging
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from ordito.lib.commands import NO_DATABASE

SIGN_INS = "demo-sign-ins.txt"
THREADS = 4


def demo_sign_ins() -> str:
    """Who can sign in to this demo, as the demo wrote it down; empty elsewhere."""
    path = settings.ORDITO_DATA / SIGN_INS
    return path.read_text() if settings.IS_DEMO and path.exists() else ""


def secret_key() -> str:
    """The key in use; empty where none is set, which Django refuses to say."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def check_can_serve(address: str, port: int) -> None:
    """Refuse what would fail later. Raises CommandError with the remedy."""
    if not secret_key():
        raise CommandError(
            _("Manca ORDITO_SECRET_KEY: impostatela, o create una demo con `ordito demo`.")
        )
    if settings.IS_DEMO and not is_loopback(address):
        raise CommandError(
            _(
                "Una demo risponde solo a questo computer: «{address}» è un indirizzo pubblico. "
                "Usate --address 127.0.0.1, o impostate ORDITO_SECRET_KEY."
            ).format(address=address)
        )
    require_database()
    if waiting := pending_migrations():
        raise CommandError(
            _(
                "Il database è di una versione precedente ({n} passi): eseguite `ordito migrate`."
            ).format(n=len(waiting))
        )
    _check_free(address, port)


def is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def require_database() -> None:
    """Raises CommandError where no database was ever made, and makes none."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        found = path.exists() and path.stat().st_size > 0
    else:
        found = "django_migrations" in connection.introspection.table_names()
    if not found:
        raise CommandError(str(NO_DATABASE))


def pending_migrations() -> list[str]:
    """The migrations that the database still waits for."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _check_free(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except PermissionError:
            raise CommandError(
                _("La porta {port} è riservata: scegliete --port da 1024 in su.").format(port=port)
            ) from None
        except (OSError, OverflowError):
            raise CommandError(
                _(
                    "Su {address} la porta {port} è occupata o l'indirizzo non è di questo "
                    "computer: provate --port {other}."
                ).format(address=address, port=port, other=port % 65_000 + 1)
            ) from None


class _PatientArbiter(Arbiter):
    """Ctrl-C stops as SIGTERM does: the requests under way are finished first."""

    def handle_int(self) -> None:
        self.handle_term()


class Server(BaseApplication):
    """Ordito behind gunicorn: a few processes of four threads each."""

    def __init__(self, address: str, port: int, workers: int, ready: Callable[[], None]) -> None:
        host = f"[{address}]" if ":" in address else address
        self._options: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": 20,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "ordito",
            "control_socket_disable": True,
            "when_ready": lambda _arbiter: ready(),
            "post_worker_init": _leave_ctrl_c_to_the_arbiter,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        # WhiteNoise warns of a folder that is not there; static files come from the packages.
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        # Django answers HEAD with the body of GET: the server drops it and would say so each time.
        logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)
        return get_wsgi_application()

    def run(self) -> None:
        # What was read before the fork may not be shared by the processes.
        connections.close_all()
        _PatientArbiter(self).run()


def _leave_ctrl_c_to_the_arbiter(_worker: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
