"""The served demonstration, and a browser signed in once for each role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

from tests.e2e.site import Site, free_port, read_samples, run, start, stop

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
USERS = {
    "delegate": "delegata@ordito.example",
    "staff": "coordinamento@ordito.example",
    "melzo": "melzo@ordito.example",
    "member": "tecnico@ordito.example",
}
SLOW = 15_000  # milliseconds: two cores may be busy


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration as `make run` leaves it, on a free port."""
    data: Path = tmp_path_factory.mktemp("served")
    run(data, "-m", "ordito", "demo")
    port = free_port()
    server, announced = start(data, port)
    yield Site(f"http://127.0.0.1:{port}", data, announced, read_samples(data))
    stop(server)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet towards the network."""
    quiet = ("quic", "background-networking", "component-update", "sync", "gpu")
    return browser_type_launch_args | {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in quiet)],
    }


@dataclass
class Visitor:
    """A browser context of one role, and whatever its pages did wrong."""

    context: BrowserContext
    site: Site
    wrongs: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.context.set_default_timeout(SLOW)
        self.context.on("request", self._on_request)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self.wrongs.append(f"script: {error.error}"))

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site.url + "/", "data:")):
            self.wrongs.append(f"asked another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            self.wrongs.append(f"policy: {message.text}")

    def page(self) -> Page:
        return self.context.new_page()

    def open(self, address: str) -> Page:
        page = self.page()
        page.goto(self.site.url + address)
        return page


Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def signed_in(site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where the session of a role is kept; it signs in at the first need, through the form."""
    folder: Path = tmp_path_factory.mktemp("sessions")

    def state(role: str) -> Path:
        path = folder / f"{role}.json"
        if not path.exists():
            context = browser.new_context(locale="it-IT")
            sign_in(context.new_page(), site, USERS[role])
            context.storage_state(path=path)
            context.close()
        return path

    return state


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/accesso/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(site.password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/scrivania/")


@pytest.fixture(scope="session")
def open_visitor(site: Site, browser: Browser, signed_in: Any) -> Visit:
    """Open a browser context: role or None, size of the window, with scripts or without."""

    def opened(
        role: str | None = None, size: dict[str, int] | None = None, *, js: bool = True
    ) -> Visitor:
        context = browser.new_context(
            locale="it-IT",
            viewport=size or DESKTOP,
            java_script_enabled=js,
            storage_state=signed_in(role) if role else None,
        )
        visitor = Visitor(context, site)
        visitor.watch()
        return visitor

    return opened


@pytest.fixture
def visit(open_visitor: Visit) -> Iterator[Visit]:
    """The same, closed at the end, when nothing may have gone to another host nor past the CSP."""
    visitors: list[Visitor] = []

    def opened(*args: Any, **options: Any) -> Visitor:
        visitors.append(open_visitor(*args, **options))
        return visitors[-1]

    yield opened
    wrongs = [wrong for visitor in visitors for wrong in visitor.wrongs]
    for visitor in visitors:
        close(visitor.context)
    assert wrongs == []


def close(context: BrowserContext) -> None:
    """Close a context whose browser may have gone first."""
    try:
        context.close()
    except Error as error:
        assert "closed" in str(error), error  # noqa: PT017  not what the test is about
