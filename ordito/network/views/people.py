"""The people of a district and their roles: for its staff only."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordito.network import acts
from ordito.network.doors import MemberRequest, accepted, district_for, form_answer, trail_of
from ordito.network.forms import PersonForm, RoleForm
from ordito.network.rules import can_assign_roles, can_keep_registers
from ordito.registry.models import District, Person
from ordito.ui.fields import asked


@login_required
@require_safe
def people(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    rows = Person.objects.visible_to(request.user).filter(district=where)
    wanted = asked(request.GET, "nome")
    if wanted:
        rows = rows.filter(name__icontains=wanted)
    page = {
        "district": where,
        "here": _("Persone"),
        "trail": trail_of(where),
        "wanted": wanted,
        "page": Paginator(rows.select_related("organisation"), 50).get_page(
            request.GET.get("pagina")
        ),
    }
    return render(request, "network/people.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def person_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    form = PersonForm(request.POST or None, district=where)
    if form.is_valid() and accepted(
        form, partial(acts.register_person, where, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Persona registrata."))
        return redirect("network:people", where.slug)
    return _answer(
        request,
        where,
        form,
        _("Nuova persona"),
        _("Registrate"),
        intro=_("Chi prende parte agli incontri per un ente. I recapiti restano all'ufficio."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def person(request: MemberRequest, district: str, uid: str) -> HttpResponse:
    """One person: contacts, and where they are designated."""
    where = district_for(request, district, can_keep_registers)
    row = get_object_or_404(Person.objects.visible_to(request.user), district=where, uid=uid)
    form = PersonForm(request.POST or None, instance=row, district=where)
    if form.is_valid() and accepted(
        form, partial(acts.amend_person, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Modifiche salvate."))
        return redirect("network:people", where.slug)
    return _answer(request, where, form, str(row), _("Salvate"))


@login_required
@require_safe
def roles(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    rows = where.roles.in_force(timezone.localdate()).select_related("user")
    page = {
        "district": where,
        "here": _("Ruoli"),
        "trail": trail_of(where),
        "roles": rows,
        "can_assign": can_assign_roles(request.user, where),
    }
    return render(request, "network/roles.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def role_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_assign_roles)
    form = RoleForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.assign_role, where, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Ruolo assegnato."))
        return redirect("network:roles", where.slug)
    return _answer(
        request,
        where,
        form,
        _("Nuovo ruolo"),
        _("Assegnate il ruolo"),
        back=reverse("network:roles", args=[where.slug]),
    )


@login_required
@require_POST
def role_end(request: MemberRequest, district: str, pk: int) -> HttpResponse:
    where = district_for(request, district, can_assign_roles)
    row = get_object_or_404(where.roles.filter(until__isnull=True), pk=pk)
    form = RoleForm()
    if accepted(form, partial(acts.end_role, row, by=request.user)):
        messages.success(request, _("Ruolo concluso."))
    else:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
    return redirect("network:roles", where.slug)


def _answer(
    request: HttpRequest, where: District, form: BaseForm, title: str, action: str, **over: Any
) -> HttpResponse:
    back = reverse("network:people", args=[where.slug])
    usual = {"back": back, "trail": trail_of(where, (_("Persone"), back))}
    return form_answer(request, form, district=where, title=title, action=action, **usual | over)
