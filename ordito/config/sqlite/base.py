"""Django's SQLite engine, whose write transactions wait their turn on a file lock.

SQLite waits for a lock by polling, so under load the unlucky writer waits long; a kernel lock
beside the database is fair. Every transaction begins IMMEDIATE, so each is a write transaction.
"""

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _queue: int | None = None

    def _lock_path(self) -> str | None:
        if self.is_in_memory_db():
            return None
        return f"{self.settings_dict['NAME']}.queue"

    def _start_transaction_under_autocommit(self) -> None:
        try:
            self._join_queue()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_queue()

    def _join_queue(self) -> None:
        path = self._lock_path()
        if path is None:
            return
        self._queue = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._queue, fcntl.LOCK_EX)

    def _leave_queue(self) -> None:
        if self._queue is None:
            return
        queue, self._queue = self._queue, None
        try:
            # A process forked meanwhile shares the lock: closing our end would not release it.
            fcntl.flock(queue, fcntl.LOCK_UN)
        finally:
            os.close(queue)
