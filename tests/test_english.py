"""The English catalogue is whole, and pages read in English show no Italian of ours."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from tests.access import SIGN_IN, TABLE
from tests.tenants import Tenant, entered, kept, make_tenant

PACKAGE = Path(__file__).parent.parent / "ordito"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[a-z]|%[sd]|\{\w*(?::[^{}]*)?\}")
# Names that stay Italian in an English sentence, and what the tenant below has typed.
LEGAL = (
    "Ufficio di Piano",
    "Piano di Zona",
    "Difensore civico per il digitale",
    "Garante per la protezione dei dati personali",
)
TYPED = re.compile(
    r"zq\S*|(?:Ambito|Ente|LabGo|Mandato|Prodotto) inglese|Gruppo riservato|\S+-inglese"
)
ITALIAN = re.compile(
    r"\b(?:di|del|della|delle|dei|degli|dell|nel|nella|alla|agli|gli|il|che|sono|questo|questa"
    r"|nessun\w*|organism[oi]|calendario|presenze|incontr[oi]|ent[ei]|laborator\w+|mandat[oi]"
    r"|prodott[oi]|registr\w*zion[ei]|registrate|registrato|scrivete|salvate|chiudete|modificate"
    r"|accedete|ambit[oi]|ufficio|aderisc\w*|adesion[ei]|person[ae]|segnalazion[ei]|presenti"
    r"|assent[ei]|ospit[ei]|nuov[oa])\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_message_is_translated_and_none_is_guessed(catalogue: polib.POFile) -> None:
    assert [e.msgid for e in catalogue if not e.translated() or e.fuzzy or e.obsolete] == []


def test_a_translation_has_the_placeholders_of_its_message(catalogue: polib.POFile) -> None:
    different = [
        (source, english)
        for entry in catalogue
        for source, english in _pairs(entry)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(english))
    ]
    assert different == []


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="the Debian package gettext is absent")
def test_no_message_of_the_code_is_missing(
    catalogue: polib.POFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out = shutil.ignore_patterns("tests", "static", "locale", "__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "ordito", ignore=leave_out)
    places = tmp_path / "locale"
    places.mkdir()
    monkeypatch.chdir(tmp_path)
    with override_settings(LOCALE_PATHS=[places]):
        call_command("makemessages", locale=["en"], verbosity=0)

    fresh = polib.pofile(str(places / "en" / "LC_MESSAGES" / "django.po"))
    known = {(e.msgctxt, e.msgid, e.msgid_plural) for e in catalogue}
    assert [e.msgid for e in fresh if (e.msgctxt, e.msgid, e.msgid_plural) not in known] == []


class Words(HTMLParser):
    """What a page says in its own language, attributes that are read aloud included."""

    SPOKEN = ("aria-label", "placeholder", "alt", "title")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._in_italian = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_italian = tag == "button" and ("lang", "it") in attrs  # the way back to Italian
        self.said += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  HTMLParser's signature
        self._in_italian = False

    def handle_data(self, data: str) -> None:
        if not self._in_italian:
            self.said.append(data)


def italian_in(html: str) -> list[str]:
    """The Italian words of a page with what comes after, without names and typed texts."""
    text = TYPED.sub("", " ".join(" ".join(Words(html).said).split()))
    for name in LEGAL:
        text = text.replace(name, "")
    return [text[found.start() : found.start() + 60] for found in ITALIAN.finditer(text)]


@pytest.fixture(scope="module")
def in_english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The catalogue as it is now, whether or not it has been compiled in its place."""
    place = tmp_path_factory.mktemp("locale")
    folder = place / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(folder / "django.mo"))
    with override_settings(LOCALE_PATHS=[place]):
        yield


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tenant]:
    del django_db_setup
    with kept(django_db_blocker):
        yield make_tenant("inglese")


PUBLIC = [name for name, line in TABLE.items() if line.is_public]
OFFICE = [name for name, line in TABLE.items() if line.get["coordinator"] == 200]
ENTRANCES = [name for name, (_words, anonymous, _user) in SIGN_IN.items() if anonymous == 200]
READERS = [
    *((name, "anonymous") for name in PUBLIC + ENTRANCES),
    *(pytest.param(name, "coordinator", marks=pytest.mark.slow) for name in OFFICE),
]


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(("name", "role"), READERS)
def test_a_page_in_english_has_no_italian_word(house: Tenant, name: str, role: str) -> None:
    words = TABLE[name].address if name in TABLE else SIGN_IN[name][0]

    response = read(reverse(name, kwargs=house.address(words)), house, role, "en")

    assert response.status_code == 200
    if response["Content-Type"].startswith("text/html"):
        assert '<html lang="en"' in response.content.decode()
        assert italian_in(response.content.decode()) == []


@pytest.mark.django_db
def test_the_same_page_in_italian_is_recognised_as_such(house: Tenant) -> None:
    response = read(reverse("web:district", args=[house.district.slug]), house, "anonymous", "it")

    assert len(italian_in(response.content.decode())) > 10


def read(url: str, house: Tenant, role: str, language: str) -> Any:
    client = entered(house.coordinator if role == "coordinator" else None)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(url)
