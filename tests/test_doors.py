"""Nobody sees or does what is not theirs: the table of access, walked door by door."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import reverse

from conftest import Visitor
from ordito.accounts.models import User
from ordito.cohesion.exports.data import as_data
from ordito.cohesion.reports import district_report
from tests.access import (
    NOT_PUBLISHED,
    NOT_SIGNED_IN,
    ROLES,
    SIGN_IN,
    TABLE,
    WITH_ROLE,
    Line,
    routes,
)
from tests.filling import Page, filled
from tests.tenants import INSIDE, OFFICE, Tenant, entered, kept, make_tenant, people_around, rows

pytestmark = pytest.mark.django_db
slow = pytest.mark.slow
SENT = {"inviato": "sì"}  # an empty form still sends something
BRIEF = ("anonymous", "delegate", "stranger")
ALL_LINES = [*TABLE.items(), *NOT_PUBLISHED]
# The same pages under another address, where what is private could come out sideways.
SIDEWAYS = [
    ("cohesion:labs_file", "district extension=pdf", ""),
    ("cohesion:labs_file", "district extension=ods", ""),
    ("cohesion:lab_file", "district body extension=pdf", ""),
    ("cohesion:lab_file", "district body extension=csv", ""),
    ("ledger:entries", "district", "?ente=riservato"),
    ("ledger:entries", "district", "?tipo=governance.body&id={hidden}"),
    ("ledger:entries", "district", "?tipo=governance.meeting&id={meeting}"),
    ("ledger:entries_csv", "district", "?tipo=governance.body&id={hidden}"),
    ("network:organisations", "district", "?nome=zq"),
    ("network:people", "district", "?nome=zq"),
    ("governance:calendar", "district", "?anno=2026"),
    ("governance:meeting", "district body day=open", ""),
    ("network:feedback_settle", "district pk=settled", ""),
    ("ledger:entry", "district seq=correction", ""),
]


@dataclass
class House:
    """The home district and the foreign one, and who knocks at the doors of the home."""

    home: Tenant
    foreign: Tenant
    people: dict[str, User | None]
    browsers: dict[str, Visitor]
    seen: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def visit(self, role: str, url: str) -> tuple[int, str]:
        """The status and the text of a page, read once for each role: reading changes nothing."""
        if (role, url) not in self.seen:
            response = self.browsers[role].get(url)
            self.seen[role, url] = response.status_code, said(response, url)
        return self.seen[role, url]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    del django_db_setup
    with kept(django_db_blocker):
        home, foreign = make_tenant("casa"), make_tenant("fuori")
        people = people_around(home, foreign)
        users = people | {"owner": foreign.coordinator}
        browsers = {name: entered(user) for name, user in users.items()}
        yield House(home, foreign, people, browsers)


def some(names: tuple[str, ...], brief: tuple[str, ...]) -> list[Any]:
    """Each role as a parameter: those that are not `brief` keep out of the unit suite."""
    return [name if name in brief else pytest.param(name, marks=slow) for name in names]


def url_of(tenant: Tenant, name: str, address: str, query: str = "") -> str:
    kwargs = tenant.address(address)
    query = query.format(hidden=tenant.hidden.pk, meeting=tenant.hidden_meeting.pk)
    return reverse(name, kwargs=kwargs) + query


def send(client: Any, url: str) -> int:
    """The answer to an empty form, whose effects are undone."""
    with transaction.atomic():
        status: int = client.post(url, SENT).status_code
        transaction.set_rollback(True)
    return status


def unexpected(house: House, role: str, method: str, lines: list[tuple[str, Line]]) -> list[str]:
    """The doors that answer otherwise than the table says."""
    client = house.browsers[role]
    wrong = []
    for name, line in lines:
        url = url_of(house.home, name, line.address)
        expected = (line.get if method == "get" else line.post)[role]
        status = house.visit(role, url)[0] if method == "get" else send(client, url)
        if status != expected:
            wrong.append(f"{method} {url} ({name}): {status}, not {expected}")
    return wrong


def test_every_route_is_in_the_table_and_every_line_is_a_route() -> None:
    known = routes()
    assert len(known) == len(set(known)), "two routes with one name"
    assert set(known) == TABLE.keys() | SIGN_IN.keys()


@pytest.mark.parametrize("role", some(ROLES, BRIEF))
def test_a_page_answers_each_role_as_the_table_says(house: House, role: str) -> None:
    assert not unexpected(house, role, "get", ALL_LINES)


@pytest.mark.parametrize("role", some(ROLES, ("delegate", "stranger")))
def test_a_form_takes_what_each_role_may_send(house: House, role: str) -> None:
    is_brief = role in BRIEF
    taking = [pair for pair in ALL_LINES if not is_brief or 405 not in pair[1].post.values()]
    assert not unexpected(house, role, "post", taking)


@slow
def test_where_a_page_takes_no_form_every_role_is_told_so(house: House) -> None:
    for role in ROLES:
        taking_none = [pair for pair in ALL_LINES if 405 in pair[1].post.values()]
        assert not unexpected(house, role, "post", taking_none)


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(house: House) -> None:
    for role in NOT_SIGNED_IN:
        client = house.browsers[role]
        for name in ("network:people", "governance:attendance", "governance:scan"):
            url = url_of(house.home, name, TABLE[name].address)
            assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"


@slow
def test_staff_without_the_second_factor_get_no_further_than_activating_it(house: House) -> None:
    client = Client()  # unlike a Visitor, it stops half-way
    client.force_login(house.home.staff)
    for name, line in TABLE.items():
        if line.get["staff"] != line.get["anonymous"]:
            response = client.get(url_of(house.home, name, line.address))
            assert response.status_code == 302, name
            assert response["Location"] == reverse("mfa_activate_totp"), name


@slow
def test_sign_in_answers_as_the_table_says(house: House) -> None:
    wrong = []
    for place, role in enumerate(("anonymous", "delegate")):
        client = house.browsers[role]
        for name, (address, *statuses) in SIGN_IN.items():
            url = url_of(house.home, name, address)
            if (status := client.get(url).status_code) != statuses[place]:
                wrong.append(f"{role} {url}: {status}, not {statuses[place]}")
    assert not wrong


# --- the page that does not exist


def bare(response: Any, url: str, slug: str) -> str:
    """The page without what differs at each request: its address and its tokens."""
    html = response.content.decode()
    html = html.replace(url, "URL").replace(slug, "SLUG")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "TOKEN", html)


HIDDEN = [pair for pair in ALL_LINES if "district" in pair[1].address]


@pytest.mark.parametrize(
    ("role", "lines"),
    [
        ("stranger", HIDDEN[::5]),
        pytest.param("stranger", HIDDEN, marks=slow),
        pytest.param("former", HIDDEN, marks=slow),
    ],
)
def test_what_is_not_yours_answers_like_what_is_not_there(
    house: House, role: str, lines: list[tuple[str, Line]]
) -> None:
    """Byte by byte, and header by header."""
    slug, absent = house.home.district.slug, "mai-esistito"
    client = house.browsers[role]
    for name, line in lines:
        if line.get[role] != 404:
            continue
        url = url_of(house.home, name, line.address)
        other = url.replace(slug, absent)
        is_it, is_not = client.get(url), client.get(other)
        assert is_not.status_code == 404
        assert bare(is_it, url, slug) == bare(is_not, other, absent), name
        assert is_it.headers.keys() == is_not.headers.keys(), name


@slow
def test_an_unpublished_district_is_not_there_for_anybody_else(house: House) -> None:
    type(house.foreign.district).objects.filter(pk=house.foreign.district.pk).update(
        is_public=False
    )
    for role in ("anonymous", "delegate"):
        client = house.browsers[role]
        for name, line in TABLE.items():
            if "district" in line.address and line.is_public:
                url = url_of(house.foreign, name, line.address)
                assert client.get(url).status_code == 404, name
    owner = entered(house.foreign.coordinator)
    assert owner.get(url_of(house.foreign, "web:district", "district")).status_code == 200


# --- canaries


def said(response: Any, url: str) -> str:
    """All that a response gives away: headers, text, and what is packed inside files."""
    body = b"".join(response) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    texts = [str(dict(response.headers)), str(response.cookies)]
    if "opendocument" in kind:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            texts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    elif kind == "application/pdf":
        texts += [_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", body, re.S)]
    else:
        texts.append(body.decode("utf-8", "replace"))
    return "\n".join(texts).replace(url, "")


def _inflated(part: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(part).decode("utf-8", "replace")
    except zlib.error:
        return ""


def heard(house: House, role: str, tenant: Tenant, words: list[str]) -> dict[str, str]:
    """The canaries that someone hears at the doors of a district, and where."""
    doors = [(name, line.address, "") for name, line in ALL_LINES] + SIDEWAYS
    found: dict[str, str] = {}
    for name, address, query in doors:
        url = url_of(tenant, name, address, query)
        text = house.visit(role, url)[1]
        found |= {word: url for word in words if word in text}
    return found


@slow
def test_the_office_hears_every_canary(house: House) -> None:
    """Otherwise the tests below would prove nothing."""
    words = house.foreign.canaries.of[OFFICE] + house.foreign.canaries.of[INSIDE]
    found = heard(house, "owner", house.foreign, words)
    silent = {word.removesuffix("-zq").partition("-")[2] for word in words if word not in found}
    assert not silent


@pytest.mark.parametrize("role", some((*WITH_ROLE, "anonymous"), ()))
def test_nobody_hears_the_canaries_of_another_district(house: House, role: str) -> None:
    words = house.foreign.canaries.of[OFFICE] + house.foreign.canaries.of[INSIDE]
    assert not heard(house, role, house.foreign, words)


@pytest.mark.parametrize("role", some(("delegate", "mayor", "regional"), ("delegate",)))
def test_a_role_without_the_office_does_not_hear_its_canaries(house: House, role: str) -> None:
    canaries = house.home.canaries.of
    found = heard(house, role, house.home, canaries[OFFICE] + canaries[INSIDE])
    assert not [(word, where) for word, where in found.items() if word in canaries[OFFICE]]
    assert found, "whoever has a role hears those of the inside"


@pytest.mark.parametrize("role", some(("stranger", "former", "suspended"), ("stranger",)))
def test_who_is_outside_or_has_left_hears_nothing(house: House, role: str) -> None:
    canaries = house.home.canaries.of
    assert not heard(house, role, house.home, canaries[OFFICE] + canaries[INSIDE])


def test_the_data_of_the_report_hold_no_canary_of_another_district(house: House) -> None:
    """The PDF is written from the same report: its glyphs cannot be searched, its data can."""
    words = house.foreign.canaries.of[OFFICE] + house.foreign.canaries.of[INSIDE]
    for reader in (AnonymousUser(), house.home.coordinator):
        report = json.dumps(as_data(district_report(house.foreign.district, reader)))
        assert not [word for word in words if word in report]


# --- what the wrong hands send


def letters(tenant: Tenant) -> list[tuple[str, dict[str, str]]]:
    """Every form of a district as its coordinator would send it: address and content."""
    client = entered(tenant.coordinator)
    sent = []
    for name, line in ALL_LINES:
        if 405 in line.post.values() or "district" not in line.address:
            continue
        url = url_of(tenant, name, line.address)
        if line.get["coordinator"] == 200:
            for form in Page(client.get(url).content.decode()).sheets:
                sent.append((form.action or url, filled(form)))
        else:
            by_hand = {"organisation": str(tenant.unlisted.pk), "is_present": "no", "reason": "x"}
            sent.append((url, by_hand))
    return sent


@pytest.mark.parametrize(
    "role",
    some(
        ("anonymous", "delegate", "mayor", "regional", "stranger", "former", "suspended"),
        ("stranger",),
    ),
)
def test_a_whole_form_from_the_wrong_hands_changes_nothing(house: House, role: str) -> None:
    sent = [pair for pair in letters(house.home) if "/segnalazioni/" not in pair[0]]
    assert len(sent) > 20
    client = house.browsers[role]
    before = rows()
    for url, content in sent:
        assert client.post(url, content).status_code in {302, 403, 404}, url
    assert rows() == before


FORGED = {
    "is_staff": "1",
    "is_superuser": "1",
    "is_active": "0",
    "is_demonstrative": "1",
    "is_placeholder": "1",
    "slug": "preso",
    "order": "9",
    "turn": "9",
    "roll_version": "99",
    "source": "import",
    "by": "1",
    "recorded_at": "2001-01-01",
}


@slow
def test_parameters_that_no_form_asks_for_are_ignored(house: House) -> None:
    """The district, the body, the state and the ids of what is written come from the address."""
    home, foreign = house.home, house.foreign
    client = entered(home.coordinator)
    theirs = {
        "district": foreign.district.pk,
        "district_id": foreign.district.pk,
        "body": foreign.lab.pk,
        "body_id": foreign.lab.pk,
        "meeting": foreign.open_meeting.pk,
        "id": foreign.lab.pk,
        "pk": foreign.lab.pk,
        "user": house.people["stranger"].pk,  # type: ignore[union-attr]  # a user, not the anonymous
        "uid": foreign.person.uid,
        "status": "closed",
    }
    for url, content in letters(home):
        with transaction.atomic():
            plain = client.post(url, content).status_code
            usual = without_ids(rows())
            transaction.set_rollback(True)
        with transaction.atomic():
            extra = {name: str(value) for name, value in (FORGED | theirs).items()}
            forged = client.post(url, extra | content).status_code
            assert forged == plain, url
            assert without_ids(rows()) == usual, url
            transaction.set_rollback(True)


def without_ids(tables: dict[str, list[Any]]) -> dict[str, list[str]]:
    """The tables without what is new at each writing: ids, instants, hashes and random keys."""
    new = re.compile(
        r"datetime\.datetime\([^)]*\)|UUID\('[^']*'\)|'[0-9a-f]{32,64}'|'![A-Za-z0-9]{40}'|^\(\d+"
    )
    return {label: sorted(new.sub("", str(row)) for row in them) for label, them in tables.items()}
