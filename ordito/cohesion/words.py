"""The sentences of the reports, the same on the page, on paper and in the terminal."""

from datetime import date
from fractions import Fraction

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ordito.cohesion.measures.mandates import Fulfilment
from ordito.cohesion.measures.participation import Attender, Constancy, Spread
from ordito.ui.templatetags.ui import percent

FORMULAS = "K01, K02, K15: 1.0"
USE = gettext_lazy(
    "Queste misure non si usano per graduatorie, esclusioni, finanziamenti o punteggi di "
    "co-progettazione."
)
READING = gettext_lazy(
    "Il valore di un laboratorio non dice nulla di un singolo ente, e l'attività non è il "
    "risultato. Un laboratorio si confronta prima di tutto con sé stesso nel tempo."
)
DEMONSTRATIVE = gettext_lazy("Ambito dimostrativo: dati inventati")
NO_DATA = gettext_lazy("nessun dato")
TITLE = gettext_lazy("A che punto siamo?")
NOTES = {
    "title": TITLE,
    "use": USE,
    "reading": READING,
    "formulas": FORMULAS,
    "no_data": NO_DATA,
    "mark": DEMONSTRATIVE,
}


def number(value: Fraction) -> str:
    """A whole number as it is, any other with one decimal."""
    if value.denominator == 1:
        return str(value.numerator)
    return floatformat(float(value), 1)


def out_of(numerator: Fraction, denominator: int) -> str:
    return _("%(part)s su %(whole)s") % {"part": number(numerator), "whole": denominator}


def attended(presences: Fraction, due: int) -> str:
    """The fraction of a recorded rate: "157 presenze su 245 attese"."""
    n = int(presences)
    return ngettext("%(n)s presenza su %(due)s attese", "%(n)s presenze su %(due)s attese", n) % {
        "n": n,
        "due": due,
    }


def per_meeting(mean: Fraction, n_meetings: int, n_adhesions: int) -> str:
    """The line under a lab's fraction: how many came on average, and how many adhere now."""
    if n_meetings == 1:
        there = ngettext("%(n)s adesione quel giorno", "%(n)s adesioni quel giorno", n_adhesions)
        return f"{meetings(1)}, {there % {'n': n_adhesions}}"
    last = ngettext("%(n)s adesione all'ultimo", "%(n)s adesioni all'ultimo", n_adhesions)
    return ", ".join(
        (
            _("in media %(mean)s per incontro") % {"mean": number(mean)},
            meetings(n_meetings),
            last % {"n": n_adhesions},
        )
    )


def meetings(n: int) -> str:
    return ngettext("%(n)s incontro", "%(n)s incontri", n) % {"n": n}


def rate(share: Fraction | None) -> str:
    return _("dati insufficienti") if share is None else percent(share)


def expected() -> str:
    """What a recorded fraction divides by."""
    return _("attese: le adesioni in vigore il giorno di ogni incontro")


def caveat(unit: str, *, is_rounded: bool) -> str:
    return f"{unit}, {_('media arrotondata')}" if is_rounded else unit


def band(edges: tuple[Fraction, Fraction]) -> str:
    return _("tra %(low)s e %(high)s: le medie della fonte sono arrotondate") % {
        "low": percent(edges[0]),
        "high": percent(edges[1]),
    }


def origin(*, is_stated: bool) -> str:
    return _("dichiarato dalla fonte") if is_stated else _("registrato in Ordito")


def spread(counts: Spread) -> str:
    return _("da %(low)s a %(high)s per incontro, mediana %(middle)s") % {
        "low": number(counts.lowest),
        "high": number(counts.highest),
        "middle": number(counts.median),
    }


def guests(n: int) -> str:
    return ngettext("%(n)s presenza di ospiti a parte", "%(n)s presenze di ospiti a parte", n) % {
        "n": n
    }


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def window(days: tuple[date, date] | None) -> str:
    if days is None:
        return ""
    if days[0] == days[1]:
        return day(days[0])
    return _("dal %(first)s al %(last)s") % {"first": day(days[0]), "last": day(days[1])}


def coverage(n_closed: int, n_held: int) -> str:
    base = out_of(Fraction(n_closed), n_held)
    return _("incontri tenuti con presenze chiuse: %(base)s") % {"base": base}


def entitled(found: Constancy) -> str:
    """Who the thirds are thirds of."""
    n = found.n_organisations
    return ngettext(
        "%(n)s organizzazione attesa ad almeno un incontro, anche se poi uscita",
        "%(n)s organizzazioni attese ad almeno un incontro, anche se poi uscite",
        n,
    ) % {"n": n}


def constancy(found: Constancy) -> list[str]:
    """The thirds of a roster, each with its base; shares only where there is enough."""
    n = found.n_organisations
    thirds = [
        (_("costanti (almeno due terzi degli incontri)"), found.n_constant, found.constant_share),
        (_("occasionali"), found.n_occasional, None),
        (_("mai presenti"), found.n_silent, found.silent_share),
    ]
    lines = []
    for label, count, share in thirds:
        line = f"{label}: {out_of(Fraction(count), n)}"
        lines.append(line + (f" ({percent(share)})" if share is not None else ""))
    if found.n_excused:
        lines.append(_("assenze giustificate: %(n)s") % {"n": found.n_excused})
    return lines


def too_few_for_shares(found: Constancy) -> str:
    if found.constant_share is not None:
        return ""
    return _("dati insufficienti per le quote: servono 3 incontri e 5 organizzazioni")


def third(attender: Attender) -> str:
    """In which third of the roster an organisation is."""
    if not attender.n_came:
        return _("mai presente")
    return _("costante") if attender.is_constant else _("occasionale")


def labs_heading(*, any_lab: bool, any_plenary: bool) -> str:
    """What the bodies of a report are: a plenary network is no lab."""
    if not any_plenary:
        return _("I laboratori")
    return _("I laboratori e la rete plenaria") if any_lab else _("La rete plenaria")


def lab_column(*, any_lab: bool, any_plenary: bool) -> str:
    if not any_plenary:
        return _("Laboratorio")
    return _("Laboratorio o rete") if any_lab else _("Rete")


def fulfilment_fraction(found: Fulfilment) -> str:
    if found.rate is None:
        return _("n.d.")
    return out_of(Fraction(found.n_delivered), found.n_expected)


def fulfilment(found: Fulfilment) -> str:
    if found.rate is None:
        return _("n.d.: nessun prodotto atteso dal mandato")
    return _("prodotti attesi e consegnati: %(base)s (%(rate)s)") % {
        "base": fulfilment_fraction(found),
        "rate": percent(found.rate),
    }
