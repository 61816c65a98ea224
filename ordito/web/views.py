"""The pages that combine the modules: home, desk, districts and public notices."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Prefetch, Q, Sum, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ordito.governance.drawing import draw
from ordito.governance.models import Adhesion, Body, Mandate, Seat
from ordito.network.doors import MemberRequest, trail_of, visible_district
from ordito.network.models import Feedback
from ordito.registry.models import CensusCount, District, DistrictRole, Organisation
from ordito.registry.rules import is_staff_of, roles_of
from ordito.web.waiting import Row, coming_in, own_bodies, represented_by, waiting_in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Ordito is, and the districts that it holds."""
    return render(request, "web/home.html", {"districts": _districts(request)})


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    page = {"districts": _districts(request), "here": _("Ambiti"), "trail": []}
    return render(request, "web/districts.html", page)


def _districts(request: HttpRequest) -> Any:
    bodies = Count("bodies", filter=Q(bodies__is_public=True), distinct=True)
    municipalities = Count("territories", distinct=True)
    rows = District.objects.visible_to(request.user)
    return rows.annotate(n_bodies=bodies, n_municipalities=municipalities)


@require_safe
def district(request: HttpRequest, district: str) -> HttpResponse:
    """One district: who governs it and how, what comes next, what waits."""
    where = visible_district(request, district)
    today = timezone.localdate()
    bodies = list(
        Body.objects.visible_to(request.user).filter(district=where).select_related("stated")
    )
    mandates = list(
        Mandate.objects.visible_to(request.user)
        .current()
        .filter(body__district=where)
        .select_related("issuer", "body")
    )
    page = {
        "district": where,
        "here": where,
        "trail": [],
        "bodies": [
            (body, [m for m in mandates if m.body_id == body.pk], _seats_of(body))
            for body in _with_members(bodies, request)
        ],
        "drawing": draw(bodies, mandates) if bodies else None,
        "coming": coming_in(where, request.user, today)[:5],
        "waiting": waiting_in(where, request.user, today),
        "inhabitants": _inhabitants(where),
        "municipalities": where.territories.all(),
    }
    return render(request, "web/district.html", page)


SHOWN_SEATS = 8


def _with_members(bodies: list[Body], request: HttpRequest) -> Any:
    """The same bodies with the organisations that take part in each, and those that show."""
    today = timezone.localdate()
    listed = Organisation.objects.visible_to(request.user)
    prefetch_related_objects(
        bodies,
        *(
            Prefetch(
                rows,
                model.objects.in_force(today)
                .filter(organisation__in=listed)
                .select_related("organisation"),
                to_attr=f"{rows}_today",
            )
            for rows, model in (("seats", Seat), ("adhesions", Adhesion))
        ),
    )
    return bodies


def _seats_of(body: Body) -> dict[str, Any]:
    rows = [*body.seats_today, *body.adhesions_today]  # type: ignore[attr-defined]  # prefetched
    return {"shown": rows[:SHOWN_SEATS], "others": max(0, len(rows) - SHOWN_SEATS)}


def _inhabitants(district: District) -> dict[str, Any]:
    counts = CensusCount.objects.filter(territory__districts=district)
    totals = counts.values("counted_on", "source").annotate(total=Sum("inhabitants"))
    return totals.order_by("-counted_on").first() or {}


@dataclass(frozen=True)
class Desk:
    """What one district puts on the desk of someone who works or takes part in it."""

    district: District
    roles: list[DistrictRole]
    represented: list[Organisation]
    is_staff: bool
    waiting: list[Row]
    coming: list[Row]
    n_feedback: int

    @property
    def waiting_title(self) -> str:
        """Who only reads has nothing to do."""
        return _("Da fare") if self.is_staff else _("Che cosa aspetta")

    @property
    def coming_title(self) -> str:
        """Says whose the meetings are when none of them is of a body of the reader."""
        is_all = not self.is_staff and not any(row.is_own for row in self.coming)
        return _("Prossimi incontri dell'ambito") if is_all else _("Prossimi incontri")


@login_required
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What awaits me: one part for each district where I have a role."""
    roles = roles_of(request.user)
    mine = list({role.district_id: role.district for role in roles}.values())
    desks = [_desk(request, where, roles) for where in mine[:5]]
    page = {"desks": desks, "here": _("La mia scrivania"), "trail": []}
    return render(request, "web/desk.html", page)


def _desk(request: MemberRequest, district: District, roles: list[DistrictRole]) -> Desk:
    today = timezone.localdate()
    is_staff = is_staff_of(request.user, district)
    own = set() if is_staff else own_bodies(request.user, district, today)
    feedback = Feedback.objects.visible_to(request.user).open().filter(district=district)
    return Desk(
        district=district,
        roles=[role for role in roles if role.district_id == district.pk],
        represented=represented_by(request.user, district),
        is_staff=is_staff,
        waiting=waiting_in(district, request.user, today, own),
        coming=coming_in(district, request.user, today, own),
        n_feedback=feedback.count() if is_staff else 0,
    )


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Where each district keeps its notices, for the pages that belong to none."""
    page = {
        "districts": District.objects.visible_to(request.user),
        "here": _("Informative"),
        "trail": [],
    }
    return render(request, "web/notices.html", page)


@require_safe
def privacy(request: HttpRequest, district: str) -> HttpResponse:
    where = visible_district(request, district)
    here = _("Informativa sulla privacy")
    page = {"district": where, "here": here, "trail": trail_of(where)}
    return render(request, "web/privacy.html", page)


@require_safe
def accessibility(request: HttpRequest, district: str) -> HttpResponse:
    where = visible_district(request, district)
    here = _("Dichiarazione di accessibilità")
    page = {"district": where, "here": here, "trail": trail_of(where)}
    return render(request, "web/accessibility.html", page)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  the address is a view
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  the address is a view
    """The database answers and holds the schema of this version."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    text, status = ("migrations are waiting", 503) if waiting else ("ok", 200)
    return HttpResponse(text, content_type="text/plain", status=status)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's own
    """What was sent cannot be read, or not for this host: nothing of it is asked again."""
    return HttpResponse(render_to_string("web/400.html"), status=400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's own
    """A form without its token: most often the page stayed open past the end of the session."""
    page = {"here": _("Pagina scaduta"), "trail": []}
    return render(request, "web/403_stale.html", page, status=403)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's own
    """Not for this role: the menu of the district, if the reader has one there, is the way on."""
    slug = request.resolver_match.kwargs.get("district") if request.resolver_match else None
    where = District.objects.of(request.user).filter(slug=slug).first() if slug else None
    page: dict[str, Any] = {"district": where, "here": _("Non consentito"), "trail": []}
    return render(request, "web/403.html", page, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's own
    return render(request, "web/404.html", {"here": _("Non trovata"), "trail": []}, status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's own
    """The page of a fault of ours: it asks nothing of the database or of the session."""
    return HttpResponse(render_to_string("web/500.html"), status=500)
