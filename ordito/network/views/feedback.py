"""What people tell a district, and what its public notices say."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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
from ordito.network.forms import FeedbackForm, NoticesForm, SettlingForm
from ordito.network.models import Feedback
from ordito.network.rules import can_fill_notices, can_settle_feedback
from ordito.ui.throttle import is_too_often


@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, district: str) -> HttpResponse:
    """The form that anyone may send, signed in or not."""
    where = visible_district(request, district)
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("pagina", "")[:300]})
    if form.is_valid():
        if is_too_often("feedback", request.META["REMOTE_ADDR"], times=10, seconds=3600):
            form.add_error(
                None, _("Da questo indirizzo sono arrivati troppi messaggi: riprovate tra un'ora.")
            )
        elif accepted(form, partial(acts.send_feedback, where, **form.cleaned_data)):
            messages.success(request, _("Messaggio ricevuto: l'ufficio risponde entro 30 giorni."))
            return redirect("network:feedback", where.slug)
    return form_answer(
        request,
        form,
        district=where,
        title=_("Segnalate un problema"),
        action=_("Inviate"),
        intro=_("Un errore, una pagina che non riuscite a usare, una proposta."),
        trail=trail_of(where),
    )


@login_required
@require_safe
def feedback_received(request: MemberRequest, district: str) -> HttpResponse:
    where = district_for(request, district, can_settle_feedback)
    rows = Feedback.objects.visible_to(request.user).filter(district=where)
    page = {
        "district": where,
        "here": _("Segnalazioni"),
        "trail": trail_of(where),
        "page": Paginator(rows, 25).get_page(request.GET.get("pagina")),
    }
    return render(request, "network/feedback_received.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def feedback_settle(request: MemberRequest, district: str, pk: int) -> HttpResponse:
    where = district_for(request, district, can_settle_feedback)
    row = get_object_or_404(Feedback.objects.visible_to(request.user), district=where, pk=pk)
    form = SettlingForm(request.POST or None)
    if form.is_valid() and accepted(
        form, partial(acts.settle_feedback, row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Segnalazione chiusa."))
        return redirect("network:feedback_received", where.slug)
    back = reverse("network:feedback_received", args=[where.slug])
    page = {
        "district": where,
        "feedback": row,
        "form": form,
        "here": _("Segnalazione"),
        "back": back,
        "trail": trail_of(where, (_("Segnalazioni"), back)),
    }
    return render(request, "network/feedback_settle.html", page, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def notices(request: MemberRequest, district: str) -> HttpResponse:
    """What fills the privacy notice, the accessibility statement and the feedback form."""
    where = district_for(request, district, can_fill_notices)
    form = NoticesForm(request.POST or None, instance=where)
    if form.is_valid() and accepted(
        form, partial(acts.fill_notices, where, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Informative salvate."))
        return redirect("web:privacy", where.slug)
    return form_answer(
        request,
        form,
        district=where,
        title=_("Pagine pubbliche e informative"),
        action=_("Salvate"),
        intro=_("Compaiono nelle pagine che ogni piè di pagina collega."),
        back=reverse("web:district", args=[where.slug]),
        trail=trail_of(where),
    )
