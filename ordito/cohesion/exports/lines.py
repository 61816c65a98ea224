"""A sheet as pairs of label and text: the same in the terminal and on paper."""

from django.utils.translation import gettext as _

from ordito.cohesion import words
from ordito.cohesion.sheets import Figure, LabSheet, MandateLine, OutputLine


def figure_lines(figure: Figure) -> list[str]:
    """A figure with its rate or why there is none, its unit and its source; then its mean."""
    sign = ": " if figure.rate is None else " = "
    notes = (figure.caveat, figure.origin, figure.source, figure.guests_words)
    first = f"{figure.sentence}{sign}{figure.rate_words} ({'; '.join(n for n in notes if n)})"
    return [first, f"  {figure.mean_words}"] if figure.mean_words else [first]


def lab_lines(lab: LabSheet) -> list[tuple[str, list[str]]]:
    """What is asked, made and going on in a lab; what the source does not say is said so."""
    mandates = [mandate_words(mandate) for mandate in lab.mandates]
    plan_lines = [mandate.plan_line for mandate in lab.mandates if mandate.plan_line]
    outputs = [output_words(output) for output in lab.outputs]
    return [
        (_("Mandato"), mandates or [_("non indicato")]),
        (_("Linea del Piano"), plan_lines or [_("non indicata")]),
        (_("Prodotti"), outputs or [_("nessuno indicato")]),
        (_("Adempimento"), [words.fulfilment(lab.fulfilment)]),
        (_("Presenza costante"), lab.constancy_words or [_("n.d.")]),
        (_("Prosecuzione"), [lab.follow_up or _("non indicata")]),
        (_("Modalità"), [lab.method or _("non indicata")]),
    ]


def mandate_words(mandate: MandateLine) -> str:
    """Who asked, when, by which act, and what."""
    known = [
        mandate.issuer or _("mandante non indicato"),
        words.day(mandate.issued_on) or _("data non indicata"),
        mandate.act_reference,
    ]
    return f"{mandate.text} ({', '.join(part for part in known if part)})"


def output_words(output: OutputLine) -> str:
    state = (
        f"{output.status} ({words.day(output.status_on)})" if output.status_on else output.status
    )
    return f"{output.title}: {state}"


def meeting_lines(lab: LabSheet) -> list[tuple[str, str]]:
    """When the lab met, with who came where a roll was closed."""
    groups = (
        (_("Incontri"), lab.meetings),
        (_("Presenze da chiudere"), lab.to_close),
        (_("In programma"), lab.planned),
    )
    return [
        (label, ", ".join(f"{m.label} ({m.fraction})" if m.fraction else m.label for m in lines))
        for label, lines in groups
        if lines
    ]
