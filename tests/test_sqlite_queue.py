"""The queue of SQLite's writers is left on every way out of a transaction."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError

from ordito.config.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "ordito.config.sqlite", reason="SQLite only"
    ),
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    wrapper = open_database(tmp_path / "queue.sqlite3")
    wrapper.cursor().execute("CREATE TABLE written (by TEXT UNIQUE)")
    yield wrapper
    wrapper.in_atomic_block = False
    wrapper.close()


def open_database(path: Path) -> DatabaseWrapper:
    there = settings.DATABASES["default"] | {"NAME": str(path), "TIME_ZONE": None}
    there |= {"AUTOCOMMIT": True, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": False}
    return DatabaseWrapper(there, alias="queue")


def is_free(database: DatabaseWrapper) -> bool:
    with open(f"{database.settings_dict['NAME']}.queue", "rb") as queue:
        try:
            fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def begin(database: DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_a_transaction_holds_the_queue_until_its_commit(database: DatabaseWrapper) -> None:
    begin(database)
    assert not is_free(database)
    database.commit()
    assert is_free(database)


def test_a_rollback_leaves_the_queue(database: DatabaseWrapper) -> None:
    begin(database)
    database.rollback()
    assert is_free(database)


def test_a_closed_connection_leaves_the_queue(database: DatabaseWrapper) -> None:
    begin(database)
    database.close()
    assert is_free(database)


def test_a_transaction_that_cannot_begin_leaves_the_queue(database: DatabaseWrapper) -> None:
    database.cursor().execute("BEGIN")
    with pytest.raises(DatabaseError, match="within a transaction"):
        begin(database)
    assert is_free(database)


def test_a_forked_process_does_not_keep_the_queue(database: DatabaseWrapper) -> None:
    begin(database)
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    try:
        database.commit()
        assert is_free(database)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_two_threads_write_one_after_the_other(database: DatabaseWrapper) -> None:
    order: list[str] = []

    def write() -> None:
        other = open_database(Path(database.settings_dict["NAME"]))
        begin(other)
        order.append("second")
        other.commit()
        other.close()

    begin(database)
    second = threading.Thread(target=write)
    second.start()
    second.join(timeout=0.1)
    order.append("first")
    database.commit()
    second.join(timeout=5)

    assert order == ["first", "second"]


def test_every_connection_writes_through_to_the_disk(database: DatabaseWrapper) -> None:
    cursor = database.cursor()
    assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
    assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
