"""What staff proves besides a password, and how often."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from ordito.accounts.models import User
from tests.entering import (
    app_code,
    ask_code,
    by_factor,
    by_password,
    code_in,
    give_factor,
    is_in,
    link_in,
    make_coordinator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_coordinator()


def test_staff_without_a_factor_is_sent_to_set_one_up(client: Client, anna: User) -> None:
    by_password(client, anna)
    for url in ("/", reverse("web:desk"), reverse("web:district", args=["prova"])):
        for answer in (client.get(url), client.post(url)):
            assert answer.url == reverse("mfa_activate_totp")
    page = client.get(reverse("web:desk"), follow=True).content.decode()
    assert "entra con un secondo fattore" in page
    for public in (reverse("web:notices"), reverse("web:privacy", args=["prova"])):
        assert client.get(public).status_code != 302
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post(reverse("set_language"), {"language": "en", "next": "/"}).url == "/"


def test_a_demo_does_not_ask_for_a_factor(client: Client, anna: User, settings: Any) -> None:
    settings.IS_DEMO = True
    by_password(client, anna)
    assert client.get(reverse("web:desk")).status_code == 200


def test_staff_sets_up_a_factor_and_works(client: Client, anna: User) -> None:
    by_password(client, anna)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert page.context["secret"].replace(" ", "") == secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    codes = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert codes.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes.content.decode())) == 10
    assert client.get(reverse("web:desk")).status_code == 200
    other = Client()
    by_password(other, anna)
    by_factor(other, code)
    assert not is_in(other), "the code that activated the app entered again"


def test_removing_the_app_asks_staff_for_another(client: Client, anna: User) -> None:
    give_factor(anna)
    by_password(client, anna)
    by_factor(client, app_code())
    assert client.get(reverse("web:desk")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(reverse("web:desk")).url == reverse("mfa_activate_totp")


def test_a_session_opened_before_the_app_confirms_it(client: Client, anna: User) -> None:
    by_password(client, anna)
    give_factor(anna)
    asked = client.get(reverse("web:desk"))
    assert asked.url == f"{reverse('mfa_reauthenticate')}?next=%2Fscrivania%2F"
    assert client.post(asked.url, {"code": app_code()}).url == reverse("web:desk")
    assert client.get(reverse("web:desk")).status_code == 200


def test_staff_passes_with_the_app_after_password_or_code(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    give_factor(anna)
    assert by_password(client, anna).url == reverse("mfa_authenticate")
    assert not is_in(client)
    assert by_factor(client, app_code()).url == reverse("web:desk")
    assert client.get(reverse("web:desk")).status_code == 200
    other = Client()
    ask_code(other, anna.email)
    other.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    assert not is_in(other)
    by_factor(other, app_code(1))
    assert is_in(other)


def test_a_code_of_the_app_enters_once_however_long_it_lasts(client: Client, anna: User) -> None:
    give_factor(anna)
    code = app_code(1)
    by_password(client, anna)
    by_factor(client, code)
    assert is_in(client)
    other = Client()
    by_password(other, anna)
    assert "Codice errato" in by_factor(other, f" {code[:3]} {code[3:]}").content.decode()
    cache.delete(f"allauth.mfa.totp.used?user={anna.pk}&code={code}")  # as after half a minute
    again = by_factor(other, f" {code[:3]} {code[3:]}").content.decode()
    assert "già stato usato" in again
    assert not is_in(other)


def test_a_reserve_code_enters_once(anna: User) -> None:
    give_factor(anna)
    code = RecoveryCodes.activate(anna).get_unused_codes()[0]
    entered = []
    for _ in range(2):
        client = Client()
        by_password(client, anna)
        by_factor(client, code)
        entered.append(is_in(client))
    assert entered == [True, False]


def test_codes_of_the_app_are_throttled(client: Client, anna: User) -> None:
    give_factor(anna)
    by_password(client, anna)
    for _ in range(10):
        by_factor(client, "000000")
    assert "Troppi tentativi" in by_factor(client, app_code()).content.decode()
    assert not is_in(client)
