"""What every answer carries, whatever it is, and what a deployment must not lack."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests.access import NOT_PUBLISHED, SIGN_IN, TABLE
from tests.tenants import Tenant, entered, kept, make_tenant

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'", "data:"},
    "connect-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(scope="module")
def tenant(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tenant]:
    del django_db_setup
    with kept(django_db_blocker):
        yield make_tenant("casa")


def lacking(response: Any) -> list[str]:
    """What an answer does not carry, or carries otherwise."""
    parts = [part.split() for part in response.get("Content-Security-Policy", "").split(";")]
    policy = {name: set(values) for name, *values in filter(None, parts)}
    is_scan = policy == {"sandbox": set()}  # a file that someone uploaded: stricter still
    wrong = [] if policy == POLICY or is_scan else [f"policy {policy}"]
    wrong += [f"{name}: {response.get(name)}" for name, v in HEADERS.items() if response[name] != v]
    if "camera=()" not in response.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if response.get("X-Frame-Options", "DENY") != "DENY":
        wrong.append("X-Frame-Options")
    if "Server" in response.headers or "X-Powered-By" in response.headers:
        wrong.append("it says what serves it")
    return wrong


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_every_page_carries_the_headers(tenant: Tenant, step: int) -> None:
    """Of every address, or of one in six."""
    client = entered(tenant.coordinator)
    wrong = []
    lines = [(name, line.address) for name, line in [*TABLE.items(), *NOT_PUBLISHED]]
    lines += [(name, them[0]) for name, them in SIGN_IN.items()]
    for name, address in lines[::step]:
        response = client.get(reverse(name, kwargs=tenant.address(address)))
        wrong += [f"{name}: {what}" for what in lacking(response)]
        if response.status_code == 200 and "X-Frame-Options" not in response:
            wrong.append(f"{name}: no X-Frame-Options")
    assert not wrong


def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.path)


def test_errors_and_static_files_carry_them_too(tenant: Tenant, settings: Any) -> None:
    client = entered(tenant.staff)
    district = tenant.district.slug
    new_body = reverse("governance:body_new", args=[district])
    answers = {
        404: client.get("/non-esiste/"),
        405: client.delete("/"),
        422: client.post(new_body, {"name": ""}),
        403: client.get(reverse("network:role_new", args=[district])),
        302: Client().get(new_body),
        400: client.get("/", HTTP_HOST="altrove.example"),
        200: client.get("/static/ui/ordito.css"),
    }
    settings.ROOT_URLCONF = (path("rotto/", boom), path("", include("ordito.config.urls")))
    answers[500] = client.get("/rotto/")
    assert [answer.status_code for answer in answers.values()] == list(answers)
    assert not {status: lacking(answer) for status, answer in answers.items() if lacking(answer)}


def test_a_fault_of_ours_says_nothing_of_itself(settings: Any) -> None:
    settings.ROOT_URLCONF = (path("rotto/", boom), path("", include("ordito.config.urls")))
    page = Client(raise_request_exception=False).get("/rotto/").content.decode()
    assert "RuntimeError" not in page
    assert "Traceback" not in page
    assert "<h1>" in page


def test_a_token_is_asked_of_every_form(tenant: Tenant) -> None:
    """Each route that takes a form, without the token: 403, and the page says what to do."""
    client = entered(tenant.coordinator, enforce_csrf_checks=True)
    for name, line in TABLE.items():
        if 405 not in line.post.values():
            response = client.post(reverse(name, kwargs=tenant.address(line.address)), {"a": "b"})
            assert response.status_code == 403, name
            assert "ricaricate" in response.content.decode().lower(), name


def test_cookies_are_kept_from_scripts_and_from_other_sites(tenant: Tenant) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.force_login(tenant.staff)
    client.post(reverse("set_language"), {"language": "en"})
    assert {"csrf", "ordito"} <= client.cookies.keys()
    for name, cookie in client.cookies.items():
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert cookie["domain"] == "", name
        assert cookie["httponly"] or name == "django_language", name


def test_the_health_of_the_process_asks_nothing_and_leaves_nothing(
    django_assert_num_queries: Any,
) -> None:
    client = Client()
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert not response.cookies


@pytest.mark.parametrize("host", ["altrove.example", "127.0.0.1.altrove.example", "localhost@x"])
def test_another_host_is_refused_wherever_it_is_written(host: str) -> None:
    assert Client().get("/", HTTP_HOST=host).status_code == 400
    forwarded = Client().get("/ambiti/", HTTP_X_FORWARDED_HOST=host)
    assert host not in forwarded.content.decode()


IN_PRODUCTION = """
import json
import django
django.setup()
from django.core import mail
from django.core.checks import run_checks
from django.test import Client
from django.conf import settings
found = [(it.id, it.msg) for it in run_checks(include_deployment_checks=True) if it.level >= 30]
over = Client().get("/healthz", HTTP_HOST="ordito.example.org")
safe = Client().get("/healthz", HTTP_HOST="ordito.example.org", secure=True)
names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "DEBUG", "ALLOWED_HOSTS",
         "LANGUAGE_COOKIE_SECURE")
print(json.dumps({"found": found, "plain": [over.status_code, over.get("Location")],
                  "hsts": safe.get("Strict-Transport-Security"),
                  "settings": {name: getattr(settings, name) for name in names}}))
"""


@pytest.mark.slow
def test_a_deployment_has_nothing_to_be_warned_about(tmp_path: Path) -> None:
    """From an environment with an address and a key, everything else follows."""
    there = {name: v for name, v in os.environ.items() if not name.startswith("ORDITO_")} | {
        "DJANGO_SETTINGS_MODULE": "ordito.config.settings",
        "ORDITO_DATA": str(tmp_path),
        "ORDITO_SITE_ROOT": "https://ordito.example.org",
        "ORDITO_SECRET_KEY": "".join(chr(33 + i * 7 % 90) for i in range(64)),
    }
    run = [sys.executable, "-c", IN_PRODUCTION]
    done = subprocess.run(run, env=there, cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    # Whether HSTS holds for sub-domains and for browsers' own list is the administrator's choice.
    assert {found for found, _message in said["found"]} <= {"security.W005", "security.W021"}
    assert said["plain"] == [301, "https://ordito.example.org/healthz"]
    assert "max-age=31536000" in said["hsts"]
    assert said["settings"] == {
        "SESSION_COOKIE_NAME": "__Host-ordito",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["ordito.example.org"],
        "LANGUAGE_COOKIE_SECURE": True,
    }
