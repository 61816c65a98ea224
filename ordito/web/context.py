"""What every page shows around its content: the menu of the district and its reminders."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ordito.network.rules import can_fill_notices
from ordito.registry.models import District
from ordito.registry.rules import is_staff_of


@dataclass(frozen=True)
class MenuItem:
    """A voice of the menu; `is_here` when the page belongs to it."""

    label: str
    url: str
    is_here: bool


class Surroundings:
    """The menu and the reminders of the district that a page is about."""

    def __init__(self, request: HttpRequest, district: District, trail: Iterable) -> None:
        self.user = request.user
        self.district = district
        self.pages = [request.path, *(url for _label, url in trail)]

    @cached_property
    def menu(self) -> list[MenuItem]:
        """The sections of the district; those of the office only for its staff."""
        sections = [
            (label, reverse(name, args=[self.district.slug])) for label, name in self._sections()
        ]
        here = max(
            (url for _label, url in sections if any(page.startswith(url) for page in self.pages)),
            key=len,
            default="",
        )
        return [MenuItem(label, url, url == here) for label, url in sections]

    def _sections(self) -> list[tuple[str, str]]:
        sections = [
            (_("Ambito"), "web:district"),
            (_("A che punto siamo?"), "cohesion:labs"),
            (_("Organismi"), "governance:bodies"),
            (_("Calendario"), "governance:calendar"),
            (_("Enti"), "network:organisations"),
            (_("Registrazioni"), "ledger:entries"),
        ]
        if is_staff_of(self.user, self.district):
            sections += [
                (_("Persone"), "network:people"),
                (_("Segnalazioni"), "network:feedback_received"),
                (_("Ruoli"), "network:roles"),
            ]
        if can_fill_notices(self.user, self.district):
            sections.append((_("Pagine pubbliche"), "network:notices"))
        return sections

    @cached_property
    def missing_notices(self) -> list[str]:
        """What the public notices still lack, told only to who can fill them."""
        can_fill = can_fill_notices(self.user, self.district)
        return self.district.missing_notices if can_fill else []

    @property
    def notices_url(self) -> str:
        """Where the notices are filled."""
        return reverse("network:notices", args=[self.district.slug])


class Around:
    """Finds what stands around a page once the page has said which district it is about."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def of(self, district: District | None, trail: Iterable) -> Surroundings | None:
        """Nothing where there is no district, as on the page of an address that does not exist."""
        return Surroundings(self.request, district, trail) if district else None


def around(request: HttpRequest) -> dict[str, Around]:
    return {"around": Around(request)}
