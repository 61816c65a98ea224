"""Signing in with a digital identity, from an issuer that speaks OpenID Connect."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse

from ordito.accounts.models import User
from tests.entering import by_password, give_factor, is_in, make_coordinator, make_delegate

pytestmark = pytest.mark.django_db
CLIENT, CLIENT_SECRET = "ordito", "segreto-del-cliente"


class Issuer(ThreadingHTTPServer):
    """A small issuer of identities: it says of everyone what `claims` holds."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Doors)
        self.root = f"http://127.0.0.1:{self.server_port}"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.claims: dict[str, Any] = {}
        self.challenges: dict[str, str] = {}
        self.refused: list[str] = []

    def authorise(self, address: str) -> dict[str, str]:
        """What the browser brings back after the person has said yes."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.root}/authorise")
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "email" in asked["scope"].split()
        code = f"codice-{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, once, to who knows the verifier of its challenge."""
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = self.challenges.pop(form.get("code", ""), None) == challenge
        if not known or form.get("client_secret") != CLIENT_SECRET:
            self.refused.append(form.get("code", ""))
            return None
        now = int(time.time())
        whole = self.claims | {"iss": self.root, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(whole, self.key, "ES256", headers={"kid": "1"})
        return {"access_token": "passi", "token_type": "Bearer", "id_token": signed}


class Doors(BaseHTTPRequestHandler):
    """What the issuer answers."""

    server: Issuer

    def do_GET(self) -> None:
        root = self.server.root
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": root,
                "authorization_endpoint": f"{root}/authorise",
                "token_endpoint": f"{root}/token",
                "userinfo_endpoint": f"{root}/userinfo",
                "jwks_uri": f"{root}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/userinfo": self.server.claims,
        }
        self.answer(pages.get(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(self.server.token({key: them[0] for key, them in parse_qs(body).items()}))

    def answer(self, content: dict[str, Any] | None) -> None:
        body = json.dumps(content or {"error": "invalid_grant"}).encode()
        self.send_response(400 if content is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002  (its own name)
        """Say nothing."""


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    with Issuer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "identita",
                        "name": "SPID o CIE",
                        "client_id": CLIENT,
                        "secret": CLIENT_SECRET,
                        "settings": {"server_url": server.root},
                    }
                ],
            }
        }
        yield server
        server.shutdown()
        thread.join()


def claims_of(email: str, verified: object = True) -> dict[str, Any]:
    return {"sub": "cittadino-1", "email": email, "email_verified": verified, "name": "Qualcuno"}


def by_identity(client: Client, issuer: Issuer, **query: str) -> Any:
    """Press the button, say yes to the issuer, and come back."""
    asked = client.post(reverse("openid_connect_login", args=["identita"], query=query or None))
    back = issuer.authorise(asked.url)
    return client.get(reverse("openid_connect_callback", args=["identita"]), back)


def test_a_verified_address_of_a_registered_person_enters(client: Client, issuer: Issuer) -> None:
    dora = make_delegate()
    assert "Entrate con SPID o CIE" in client.get(reverse("account_login")).content.decode()
    issuer.claims = claims_of("DORA@example.org")
    assert by_identity(client, issuer, next="/informative/").url == "/informative/"
    assert client.session["_auth_user_id"] == str(dora.pk)
    assert not issuer.refused
    assert not SocialAccount.objects.exists(), "the identity itself is not kept"
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("email", "verified"),
    [("nessuno@example.org", True), ("dora@example.org", False), ("dora@example.org", "false")],
)
def test_any_other_identity_is_refused_and_told_why(
    client: Client, issuer: Issuer, email: str, verified: object
) -> None:
    make_delegate()
    issuer.claims = claims_of(email, verified)
    page = by_identity(client, issuer)
    assert "Non siete registrati" in page.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 1


def test_staff_keep_their_password_and_their_second_factor(client: Client, issuer: Issuer) -> None:
    anna = make_coordinator()
    give_factor(anna)
    issuer.claims = claims_of(anna.email)
    assert by_identity(client, issuer).url == reverse("mfa_authenticate")
    assert not is_in(client)
    assert by_password(Client(), anna).url == reverse("mfa_authenticate")


def test_a_suspended_person_does_not_enter_with_an_identity(client: Client, issuer: Issuer) -> None:
    dora = make_delegate()
    User.objects.filter(pk=dora.pk).update(is_active=False)
    issuer.claims = claims_of(dora.email)
    assert by_identity(client, issuer).url == reverse("account_inactive")
    assert not is_in(client)


def test_an_identity_is_never_tied_to_who_is_signed_in(client: Client, issuer: Issuer) -> None:
    client.force_login(make_delegate())
    issuer.claims = claims_of("nessuno@example.org")
    refused = by_identity(client, issuer, process="connect")
    assert "Accesso non riuscito" in refused.content.decode()
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, issuer: Issuer) -> None:
    issuer.claims = claims_of(make_delegate().email)
    callback = reverse("openid_connect_callback", args=["identita"])
    forged = client.get(callback, {"code": "codice-0", "state": "inventato"})
    assert "Accesso non riuscito" in forged.content.decode()
    asked = client.post(reverse("openid_connect_login", args=["identita"]))
    back = issuer.authorise(asked.url)
    issuer.challenges[back["code"]] = "la-prova-di-un-altro"
    assert "Accesso non riuscito" in client.get(callback, back).content.decode()
    assert issuer.refused == [back["code"]]
    assert not is_in(client)
    saying_no = client.get(callback, {"error": "access_denied", "state": back["state"]})
    assert saying_no.status_code in {302, 401}
