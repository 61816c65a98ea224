"""The calendar of a district: meetings, terms and dates to remember."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ordito.governance import acts
from ordito.governance.dates import dates_of, feed_of, year_to_open, years_of
from ordito.governance.forms import DeadlineForm
from ordito.governance.models import Deadline
from ordito.governance.rules import can_keep_bodies
from ordito.network.doors import (
    MemberRequest,
    accepted,
    district_for,
    form_answer,
    trail_of,
    visible_district,
)


@require_safe
def calendar(request: HttpRequest, district: str) -> HttpResponse:
    """The dates of one year, those to come first: the year asked for, or the nearest to today."""
    where = visible_district(request, district)
    years = years_of(where, request.user)
    asked = [year for year in years if str(year) == request.GET.get("anno")]
    today = timezone.localdate()
    year = asked[0] if asked else year_to_open(years, today)
    dates = dates_of(where, request.user, year) if year else []
    coming = [row for row in dates if row.on >= today]
    page = {
        "district": where,
        "here": _("Calendario"),
        "trail": trail_of(where),
        "years": years,
        "year": year,
        "parts": [
            (_("Da oggi in poi"), coming),
            (_("Già passate"), [row for row in dates if row.on < today]),
        ],
        "is_this_year": year == today.year,
        "can_keep": can_keep_bodies(request.user, where),
    }
    return render(request, "governance/calendar.html", page)


@require_safe
def calendar_feed(request: HttpRequest, district: str) -> HttpResponse:
    """The same dates for a calendar program: the public ones for whoever is not signed in."""
    where = visible_district(request, district)
    return HttpResponse(
        feed_of(where, request.user, request.build_absolute_uri("/")),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{where.slug}.ics"'},
    )


@login_required
@require_http_methods(["GET", "POST"])
def deadline_remove(request: MemberRequest, district: str, pk: int) -> HttpResponse:
    """Take a date out of the calendar: its button stands on the page of the calendar."""
    where = district_for(request, district, can_keep_bodies)
    if request.method != "POST":
        return redirect("governance:calendar", where.slug)
    rows = Deadline.objects.visible_to(request.user).filter(district=where)
    acts.remove_deadline(get_object_or_404(rows, pk=pk), by=request.user)
    messages.success(request, _("Scadenza tolta dal calendario."))
    return redirect("governance:calendar", where.slug)


@login_required
@require_http_methods(["GET", "POST"])
def deadline_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_bodies)
    form = DeadlineForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.set_deadline, where, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Scadenza nel calendario."))
        return redirect("governance:calendar", where.slug)
    back = reverse("governance:calendar", args=[where.slug])
    return form_answer(
        request,
        form,
        district=where,
        title=_("Nuova scadenza"),
        action=_("Aggiungete"),
        back=back,
        trail=trail_of(where, (_("Calendario"), back)),
    )
