"""The register of organisations."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ordito.network import acts
from ordito.network.doors import (
    MemberRequest,
    accepted,
    district_for,
    form_answer,
    trail_of,
    visible_district,
)
from ordito.network.forms import (
    AffiliationForm,
    LeavingForm,
    NewOrganisationForm,
    OrganisationForm,
)
from ordito.network.rules import can_keep_registers
from ordito.registry.models import Affiliation, District, Organisation, Person
from ordito.registry.rules import has_role
from ordito.ui.fields import asked


@require_safe
def organisations(request: HttpRequest, district: str) -> HttpResponse:
    """The organisations of a district, by name or by part of it."""
    where = visible_district(request, district)
    inside = Affiliation.objects.visible_to(request.user).filter(district=where)
    wanted = asked(request.GET, "nome")
    kind = request.GET.get("tipo", "")
    rows = inside.filter(until__isnull=True).select_related("organisation__seat")
    if wanted:
        rows = rows.filter(organisation__name__icontains=wanted)
    if kind in Organisation.Kind.values:
        rows = rows.filter(organisation__kind=kind)
    page = {
        "district": where,
        "here": _("Enti"),
        "trail": trail_of(where),
        "page": Paginator(rows, 50).get_page(request.GET.get("pagina")),
        "wanted": wanted,
        "kind": kind,
        "kinds": Organisation.Kind.choices,
        "can_keep": can_keep_registers(request.user, where),
    }
    return render(request, "network/organisations.html", page)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it is, its codes and where it takes part."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("seat"), slug=slug
    )
    districts = District.objects.visible_to(request.user)
    affiliations = list(
        organisation.affiliations.filter(district__in=districts).select_related("district")
    )
    own = [row.district for row in affiliations if can_keep_registers(request.user, row.district)]
    district = _district_to_show([row.district for row in affiliations], request)
    page = {
        "organisation": organisation,
        "codes": organisation.identifiers.in_force(timezone.localdate()),
        "affiliations": affiliations,
        "keeper": own[0] if own else None,
        "people": _people_of(organisation, request),
        "here": organisation,
        "district": district,
        "trail": _way_to(district),
    }
    return render(request, "network/organisation.html", page)


def _district_to_show(districts: list[District], request: HttpRequest) -> District | None:
    """The district whose menu stands around the page: the reader's own, or the only one."""
    mine = [where for where in districts if has_role(request.user, where)]
    likely = set(mine or districts)
    return likely.pop() if len(likely) == 1 else None


def _people_of(organisation: Organisation, request: HttpRequest) -> list[tuple[Person, str]]:
    """Who takes part for it, as the reader may know, and their page when the reader keeps it."""
    rows = organisation.people.visible_to(request.user).select_related("district")
    return [
        (
            person,
            reverse("network:person", args=[person.district.slug, person.uid])
            if can_keep_registers(request.user, person.district)
            else "",
        )
        for person in rows
    ]


def _way_to(district: District | None) -> list[tuple[object, str]]:
    if not district:
        return [(_("Ambiti"), reverse("web:districts"))]
    return trail_of(district, (_("Enti"), reverse("network:organisations", args=[district.slug])))


@login_required
@require_http_methods(["GET", "POST"])
def organisation_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    form = NewOrganisationForm(request.POST or None, district=where, user=request.user)
    if form.is_valid():
        act = partial(
            acts.register_organisation,
            where,
            by=request.user,
            identifiers={scheme: code for scheme, code in form.identifiers.items() if code},
            ground=form.cleaned_data["ground"],
            since=form.cleaned_data["since"],
            key=form.cleaned_data["key"],
            **form.details,
        )
        if accepted(form, act):
            messages.success(request, _("Ente registrato."))
            return redirect("network:organisations", where.slug)
    return _answer(request, where, form, _("Nuovo ente"), _("Registrate l'ente"))


@login_required
@require_http_methods(["GET", "POST"])
def organisation_edit(request: MemberRequest, district: str, organisation: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    mine = Organisation.objects.visible_to(request.user).filter(affiliations__district=where)
    row = get_object_or_404(mine.distinct(), slug=organisation)
    codes = {code.scheme: code.value for code in row.identifiers.filter(until__isnull=True)}
    form = OrganisationForm(request.POST or None, instance=row, initial=codes, district=where)
    if form.is_valid():
        act = partial(
            acts.amend_organisation,
            row,
            district=where,
            by=request.user,
            identifiers=form.identifiers,
            **form.details,
        )
        if accepted(form, act):
            messages.success(request, _("Modifiche salvate."))
            return redirect("network:organisation", row.slug)
    return _answer(
        request,
        where,
        form,
        _("Modifica dell'ente"),
        _("Salvate"),
        back=reverse("network:organisation", args=[row.slug]),
    )


@login_required
@require_http_methods(["GET", "POST"])
def affiliation_new(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    form = AffiliationForm(request.POST or None, district=where, user=request.user)
    if form.is_valid():
        act = partial(acts.affiliate, district=where, by=request.user, **form.cleaned_data)
        if accepted(form, act):
            messages.success(request, _("Ente entrato nell'ambito."))
            return redirect("network:organisations", where.slug)
    return _answer(request, where, form, _("Ingresso di un ente già registrato"), _("Registrate"))


@login_required
@require_http_methods(["GET", "POST"])
def affiliation_end(request: MemberRequest, district: str, organisation: str) -> HttpResponse:
    where = district_for(request, district, can_keep_registers)
    rows = Affiliation.objects.visible_to(request.user).select_related("organisation", "district")
    last = rows.filter(district=where, organisation__slug=organisation).order_by(
        F("until").desc(nulls_first=True)
    )
    row = get_object_or_404(last[:1])
    form = LeavingForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.leave_district, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Uscita registrata."))
        return redirect("network:organisation", organisation)
    return _answer(
        request,
        where,
        form,
        _("Uscita dall'ambito"),
        _("Registrate l'uscita"),
        intro=row.organisation.name,
    )


def _answer(
    request: HttpRequest, where: District, form: BaseForm, title: str, action: str, **over: Any
) -> HttpResponse:
    back = reverse("network:organisations", args=[where.slug])
    usual = {"back": back, "trail": trail_of(where, (_("Enti"), back))}
    return form_answer(request, form, district=where, title=title, action=action, **usual | over)
