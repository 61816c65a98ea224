"""The people of a district and their roles: for its staff only."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ordito.network import acts
from ordito.network.doors import MemberRequest, accepted, district_for, form_answer, trail_of
from ordito.network.forms import PersonForm, RoleForm
from ordito.network.rules import can_assign_roles, can_keep_registers
from ordito.registry.models import District, DistrictRole, Organisation, Person
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
    known = Person.objects.visible_to(request.user).filter(district=where, user__isnull=False)
    people = list(known.select_related("organisation"))
    page = {
        "district": where,
        "here": _("Ruoli"),
        "trail": trail_of(where),
        "roles": [(role, _represented(role, people)) for role in rows],
        "can_assign": can_assign_roles(request.user, where),
    }
    return render(request, "network/roles.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def role_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_assign_roles)
    form = RoleForm(request.POST or None)
    back = reverse("network:roles", args=[where.slug])
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
        back=back,
        trail=trail_of(where, (_("Ruoli"), back)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def role_end(request: MemberRequest, district: str, pk: int) -> HttpResponse:
    """Ask before ending a role: who loses it may lose sight of the district."""
    where = district_for(request, district, can_assign_roles)
    row = get_object_or_404(where.roles.select_related("user"), pk=pk)
    if row.until is not None:  # the button was pressed twice
        return redirect("network:roles", where.slug)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and accepted(form, partial(acts.end_role, row, by=request.user)):
        messages.success(request, _("Ruolo concluso."))
        # Who gave up the coordination no longer reads the roles.
        is_mine = row.user_id == request.user.pk
        return redirect("web:desk") if is_mine else redirect("network:roles", where.slug)
    back = reverse("network:roles", args=[where.slug])
    role = {"who": row.user, "role": row.get_kind_display()}
    return _answer(
        request,
        where,
        form,
        _("Fine di un ruolo"),
        _("Concludete il ruolo"),
        intro=_("Da oggi %(who)s non avrà più questo ruolo: %(role)s.") % role,
        back=back,
        trail=trail_of(where, (_("Ruoli"), back)),
    )


def _represented(role: DistrictRole, people: list[Person]) -> list[Organisation]:
    """The organisations that a delegate speaks for; none for who holds another role."""
    if role.kind != DistrictRole.Kind.DELEGATE:
        return []
    return [person.organisation for person in people if person.user_id == role.user_id]


def _answer(
    request: HttpRequest, where: District, form: BaseForm, title: str, action: str, **over: Any
) -> HttpResponse:
    back = reverse("network:people", args=[where.slug])
    usual = {"back": back, "trail": trail_of(where, (_("Persone"), back))}
    return form_answer(request, form, district=where, title=title, action=action, **usual | over)
