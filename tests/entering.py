"""The steps of who signs in, for the tests that do it."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from conftest import give_role, make_district, make_user
from ordito.accounts.models import User
from ordito.registry.models import DistrictRole

PASSWORD = "parola-di-prova-1"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_delegate() -> User:
    """Dora, who has no password, and like every user no EmailAddress row."""
    user = make_user("Dora")
    user.set_unusable_password()
    user.save()
    return user


def make_coordinator() -> User:
    """Anna, of the plan office of the district `prova`."""
    user = make_user("Anna")
    give_role(user, make_district(slug="prova"), DistrictRole.Kind.PLAN_COORDINATOR)
    return user


def app_code(steps: int = 0) -> str:
    """What the app shows now, or so many half minutes away."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def give_factor(user: User) -> Authenticator:
    return TOTP.activate(user, SECRET).instance


def ask_code(client: Client, email: str, **query: str) -> Any:
    url = reverse("account_request_login_code", query=query or None)
    return client.post(url, {"email": email}, follow=True)


def link_in(message: EmailMessage) -> str:
    found = re.search(r"http://testserver(/accesso/\S+)", str(message.body))
    assert found, message.body
    return found[1]


def code_in(message: EmailMessage) -> str:
    return link_in(message).partition("codice=")[2].partition("&")[0]


def by_password(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password} | more)


def by_factor(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
