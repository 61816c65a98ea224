"""People who open meetings and close rolls over HTTP, and note what they were told is done."""

import random
import threading
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlencode, urlsplit

from tests.crash.district import DISTRICT, LAB

FIRST_DAY = date(1991, 1, 1)
N_DAYS = 12_000
CSRF = "x" * 32
TIMEOUT = 25.0


@dataclass
class Acknowledged:
    """What the server answered for: a meeting opened, and its roll when closed."""

    day: str  # as in the address: 2026-03-02, or 2026-03-02-2
    present: frozenset[int] | None = None


@dataclass
class Writer:
    """One person at work, through every fall of the server."""

    number: int
    port: int
    cookie: str
    organisations: list[int]
    chance: random.Random
    done: list[Acknowledged] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _turn: count = field(default_factory=count)

    def work(self, stop: threading.Event) -> None:
        """Write until told to stop, or until the server is gone."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            while not stop.is_set():
                self._one_meeting(connection)
        except (OSError, HTTPException):
            return  # the server was killed: what was not answered does not count
        finally:
            connection.close()

    def _one_meeting(self, connection: HTTPConnection) -> None:
        path = f"/ambiti/{DISTRICT}/organismi/{LAB}/incontri/"
        held_on = FIRST_DAY + timedelta(days=(4 * next(self._turn) + self.number) % N_DAYS)
        location = self._post(
            connection, path + "nuovo/", held_on=held_on.isoformat(), key=uuid.uuid4().hex
        )
        if location is None:
            return
        opened = Acknowledged(day=urlsplit(location).path.removeprefix(path).strip("/"))
        self.done.append(opened)
        present = [pk for pk in self.organisations if self.chance.random() < 0.5]
        ticks = {f"o{pk}-here": "on" for pk in present} or {"nobody": "on"}
        if self._post(
            connection, f"{path}{opened.day}/presenze/", version="0", action="close", **ticks
        ):
            opened.present = frozenset(present)

    def _post(self, connection: HTTPConnection, path: str, **fields: str) -> str | None:
        """Where the server leads when it accepts; None when it refuses."""
        connection.request(
            "POST",
            path,
            urlencode({"csrfmiddlewaretoken": CSRF, **fields}),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"ordito={self.cookie}; csrf={CSRF}",
            },
        )
        response = connection.getresponse()
        body = response.read()
        if response.status == 302:
            return response.headers["Location"]
        self.refused.append(f"{response.status} {path} {body[:2000].decode(errors='replace')}")
        return None
