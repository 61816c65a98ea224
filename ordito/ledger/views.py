"""The pages of the ledger: what was recorded, entry by entry."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ordito.ledger.chain import GENESIS
from ordito.ledger.forms import EntriesFilter
from ordito.ledger.models import Interaction, Note, Party
from ordito.ledger.words import ROLES, facts_in_words, hidden_subjects
from ordito.lib.spreadsheets import inert
from ordito.registry.models import District, Organisation
from ordito.registry.rules import is_staff_of

PAGE = 50
CSV_CHUNK = 2_000


@dataclass(frozen=True)
class Row:
    """A line of the list: an entry with what its reader may see."""

    entry: Interaction
    subject: str
    n_parties: int
    corrected_by: int | None


@require_safe
def entries(request: HttpRequest, district: str) -> HttpResponse:
    where = get_object_or_404(District.objects.visible_to(request.user), slug=district)
    form = EntriesFilter(request.GET)
    page = Paginator(_chosen(request, where, form), PAGE).get_page(request.GET.get("pagina"))
    chosen = {name: value for name, value in form.data.items() if name in form.fields and value}
    rows = _rows(request, page.object_list, asked=form.data.get("id", ""))
    return render(
        request,
        "ledger/entries.html",
        {
            "district": where,
            "here": _("Registrazioni"),
            "trail": _trail(where),
            "form": form,
            "page": page,
            "rows": rows,
            "is_narrowed": bool(chosen),
            "narrowed_to": _narrowed_to(request, form, rows),
            "query": request.GET.urlencode(),
        },
    )


@require_safe
def entries_csv(request: HttpRequest, district: str) -> StreamingHttpResponse:
    where = get_object_or_404(District.objects.visible_to(request.user), slug=district)
    form = EntriesFilter(request.GET)
    response = StreamingHttpResponse(
        _csv_lines(request, where, _chosen(request, where, form), asked=form.data.get("id", "")),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="registrazioni-{where.slug}.csv"'
    return response


@require_safe
def entry(request: HttpRequest, district: str, seq: int) -> HttpResponse:
    found = get_object_or_404(
        Interaction.objects.visible_to(request.user).select_related("district", "corrects"),
        district__slug=district,
        seq=seq,
    )
    where = found.district
    is_hidden = bool(hidden_subjects([found], request.user))
    before = Interaction.objects.filter(district=where, seq=seq - 1)
    is_staff = is_staff_of(request.user, where)
    entries_url = reverse("ledger:entries", args=[where.slug])
    return render(
        request,
        "ledger/entry.html",
        {
            "district": where,
            "here": _("Registrazione n. %d") % seq,
            "trail": [*_trail(where), (_("Registrazioni"), entries_url)],
            "entry": found,
            "subject": _hidden_label() if is_hidden else found.subject_label,
            "is_hidden": is_hidden,
            "facts": [] if is_hidden else facts_in_words(found),
            "roles": _roles(request, found),
            "correction": Interaction.objects.filter(corrects=found).first(),
            "before": before.values_list("hash", flat=True).first() or GENESIS,
            "is_staff": is_staff,
            "note": Note.objects.filter(interaction=found).first() if is_staff else None,
        },
    )


def _chosen(request: HttpRequest, where: District, form: EntriesFilter) -> QuerySet[Interaction]:
    """The entries of the district that the address asks for, newest first."""
    rows = Interaction.objects.visible_to(request.user).filter(district=where)
    rows = rows.select_related("corrects")
    if not form.is_valid():
        return rows.none()
    asked = form.cleaned_data
    if asked["genere"]:
        rows = rows.filter(kind=asked["genere"])
    if asked["tipo"]:
        rows = rows.filter(subject_type=asked["tipo"], subject_id=asked["id"])
    if asked["ente"]:
        # An organisation that is not listed is not found by its address either.
        its = Organisation.objects.visible_to(request.user).filter(slug=asked["ente"])
        parties = Party.objects.filter(organisation__in=its)
        rows = rows.filter(pk__in=parties.values("interaction"))
    return rows


def _rows(request: HttpRequest, these: Iterable[Interaction], asked: str) -> list[Row]:
    """The lines of a list; those about one hidden subject, asked for by its id, are left out."""
    these = list(these)
    pks = [one.pk for one in these]
    hidden = hidden_subjects(these, request.user)
    corrections = dict(
        Interaction.objects.filter(corrects__in=pks).values_list("corrects_id", "seq")
    )
    counts = dict(
        Party.objects.filter(interaction__in=pks)
        .order_by()
        .values_list("interaction")
        .annotate(Count("organisation", distinct=True))
    )
    rows = []
    for one in these:
        is_hidden = (one.subject_type, one.subject_id) in hidden
        if not (is_hidden and asked):
            label = _hidden_label() if is_hidden else one.subject_label
            rows.append(Row(one, label, counts.get(one.pk, 0), corrections.get(one.pk)))
    return rows


def _narrowed_to(request: HttpRequest, form: EntriesFilter, rows: list[Row]) -> str:
    """The thing or the organisation whose entries are shown, in words."""
    if form.is_valid() and (slug := form.cleaned_data["ente"]):
        its = Organisation.objects.visible_to(request.user).filter(slug=slug)
        return its.values_list("name", flat=True).first() or ""
    return rows[0].subject if rows and form.data.get("id") else ""


def _roles(request: HttpRequest, found: Interaction) -> list[tuple[str, list[Party], int]]:
    """The parties by role: label, those that may be named, and how many others."""
    parties = Party.objects.filter(interaction=found).select_related("organisation")
    parties = parties.order_by("organisation__name")
    visible = Organisation.objects.visible_to(request.user)
    named = set(visible.filter(interactions__interaction=found).values_list("pk", flat=True))
    by_role: dict[str, list[Party]] = {}
    for party in parties:
        by_role.setdefault(party.role, []).append(party)
    known = [role for role in ROLES if role in by_role]
    return [
        (
            str(ROLES.get(role, role)),
            [party for party in by_role[role] if party.organisation_id in named],
            sum(party.organisation_id not in named for party in by_role[role]),
        )
        for role in [*known, *sorted(by_role.keys() - ROLES.keys())]
    ]


class _Echo:
    """A file that gives back the line written to it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(
    request: HttpRequest, where: District, chosen: QuerySet[Interaction], asked: str
) -> Iterator[str]:
    """Semicolons and a byte order mark, as Italian spreadsheets open it."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(
        ["numero", "genere", "accaduta_il", "registrata_il", "oggetto", "enti", "origine"]
        + ["corregge", "corretta_da", "impronta", "avvertenza"]
    )
    mark = _("ambito dimostrativo: dati inventati") if where.is_demonstrative else ""
    left = chosen
    while chunk := list(left[:CSV_CHUNK]):
        for row in _rows(request, chunk, asked):
            yield writer.writerow(map(inert, [*_cells(row), mark]))
        # By number, since what is recorded meanwhile would move the pages.
        left = chosen.filter(seq__lt=chunk[-1].seq)


def _cells(row: Row) -> list[Any]:
    one = row.entry
    return [
        one.seq,
        one.kind_label,
        one.occurred_on or "",
        localtime(one.recorded_at).isoformat(sep=" ", timespec="seconds"),
        row.subject,
        row.n_parties,
        one.get_source_display(),
        one.corrects.seq if one.corrects else "",
        row.corrected_by or "",
        one.hash,
    ]


def _hidden_label() -> str:
    return _("Non compare nelle pagine pubbliche")


def _trail(where: District) -> list[tuple[Any, str]]:
    return [(where, reverse("web:district", args=[where.slug]))]
