"""The pages "A che punto siamo?", and their files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ordito.cohesion import words
from ordito.cohesion.exports import csv, ods, pdf
from ordito.cohesion.reports import district_report
from ordito.cohesion.sheets import DistrictReport
from ordito.governance.models import Body
from ordito.governance.rolls import ROLL_KINDS
from ordito.network.doors import trail_of, visible_district
from ordito.registry.models import District

FILES: dict[str, tuple[str, Callable[[DistrictReport], bytes]]] = {
    "pdf": (pdf.MEDIA_TYPE, pdf.as_pdf),
    "ods": (ods.MEDIA_TYPE, ods.as_ods),
    "csv": (csv.MEDIA_TYPE, csv.as_csv),
}
CLOSED_ROLL, _CORRECTED_ROLL = ROLL_KINDS
LAST_MEETINGS = "-12:"
ALL_ON_A_PAGE = "-48:"


@require_safe
def labs(request: HttpRequest, district: str) -> HttpResponse:
    where = visible_district(request, district)
    context = {
        "district": where,
        "here": words.TITLE,
        "trail": trail_of(where),
        "report": district_report(where, request.user),
        "shown": LAST_MEETINGS,
        "words": words.NOTES,
    }
    return render(request, "cohesion/labs.html", context)


@require_safe
def lab(request: HttpRequest, district: str, body: str) -> HttpResponse:
    where, which = _lab_or_404(request, district, body)
    report = district_report(where, request.user, labs=[which])
    labs_url = reverse("cohesion:labs", args=[where.slug])
    context = {
        "district": where,
        "here": which.name,
        "trail": trail_of(where, (words.TITLE, labs_url)),
        "report": report,
        "lab": report.labs[0],
        "shown": ALL_ON_A_PAGE,
        "met": CLOSED_ROLL,
        "words": words.NOTES,
    }
    return render(request, "cohesion/lab.html", context)


@require_safe
def labs_file(request: HttpRequest, district: str, extension: str) -> HttpResponse:
    where = visible_district(request, district)
    return _file(lambda: district_report(where, request.user), where.slug, extension)


@require_safe
def lab_file(request: HttpRequest, district: str, body: str, extension: str) -> HttpResponse:
    where, which = _lab_or_404(request, district, body)
    name = f"{where.slug}-{which.slug}"
    return _file(lambda: district_report(where, request.user, labs=[which]), name, extension)


def _lab_or_404(request: HttpRequest, district: str, body: str) -> tuple[District, Body]:
    where = visible_district(request, district)
    visible = Body.objects.visible_to(request.user).labs()
    return where, get_object_or_404(visible, district=where, slug=body)


def _file(report: Callable[[], DistrictReport], name: str, extension: str) -> HttpResponse:
    if extension not in FILES:
        raise Http404
    media_type, written = FILES[extension]
    disposition = f'attachment; filename="a-che-punto-siamo-{name}.{extension}"'
    return HttpResponse(
        written(report()), content_type=media_type, headers={"Content-Disposition": disposition}
    )
