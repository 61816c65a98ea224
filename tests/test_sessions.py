"""How long a session lasts, and what every answer carries."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from ordito.accounts.models import User
from tests.entering import ask_code, code_in, is_in, link_in, make_delegate

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora() -> User:
    return make_delegate()


def test_a_session_changes_key_ends_at_the_exit_and_rests_an_hour(
    client: Client, dora: User, mailoutbox: list[EmailMessage]
) -> None:
    ask_code(client, dora.email)
    before = client.session.session_key
    client.post(link_in(mailoutbox[0]), {"code": code_in(mailoutbox[0])})
    after = client.session.session_key
    assert before != after
    assert not Session.objects.filter(pk=before).exists()
    client.get(reverse("mfa_index"))
    left = Session.objects.get(pk=after).expire_date - timezone.now()
    assert 3500 < left.total_seconds() <= 3600
    assert client.cookies["ordito"]["max-age"] == ""
    client.post(reverse("account_logout"))
    assert not Session.objects.exists()


def test_a_busy_session_lasts_twelve_hours(client: Client, dora: User) -> None:
    client.force_login(dora)
    assert client.get(reverse("mfa_index")).status_code == 200
    session = client.session
    session["began"] -= 12 * 3600 - 5
    session.save()
    assert client.get(reverse("mfa_index")).status_code == 200
    session["began"] -= 10
    session.save()
    assert client.get(reverse("mfa_index")).status_code == 302
    assert not is_in(client)


def test_a_busy_session_is_written_once_a_minute(
    client: Client, dora: User, django_assert_num_queries: Any
) -> None:
    client.force_login(dora)
    client.get(reverse("account_logout"))
    with django_assert_num_queries(2):  # the session, the user
        client.get(reverse("account_logout"))


def test_who_is_not_signed_in_costs_no_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get(reverse("web:desk"))


def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.path)


def test_every_answer_carries_the_headers(client: Client, settings: Any) -> None:
    answers = [
        client.get(reverse("account_login")),
        client.get("/non-esiste/"),
        Client(enforce_csrf_checks=True).post(reverse("account_login")),
        client.get("/", HTTP_HOST="altrove.example"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 403, 400]
    settings.ROOT_URLCONF = (path("rotto/", boom),)
    client.raise_request_exception = False
    answers.append(client.get("/rotto/"))
    for answer in answers:
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Permissions-Policy"].startswith("camera=()")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Referrer-Policy"] == "same-origin"
    assert answers[0]["X-Frame-Options"] == "DENY"


def test_pages_of_who_is_signed_in_are_not_kept(client: Client, dora: User) -> None:
    client.force_login(dora)
    for url in (reverse("mfa_index"), reverse("web:notices"), "/non-esiste/"):
        assert client.get(url)["Cache-Control"] == "private, no-store"
    assert "no-store" not in Client().get("/non-esiste/").get("Cache-Control", "")
