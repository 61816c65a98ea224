"""Mandates and outputs of a body."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ordito.governance import acts
from ordito.governance.doors import body_for, body_form, body_url
from ordito.governance.forms import MandateForm, OutputEditForm, OutputForm, OutputStatusForm
from ordito.governance.models import Mandate, Output
from ordito.governance.rules import can_keep_bodies
from ordito.network.doors import MemberRequest, accepted


@login_required
@require_http_methods(["GET", "POST"])
def mandate_new(request: MemberRequest, district: str, body: str) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    form = MandateForm(request.POST or None, body=row)
    if form.is_valid() and accepted(
        form, partial(acts.give_mandate, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Mandato registrato."))
        return redirect(body_url(row))
    return body_form(request, row, form, _("Nuovo mandato"), _("Registrate il mandato"))


@login_required
@require_http_methods(["GET", "POST"])
def mandate_amend(request: MemberRequest, district: str, body: str, pk: int) -> HttpResponse:
    """A new version of a mandate: its issuer or date are known, or its text changes."""
    row = body_for(request, district, body, can_keep_bodies)
    older = get_object_or_404(Mandate.objects.visible_to(request.user), body=row, pk=pk)
    initial = model_to_dict(older, MandateForm.Meta.fields)
    form = MandateForm(request.POST or None, body=row, initial=initial)
    if form.is_valid() and accepted(
        form, partial(acts.amend_mandate, older, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Nuova versione del mandato registrata."))
        return redirect(body_url(row))
    return body_form(
        request, row, form, _("Nuova versione del mandato"), _("Registrate la versione")
    )


@login_required
@require_http_methods(["GET", "POST"])
def output_new(request: MemberRequest, district: str, body: str) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    form = OutputForm(request.POST or None, body=row)
    if form.is_valid() and accepted(
        form, partial(acts.add_output, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Prodotto registrato."))
        return redirect(body_url(row))
    return body_form(request, row, form, _("Nuovo prodotto"), _("Registrate il prodotto"))


@login_required
@require_http_methods(["GET", "POST"])
def output_edit(request: MemberRequest, district: str, body: str, pk: int) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    output = get_object_or_404(
        Output.objects.visible_to(request.user).select_related("body__district"), body=row, pk=pk
    )
    form = OutputEditForm(request.POST or None, instance=output, body=row)
    if form.is_valid() and accepted(
        form, partial(acts.amend_output, output, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Modifiche salvate."))
        return redirect(body_url(row))
    return body_form(request, row, form, _("Modifica del prodotto"), _("Salvate"))


@login_required
@require_http_methods(["GET", "POST"])
def output_status(request: MemberRequest, district: str, body: str, pk: int) -> HttpResponse:
    row = body_for(request, district, body, can_keep_bodies)
    output = get_object_or_404(
        Output.objects.visible_to(request.user).select_related("body__district"), body=row, pk=pk
    )
    initial = {"status": output.status, "on": timezone.localdate()}
    form = OutputStatusForm(request.POST or None, initial=initial)
    if form.is_valid() and accepted(
        form, partial(acts.set_output_status, output, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Stato aggiornato."))
        return redirect(body_url(row))
    return body_form(
        request,
        row,
        form,
        _("Nuovo stato del prodotto"),
        _("Registrate lo stato"),
        intro=output.title,
    )
