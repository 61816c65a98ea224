"""The report as a table of one line per lab and origin, with the district's totals last."""

from datetime import date

from django.utils.translation import gettext as _

from ordito.cohesion import words
from ordito.cohesion.sheets import DistrictReport, Figure, LabSheet

Cell = str | int | float | date | None

COLUMNS = (
    "ambito",
    "dati",
    "livello",
    "denominazione",
    "origine",
    "dal",
    "al",
    "incontri",
    "date_incontri",
    "media_presenti",
    "adesioni",
    "presenze",
    "presenze_dovute",
    "tasso",
    "tasso_minimo",
    "tasso_massimo",
    "unita",
    "media_arrotondata",
    "fonte",
    "ospiti",
    "incontri_da_chiudere",
    "organizzazioni",
    "costanti",
    "occasionali",
    "mai_presenti",
    "mandante",
    "data_mandato",
    "atto_mandato",
    "mandato",
    "linea_piano",
    "prodotti_consegnati",
    "prodotti_attesi",
    "prodotti",
    "prosecuzione",
    "modalita",
    "formule",
    "data_rapporto",
    "avvertenza",
    "in_parole",
)


def rows(report: DistrictReport) -> list[dict[str, Cell]]:
    """The lines of the table. What is not known is None, never zero."""
    lines = [line for lab in report.labs for line in _lab_lines(lab)]
    for figure in report.figures:
        first, last = report.window or (None, None)
        total: dict[str, Cell] = {
            "livello": _("ambito"),
            "denominazione": report.name,
            "dal": first,
            "al": last,
        }
        lines.append(total | _figure_cells(figure))
    whole: dict[str, Cell] = {
        "ambito": report.name,
        "dati": str(words.DEMONSTRATIVE) if report.is_demonstrative else _("documentati"),
        "formule": words.FORMULAS,
        "data_rapporto": report.day,
        "avvertenza": str(words.USE),
    }
    return [dict.fromkeys(COLUMNS) | line | whole for line in lines]


def _lab_lines(lab: LabSheet) -> list[dict[str, Cell]]:
    about = _lab_cells(lab)
    if not lab.figures:
        origin = str(words.NO_DATA) if lab.is_silent else None
        return [about | {"origine": origin}]
    return [about | _recorded_cells(lab, figure) | _figure_cells(figure) for figure in lab.figures]


def _figure_cells(figure: Figure) -> dict[str, Cell]:
    low, high = figure.band or (None, None)
    return {
        "origine": figure.origin,
        "incontri": figure.n_meetings,
        "media_presenti": None if figure.mean is None else float(figure.mean),
        "adesioni": figure.adhesions,
        "presenze": float(figure.presences),
        "presenze_dovute": figure.due,
        "tasso": None if figure.rate is None else float(figure.rate),
        "tasso_minimo": None if low is None else float(low),
        "tasso_massimo": None if high is None else float(high),
        "unita": figure.unit,
        "media_arrotondata": (_("sì") if figure.is_rounded else _("no")),
        "fonte": figure.source,
        "ospiti": figure.n_guests,
        "in_parole": "; ".join(part for part in (figure.sentence, figure.mean_words) if part),
    }


def _recorded_cells(lab: LabSheet, figure: Figure) -> dict[str, Cell]:
    """What only closed rolls can tell."""
    found = None if figure.is_stated else lab.constancy
    if found is None:
        return {}
    return {
        "organizzazioni": found.n_organisations,
        "costanti": found.n_constant,
        "occasionali": found.n_occasional,
        "mai_presenti": found.n_silent,
    }


def _lab_cells(lab: LabSheet) -> dict[str, Cell]:
    first, last = lab.window or (None, None)
    n_expected = lab.fulfilment.n_expected
    return _mandate_cells(lab) | {
        "livello": lab.kind,
        "denominazione": lab.name,
        "dal": first,
        "al": last,
        "date_incontri": ", ".join(line.held_on.isoformat() for line in lab.meetings),
        "incontri_da_chiudere": len(lab.to_close),
        "prodotti_consegnati": lab.fulfilment.n_delivered if n_expected else None,
        "prodotti_attesi": n_expected or None,
        "prodotti": "; ".join(f"{output.title}: {output.status}" for output in lab.outputs),
        "prosecuzione": lab.follow_up,
        "modalita": lab.method,
    }


def _mandate_cells(lab: LabSheet) -> dict[str, Cell]:
    """The last mandate's issuer, date and act, with the texts of all those in force."""
    if not lab.mandates:
        return {}
    last = lab.mandates[0]
    return {
        "mandante": last.issuer,
        "data_mandato": last.issued_on,
        "atto_mandato": last.act_reference,
        "mandato": "; ".join(mandate.text for mandate in lab.mandates),
        "linea_piano": "; ".join(m.plan_line for m in lab.mandates if m.plan_line),
    }
