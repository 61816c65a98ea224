"""Every form of the site, sent and judged: what was typed, what came back, what changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import resolve, reverse

from conftest import Visitor
from tests import hostile
from tests.access import TABLE
from tests.filling import Control, Form, Page, filled
from tests.tenants import Tenant, entered, kept, make_tenant, rows

TEXTUAL = {"text", "textarea", "email", "url", "tel", "search"}
ROLL = "governance:attendance"  # a form of its own: see the tests of its page


@dataclass
class Sheet:
    """A form of the site, as its page shows it."""

    name: str
    url: str
    form: Form

    def controls(self, *kinds: str) -> list[Control]:
        return [control for control in self.form.controls.values() if control.kind in kinds]


@dataclass
class Answer:
    """What came of sending a form: the sent fields, the answer, and whether rows changed."""

    sent: dict[str, Any]
    response: Any
    changed: bool = True
    following: Any = None

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.content.decode()


@dataclass
class Office:
    """A district, its coordinator's browser and every form that it shows."""

    home: Tenant
    foreign: Tenant
    client: Visitor
    sheets: list[Sheet]
    at_rest: dict[str, list[Any]]

    def post(self, sheet: Sheet, content: dict[str, Any]) -> Any:
        """Send a form as browsers do: in parts only where it carries a file."""
        if sheet.form.is_multipart:
            return self.client.post(sheet.url, content)
        kind = "application/x-www-form-urlencoded"
        return self.client.post(sheet.url, urlencode(content), content_type=kind)

    def send(self, sheet: Sheet, content: dict[str, Any]) -> Answer:
        """Send a form and read where it leads; all is undone, so the rows stay those at rest."""
        with transaction.atomic():
            response = self.post(sheet, content)
            answer = Answer(content, response)
            if response.status_code != 302:
                answer.changed = rows() != self.at_rest
            else:
                answer.following = self.client.get(response["Location"])
            transaction.set_rollback(True)
        return answer


@contextmanager
def opened_office(blocker: Any) -> Iterator[Office]:
    """The office of a district that has a neighbour, until the end of a module."""
    with kept(blocker):
        home, foreign = make_tenant("casa"), make_tenant("fuori")
        client = entered(home.coordinator)
        yield Office(home, foreign, client, list(_sheets(home, client)), rows())


def _sheets(tenant: Tenant, client: Visitor) -> Iterator[Sheet]:
    for name, line in TABLE.items():
        if line.get["coordinator"] == 200 and 405 not in line.post.values():
            url = reverse(name, kwargs=tenant.address(line.address))
            for form in Page(client.get(url).content.decode()).sheets:
                where = form.action or url
                yield Sheet(resolve(where).view_name, where, form)


def troubles(sheet: Sheet, answer: Answer, *, refused: bool | None = None) -> list[str]:
    """What is wrong with an answer to a form. `refused`: whether it had to be."""
    where = f"{sheet.name}"
    if answer.status >= 500 or answer.status not in {200, 302, 422}:
        return [f"{where}: {answer.status}"]
    found = []
    if refused is not None and refused != (answer.status == 422):
        found.append(f"{where}: {answer.status}, refused should be {refused}")
    if answer.status == 422:
        found += [f"{where}: {trouble}" for trouble in _of_refusal(sheet, answer)]
    if answer.following is not None and answer.following.status_code != 200:
        found.append(f"{where}: leads to {answer.following.status_code}")
    if answer.following is not None and answer.following.status_code == 200:
        found += [f"{where}: {it}" for it in _raw(answer.following.content.decode(), answer.sent)]
    return found


def _of_refusal(sheet: Sheet, answer: Answer) -> Iterator[str]:
    if answer.changed:
        yield "refused, and changed"
    page = Page(answer.html)
    if len(page.by_id.get("errori", "").split()) < 5:
        yield "no summary of what is wrong"
    form = max(page.sheets, key=lambda form: _likeness(form, sheet.form), default=None)
    if form is None or not _likeness(form, sheet.form):
        yield "the form is gone"
        return
    for control in form.controls.values():
        if control.is_invalid:
            said = " ".join(page.by_id.get(it, "") for it in control.described_by.split())
            if not said.strip():
                yield f"{control.name} is wrong and nobody says why"
    if english := hostile.ENGLISH.search(page.by_id.get("errori", "")):
        yield f"speaks English: {english[0]}"
    yield from _lost(form, answer.sent)
    yield from _raw(answer.html, answer.sent)


def _likeness(one: Form, other: Form) -> int:
    """How many fields two forms share; those that say which row they are about weigh more."""
    shared = one.controls.keys() & other.controls.keys() - {"csrfmiddlewaretoken"}
    fixed = [name for name in shared if other.controls[name].kind == "hidden"]
    same = sum(one.controls[name].value == other.controls[name].value for name in fixed)
    return len(shared) + 10 * same if shared else 0


def _lost(form: Form, sent: dict[str, Any]) -> Iterator[str]:
    """The texts that were typed and are not there any more."""
    for name, control in form.controls.items():
        typed = sent.get(name, "")
        if control.kind in TEXTUAL and _plain(typed) != _plain(control.value):
            yield f"{name} does not come back: {control.value[:40]!r}"


def _plain(text: str) -> str:
    """A text without what a browser or a parser of pages changes in it."""
    return "".join(text.replace("\x00", "\ufffd").split()).replace("\ufffd", "")


def _raw(html: str, sent: dict[str, Any]) -> Iterator[str]:
    for name, typed in sent.items():
        if len(str(typed)) > 8 and "<" in str(typed) and str(typed) in html:
            yield f"{name} comes back unescaped"


def written_everywhere(sheet: Sheet, text: str) -> dict[str, str]:
    content = filled(sheet.form)
    return content | dict.fromkeys((control.name for control in sheet.controls(*TEXTUAL)), text)


def one_field_at_a_time(sheet: Sheet, text: str, kinds: set[str]) -> Iterator[dict[str, str]]:
    for control in sheet.controls(*kinds):
        yield filled(sheet.form) | {control.name: text}
