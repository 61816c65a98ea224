"""Who enters with a code or a password, and what stops who must not."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from ordito.accounts.models import User
from tests.entering import (
    PASSWORD,
    ask_code,
    by_password,
    code_in,
    give_factor,
    is_in,
    link_in,
    make_coordinator,
    make_delegate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_coordinator()


@pytest.fixture
def dora() -> User:
    return make_delegate()


def test_a_delegate_enters_with_the_link_of_the_message(
    client: Client, dora: User, mailoutbox: list[EmailMessage]
) -> None:
    waiting = ask_code(client, dora.email, next="/informative/")
    assert "Controllate la posta" in waiting.content.decode()
    (message,) = mailoutbox
    assert message.to == [dora.email]
    link = link_in(message)
    page = client.get(link).content.decode()
    assert f'value="{code_in(message)}"' in page
    assert "premete «Entrate»" in page
    assert not is_in(client)
    entered = client.post(link, {"code": code_in(message)})
    assert entered.url == "/informative/"
    assert client.session["_auth_user_id"] == str(dora.pk)
    assert not EmailAddress.objects.exists()


def test_the_link_in_another_browser_explains_what_to_do(
    client: Client, dora: User, mailoutbox: list[EmailMessage]
) -> None:
    ask_code(client, dora.email)
    other = Client()
    page = other.get(link_in(mailoutbox[0]))
    text = page.content.decode()
    assert "Il codice non vale qui" in text
    assert code_in(mailoutbox[0]) in text
    assert reverse("account_request_login_code") in text
    refused = other.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    assert refused.status_code == 422
    assert not is_in(other)


def test_a_code_works_once(client: Client, dora: User, mailoutbox: list[EmailMessage]) -> None:
    ask_code(client, dora.email)
    client.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    assert is_in(client)
    client.post(reverse("account_logout"))
    again = client.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    assert "Il codice non vale qui" in again.content.decode()
    assert not is_in(client)


def test_a_code_expires_after_fifteen_minutes(
    client: Client, dora: User, mailoutbox: list[EmailMessage]
) -> None:
    ask_code(client, dora.email)
    session = client.session
    session["account_login"]["initiated_at"] -= 901
    session.save()
    late = client.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    assert "Il codice non vale qui" in late.content.decode()
    assert not is_in(client)


def test_three_wrong_codes_spend_the_right_one(
    client: Client, dora: User, mailoutbox: list[EmailMessage]
) -> None:
    ask_code(client, dora.email)
    url = reverse("account_confirm_login_code")
    wrong = client.post(url, {"code": "ZZZZ-ZZZZ"})
    assert "Il codice non è giusto" in wrong.content.decode()
    client.post(url, {"code": "ZZZZ-ZZZZ"})
    last = client.post(url, {"code": "ZZZZ-ZZZZ"}, follow=True)
    assert "Troppi tentativi" in last.content.decode()
    client.post(url, {"code": code_in(mailoutbox[0])})
    assert not is_in(client)


def test_an_unknown_address_gets_the_same_pages(dora: User, mailoutbox: list[EmailMessage]) -> None:
    def seen(email: str) -> list[str]:
        client = Client()
        pages = [
            ask_code(client, email),
            client.post(reverse("account_confirm_login_code"), {"code": "ZZZZ-ZZZZ"}),
            client.get(reverse("account_login"), follow=True),
            client.post(reverse("account_reset_password"), {"email": email}, follow=True),
        ]
        texts = [page.content.decode().replace(email, "INDIRIZZO") for page in pages]
        return [re.sub(r'(csrfmiddlewaretoken" value)="\w+"', r"\1", text) for text in texts]

    assert seen(dora.email) == seen("nessuno@example.org")
    known, unknown = mailoutbox[0], mailoutbox[2]
    assert "codice=" in str(known.body)
    assert "codice=" not in str(unknown.body)
    assert "non è registrato" in str(unknown.body)


def test_an_unknown_address_costs_one_hash_like_a_known_one(
    client: Client, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    plain = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, *args: Any, **kwargs: Any) -> str:
        hashes.append(password)
        return plain(self, password, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    by_password(client, anna, "sbagliata")
    known, hashes[:] = len(hashes), []
    by_password(client, User(email="nessuno@example.org"), "sbagliata")
    assert (known, len(hashes)) == (1, 1)


def test_ten_failures_close_an_account_for_a_while(client: Client, anna: User) -> None:
    for attempt in range(10):
        refused = by_password(client, anna, "sbagliata", REMOTE_ADDR=f"10.0.0.{attempt}")
        assert "non sono giusti" in refused.content.decode()
    right = by_password(Client(), anna)
    assert "Troppi tentativi" in right.content.decode()


def test_a_flood_of_other_keys_does_not_reopen_an_account(client: Client, anna: User) -> None:
    for _ in range(10):
        by_password(client, anna, "sbagliata")
    for number in range(350):
        cache.set(f"z{number}", number)
    assert "Troppi tentativi" in by_password(client, anna).content.decode()


@pytest.mark.slow
def test_fifty_failures_close_an_address_for_a_while(client: Client, anna: User) -> None:
    url = reverse("account_login")
    for attempt in range(50):
        stranger = {"login": f"nessuno{attempt}@example.org", "password": "sbagliata"}
        client.post(url, stranger, HTTP_X_FORWARDED_FOR=f"10.9.0.{attempt}")
    assert "Troppi tentativi" in by_password(client, anna).content.decode()
    elsewhere = client.post(
        url, {"login": anna.email, "password": PASSWORD}, REMOTE_ADDR="10.1.1.1"
    )
    assert elsewhere.status_code == 302


def test_codes_are_asked_five_times_at_most(dora: User, mailoutbox: list[EmailMessage]) -> None:
    answers = [ask_code(Client(), dora.email) for _ in range(6)]
    assert len(mailoutbox) == 5
    assert "Troppi tentativi" in answers[-1].content.decode()


def test_a_suspended_user_is_refused_everywhere(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    waiting, working = Client(), Client()
    ask_code(waiting, anna.email)
    by_password(working, anna)
    assert is_in(working)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert by_password(client, anna).url == reverse("account_inactive")
    assert "sospeso" in client.get(reverse("account_inactive")).content.decode()
    late = waiting.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    assert late.url == reverse("account_inactive")
    assert not is_in(waiting)
    assert working.get(reverse("mfa_index")).status_code == 302
    ask_code(client, anna.email)
    assert "codice=" not in str(mailoutbox[-1].body)


@pytest.mark.parametrize(
    "there",
    [
        "https://altrove.example/",
        "//altrove.example/",
        "///altrove.example/",
        "////altrove.example",
        "/\\altrove.example",
        "\\\\altrove.example",
        "http:///altrove.example",
        "http:altrove.example",
        "https://testserver@altrove.example/",
        "https://testserver.altrove.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "\t//altrove.example",
        "/\t/altrove.example",
        " https://altrove.example",
        "ftp://testserver/",
    ],
)
def test_next_cannot_leave_the_host(client: Client, dora: User, there: str) -> None:
    dora.set_password(PASSWORD)
    dora.save()
    assert by_password(client, dora, next=there).url == reverse("web:desk")
    assert client.post(reverse("account_logout"), {"next": there}).url == reverse("web:home")


def test_nobody_signs_up_alone(client: Client) -> None:
    for page in (
        "signup",
        "registrazione",
        "email",
        "confirm-email",
        "3rdparty",
        "3rdparty/signup",
        "login",
        "2fa",
        "2fa/webauthn",
    ):
        assert client.get(f"/accesso/{page}/").status_code == 404
    assert "signup" not in client.get(reverse("account_login")).content.decode()


def test_a_new_password_by_e_mail(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(reverse("account_reset_password"), {"email": anna.email})
    page = client.get(link_in(mailoutbox[0]), follow=True)
    url = page.redirect_chain[-1][0]
    different = client.post(url, {"password1": "una frase lunga 7", "password2": "altra"})
    assert "Le due password sono diverse" in different.content.decode()
    short = client.post(url, {"password1": "corta", "password2": "corta"})
    assert "almeno 12 caratteri" in short.content.decode()
    client.post(url, {"password1": "una frase lunga 7", "password2": "una frase lunga 7"})
    anna.refresh_from_db()
    assert anna.check_password("una frase lunga 7")
    assert "scaduto" in Client().get(link_in(mailoutbox[0])).content.decode()
    assert "è stata cambiata" in str(mailoutbox[-1].body)


def test_who_has_no_password_may_choose_one(client: Client, dora: User) -> None:
    client.force_login(dora)
    choose = client.get(reverse("account_change_password"))
    assert choose.url == reverse("account_set_password")
    done = client.post(choose.url, {"password1": "frase mia 12 x", "password2": "frase mia 12 x"})
    assert done.url == reverse("mfa_index")
    assert client.get(done.url).status_code == 200


def test_no_page_has_inline_scripts_or_styles(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    pages = [client.get(reverse(name)) for name in ("account_login", "account_reset_password")]
    pages.append(client.get(reverse("account_request_login_code")))
    pages.append(ask_code(client, anna.email))
    pages.append(client.get(link_in(mailoutbox[0])))
    pages.append(Client().get(link_in(mailoutbox[0])))
    staff = Client()
    by_password(staff, anna)
    pages += [staff.get(reverse(name)) for name in ("mfa_index", "mfa_activate_totp")]
    pages.append(staff.get(reverse("account_change_password")))
    pages.append(staff.get(reverse("account_logout")))
    give_factor(anna)
    RecoveryCodes.activate(anna)
    names = ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp")
    pages += [staff.get(reverse(name)) for name in (*names, "mfa_reauthenticate")]
    other = Client()
    by_password(other, anna)
    pages.append(other.get(reverse("mfa_authenticate")))
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert 'id="contenuto"' in text, "it does not stand on our page"
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", text)
        assert len(re.findall(r"<h1>", text)) == 1
