"""Every link that someone sees leads to a page: nobody meets a refusal or a fault by clicking."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from django.urls import resolve

from conftest import Cast, Visitor, give_role, make_meeting, make_organisation, make_user
from ordito.governance import acts as governance
from ordito.governance.models import Output
from ordito.network.models import Feedback
from ordito.registry.models import DistrictRole

LINK = re.compile(r'(?:href|hx-get)="([^"#][^"]*)"')
FILE = re.compile(r"\.(pdf|ods|csv|ics|svg|css|js)$|^/static/")
SAME_PAGE = 2  # of one kind of page, so many are opened: the others differ by their rows only


@pytest.fixture
def full(cast: Cast) -> Cast:
    """The cast, with something on every list."""
    make_meeting(cast.lab, cast.anna)
    make_meeting(cast.lab, cast.anna, held_on=date.today() + timedelta(days=30))
    governance.give_mandate(cast.lab, text="Fare", issuer=cast.assembly, by=cast.anna)
    governance.add_output(cast.lab, title="Guida", status=Output.Status.SENT, by=cast.anna)
    make_organisation(cast.district, cast.anna, name="Riservato", is_listed=False)
    Feedback.objects.create(
        district=cast.district, text="Ciao", token="0b0f9b8e-6a0e-4f0e-9a53-0a3c3f1d2e11"
    )
    return cast


def entered(cast: Cast, role: str) -> Visitor:
    client = Visitor()
    known = {"delegate": cast.dora, "staff": cast.bruno, "coordinator": cast.anna}
    if role in known:
        client.force_login(known[role])
    elif role in DistrictRole.Kind.values:
        user = make_user(role)
        give_role(user, cast.district, role)
        client.force_login(user)
    return client


def links(url: str, response: Any) -> Iterator[str]:
    """The addresses of the site that the page leads to, without their fragments."""
    for target in LINK.findall(response.content.decode()):
        address = urldefrag(urljoin(url, unescape(target))).url
        if address.startswith("/") and not FILE.search(address.partition("?")[0]):
            yield address


def dead_ends(client: Visitor, start: list[str]) -> list[str]:
    """What answers otherwise than with a page, and the page that leads there."""
    waiting = [(url, "the start") for url in start]
    seen, opened, wrong = set(start), Counter[str](), []
    while waiting:
        url, origin = waiting.pop()
        name = resolve(url.partition("?")[0]).view_name
        if opened[name] == SAME_PAGE:
            continue
        opened[name] += 1
        response = client.get(url, follow=True)
        if response.status_code != 200:
            wrong.append(f"{url}, from {origin}: {response.status_code}")
            continue
        new = [address for address in links(url, response) if address not in seen]
        seen.update(new)
        waiting += [(address, url) for address in new]
    assert len(opened) > 8, "almost nothing was opened"
    return wrong


@pytest.mark.parametrize(
    "role",
    [
        "delegate",
        "staff",
        *(
            pytest.param(role, marks=pytest.mark.slow)
            for role in ("anonymous", "mayor", "regional_officer", "coordinator")
        ),
    ],
)
def test_no_link_that_someone_sees_leads_nowhere(full: Cast, role: str) -> None:
    start = ["/", *([] if role == "anonymous" else ["/scrivania/"])]
    client = entered(full, role)
    client.raise_request_exception = False

    assert dead_ends(client, start) == []


def test_a_delegate_opens_the_page_of_the_organisation_she_represents(full: Cast) -> None:
    page = entered(full, "delegate").get(f"/enti/{full.coop.slug}/")

    assert page.status_code == 200
    assert "Dora Delegata" in page.content.decode()
