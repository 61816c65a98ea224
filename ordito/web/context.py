"""What every page shows around its content: the menu of the district and its reminders."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ordito.registry.models import DistrictRole
from ordito.registry.rules import roles_of


@dataclass(frozen=True)
class MenuItem:
    """A voice of the menu; `is_here` when the page belongs to it."""

    label: str
    url: str
    is_here: bool


class Around:
    """The menu and the reminders of the district in the address of the page, if any."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def _slug(self) -> str:
        match = self.request.resolver_match
        return match.kwargs.get("district", "") if match else ""

    @cached_property
    def _staff_role(self) -> DistrictRole | None:
        user = getattr(self.request, "user", None)  # absent when a middleware failed early
        roles = roles_of(user) if user else []
        return next(
            (
                role
                for role in roles
                if role.district.slug == self._slug and role.kind in DistrictRole.STAFF
            ),
            None,
        )

    @cached_property
    def menu(self) -> list[MenuItem]:
        """The sections of the district; those of the office only for its staff."""
        if not self._slug:
            return []
        sections = [
            (_("Ambito"), "web:district"),
            (_("A che punto siamo?"), "cohesion:labs"),
            (_("Organismi"), "governance:bodies"),
            (_("Calendario"), "governance:calendar"),
            (_("Enti"), "network:organisations"),
            (_("Registrazioni"), "ledger:entries"),
        ]
        if self._staff_role:
            sections += [
                (_("Persone"), "network:people"),
                (_("Segnalazioni"), "network:feedback_received"),
                (_("Ruoli"), "network:roles"),
            ]
        here = max(
            (
                url
                for url in (reverse(name, args=[self._slug]) for _label, name in sections)
                if self.request.path.startswith(url)
            ),
            key=len,
            default="",
        )
        return [
            MenuItem(label, url := reverse(name, args=[self._slug]), url == here)
            for label, name in sections
        ]

    @cached_property
    def missing_notices(self) -> list[str]:
        """What the public notices still lack, told only to the staff who can fill them."""
        return self._staff_role.district.missing_notices if self._staff_role else []

    @property
    def notices_url(self) -> str:
        """Where the notices are filled."""
        return reverse("network:notices", args=[self._slug])


def around(request: HttpRequest) -> dict[str, Around]:
    return {"around": Around(request)}
