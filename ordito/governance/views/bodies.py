"""Bodies, and who takes part in them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ordito.governance import acts
from ordito.governance.doors import body_for, body_form, body_url, trail_to_body, visible_body
from ordito.governance.forms import (
    AdhesionForm,
    BodyForm,
    BodyRoleForm,
    DelegateForm,
    EndForm,
    NewBodyForm,
    SeatForm,
)
from ordito.governance.models import Body
from ordito.governance.rolls import counts_of, state_of
from ordito.governance.rules import can_convene, can_keep_bodies
from ordito.network.doors import (
    MemberRequest,
    accepted,
    district_for,
    form_answer,
    trail_of,
    visible_district,
)
from ordito.registry.models import Organisation

SHOWN_MEETINGS = 50


@require_safe
def bodies(request: HttpRequest, district: str) -> HttpResponse:
    """The bodies of a district, by level."""
    where = visible_district(request, district)
    today = timezone.localdate()
    in_force = Q(adhesions__until__isnull=True) | Q(adhesions__until__gte=today)
    rows = Body.objects.visible_to(request.user).filter(district=where).select_related("stated")
    rows = rows.annotate(
        n_adhesions=Count("adhesions", filter=in_force, distinct=True),
        n_seats=Count("seats", filter=Q(seats__until__isnull=True), distinct=True),
    )
    levels = [(level.label, [body for body in rows if body.level == level]) for level in Body.Level]
    page = {
        "district": where,
        "here": _("Organismi"),
        "trail": trail_of(where),
        "levels": [(label, them) for label, them in levels if them],
        "can_keep": can_keep_bodies(request.user, where),
    }
    return render(request, "governance/bodies.html", page)


@require_safe
def body(request: HttpRequest, district: str, body: str) -> HttpResponse:
    """One body: its task, who takes part, its meetings and its outputs."""
    row = visible_body(request, district, body)
    today = timezone.localdate()
    members = (row.adhesions if row.is_by_adhesion else row.seats).in_force(today)
    listed = members.filter(organisation__in=Organisation.objects.visible_to(request.user))
    shown = list(listed.select_related("organisation"))
    meetings = list(row.meetings.all()[:SHOWN_MEETINGS])
    counts = counts_of(row.district, meetings)
    can_keep = can_keep_bodies(request.user, row.district)
    page = {
        "district": row.district,
        "body": row,
        "here": row,
        "trail": trail_to_body(row),
        "members": shown,
        "n_hidden": members.count() - len(shown),
        "meetings": [(each, counts.get(each.pk), state_of(each, today)) for each in meetings],
        "mandates": row.mandates.current().select_related("issuer__district", "replaces"),
        "outputs": row.outputs.all(),
        "delegates": _delegates(row) if can_keep else [],
        "roles": row.roles.in_force(today).select_related("person") if can_keep else [],
        "can_keep": can_keep,
        "can_convene": can_convene(request.user, row.district),
    }
    return render(request, "governance/body.html", page)


def _delegates(body: Body) -> object:
    rows = body.designations.in_force(timezone.localdate())
    return rows.select_related("person", "organisation").order_by("organisation__name", "-quality")


@login_required
@require_http_methods(["GET", "POST"])
def body_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_bodies)
    form = NewBodyForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.establish_body, where, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Organismo istituito."))
        return redirect("governance:bodies", where.slug)
    back = reverse("governance:bodies", args=[where.slug])
    return form_answer(
        request,
        form,
        district=where,
        title=_("Nuovo organismo"),
        action=_("Istituite l'organismo"),
        back=back,
        trail=trail_of(where, (_("Organismi"), back)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def body_edit(request: MemberRequest, district: str, body: str) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    form = BodyForm(request.POST or None, instance=row)
    if form.is_valid() and accepted(
        form, partial(acts.amend_body, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Modifiche salvate."))
        return redirect(body_url(row))
    return body_form(request, row, form, _("Modifica dell'organismo"), _("Salvate"))


@login_required
@require_http_methods(["GET", "POST"])
def member_new(request: MemberRequest, district: str, body: str) -> HttpResponse:
    """A new adhesion to a lab, or a new seat in another body."""
    row = body_for(request, district, body, can_keep_bodies)
    kind, act = (AdhesionForm, acts.adhere) if row.is_by_adhesion else (SeatForm, acts.grant_seat)
    form = kind(request.POST or None, body=row)
    if form.is_valid() and accepted(form, partial(act, row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Ingresso registrato."))
        return redirect(body_url(row))
    title = _("Nuova adesione") if row.is_by_adhesion else _("Nuovo componente")
    return body_form(request, row, form, title, _("Registrate"))


@login_required
@require_http_methods(["GET", "POST"])
def member_end(request: MemberRequest, district: str, body: str, pk: int) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    rows, act = (
        (row.adhesions, acts.withdraw_adhesion)
        if row.is_by_adhesion
        else (row.seats, acts.end_seat)
    )
    member: Any = get_object_or_404(rows.select_related("organisation"), pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(act, member, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Uscita registrata: le presenze passate restano."))
        return redirect(body_url(row))
    return body_form(
        request,
        row,
        form,
        _("Uscita dall'organismo"),
        _("Registrate l'uscita"),
        intro=member.organisation.name,
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegate_new(request: MemberRequest, district: str, body: str) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    form = DelegateForm(request.POST or None, body=row, user=request.user)
    if form.is_valid() and accepted(
        form, partial(acts.designate, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Designazione registrata."))
        return redirect(body_url(row))
    return body_form(request, row, form, _("Nuova designazione"), _("Registrate"))


@login_required
@require_http_methods(["GET", "POST"])
def delegate_end(request: MemberRequest, district: str, body: str, pk: int) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    designation = get_object_or_404(row.designations.select_related("person"), pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        partial(
            acts.end_designation, designation, until=form.cleaned_data["until"], by=request.user
        ),
    ):
        messages.success(request, _("Designazione conclusa."))
        return redirect(body_url(row))
    return body_form(
        request,
        row,
        form,
        _("Fine della designazione"),
        _("Concludete"),
        intro=designation.person.name,
    )


@login_required
@require_http_methods(["GET", "POST"])
def body_role_new(request: MemberRequest, district: str, body: str) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    form = BodyRoleForm(request.POST or None, body=row, user=request.user)
    if form.is_valid() and accepted(
        form, partial(acts.give_body_role, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Ruolo registrato."))
        return redirect(body_url(row))
    return body_form(request, row, form, _("Nuovo ruolo nell'organismo"), _("Registrate"))


@login_required
@require_http_methods(["GET", "POST"])
def body_role_end(request: MemberRequest, district: str, body: str, pk: int) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    role = get_object_or_404(row.roles.select_related("person", "body__district"), pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.end_body_role, role, until=form.cleaned_data["until"], by=request.user)
    ):
        messages.success(request, _("Ruolo concluso."))
        return redirect(body_url(row))
    return body_form(
        request,
        row,
        form,
        _("Fine del ruolo"),
        _("Concludete"),
        intro=f"{role.person.name}, {role.get_kind_display()}",
    )


@require_safe
def of_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Where an organisation takes part: a panel of its page."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    seen = Body.objects.visible_to(request.user)
    today = timezone.localdate()
    rows = [
        *organisation.adhesions.in_force(today)
        .filter(body__in=seen)
        .select_related("body__district"),
        *organisation.seats.in_force(today).filter(body__in=seen).select_related("body__district"),
    ]
    page = {
        "organisation": organisation,
        "rows": rows,
        "here": _("Organismi"),
        "trail": [(organisation, reverse("network:organisation", args=[slug]))],
    }
    part = "#panel" if request.htmx else ""  # type: ignore[attr-defined]  # set by django-htmx
    response = render(request, f"governance/of_organisation.html{part}", page)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
