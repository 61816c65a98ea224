"""What every answer carries, how long a session lasts, and what staff must do before working."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from ordito.registry.rules import needs_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]

SESSION_LASTS = 12 * 3600  # seconds from signing in, however busy
SESSION_IS_TOUCHED = 60  # seconds: a busy session is written at most this often

# What staff reach before their second factor: signing in, the language, what the public must find.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "set_language",
        "web:notices",
        "web:privacy",
        "web:accessibility",
        "network:feedback",
        "web:alive",
        "web:ready",
    }
)


class SecurityHeaders:
    """The headers that Django does not set by itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        # The cookie is enough to know: asking who it belongs to would cost a query.
        cookie = settings.SESSION_COOKIE_NAME
        if cookie in request.COOKIES or cookie in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class SessionLimits:
    """A session ends twelve hours after signing in, or when it rests for SESSION_COOKIE_AGE."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            if now - session.setdefault("began", now) >= SESSION_LASTS:
                logout(request)
            elif now - session.get("touched", 0) >= SESSION_IS_TOUCHED:
                session["touched"] = now
        return self.get_response(request)


class SecondFactorForStaff:
    """Who works in an office does nothing before passing the second factor in this session."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead to the factor who needs one; nobody in a demo, which answers on its machine only."""
        del view, args, kwargs
        if (
            settings.IS_DEMO
            or _is_open(request.resolver_match)
            or not needs_second_factor(request.user)
            or _has_passed(request)
        ):
            return None
        if is_mfa_enabled(request.user):
            messages.warning(request, _("Confermate il secondo fattore, poi potrete continuare."))
            return HttpResponseRedirect(_asking("mfa_reauthenticate", request))
        messages.warning(
            request,
            _("Chi lavora nell'Ufficio di Piano entra con un secondo fattore: attivatelo ora."),
        )
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


class MethodNotAllowed:
    """A page with a way on, where Django answers a wrong method with nothing at all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = {"here": _("Indirizzo da non aprire così"), "trail": []}
        told = render(request, "web/405.html", page, status=405)
        told.headers["Allow"] = response.headers["Allow"]
        return told


def _is_open(match: ResolverMatch | None) -> bool:
    return match is not None and (
        match.route.startswith("accesso/") or match.view_name in WITHOUT_SECOND_FACTOR
    )


def _has_passed(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def _asking(name: str, request: HttpRequest) -> str:
    """The page, told to lead back to what was being looked at."""
    back = request.get_full_path() if request.method == "GET" else reverse("web:desk")
    return f"{reverse(name)}?{urlencode({'next': back})}"
