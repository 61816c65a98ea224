"""The report as text, for the terminal."""

from django.utils.translation import gettext as _

from ordito.cohesion import words
from ordito.cohesion.exports.lines import figure_lines, lab_lines, meeting_lines
from ordito.cohesion.sheets import DistrictReport, LabSheet


def as_text(report: DistrictReport) -> str:
    """The whole report, one paragraph per lab, the district's totals and the notes last."""
    lines = [f"{words.TITLE} {report.name}, {words.day(report.day)}"]
    if report.is_demonstrative:
        lines.append(str(words.DEMONSTRATIVE))
    for lab in report.labs:
        lines += ["", lab.name, *_lab(lab)]
    if report.is_whole:
        lines += ["", _("Ambito"), *_total(report)]
    lines += ["", str(words.READING), str(words.USE), f"{_('Formule')}: {words.FORMULAS}"]
    return "\n".join(lines) + "\n"


def _lab(lab: LabSheet) -> list[str]:
    if lab.is_silent:
        return [f"  {words.NO_DATA}"]
    told = [(label, "; ".join(texts)) for label, texts in lab_lines(lab)]
    pairs = [*meeting_lines(lab), *told]
    return [f"  {line}" for figure in lab.figures for line in figure_lines(figure)] + [
        f"  {label}: {text}" for label, text in pairs
    ]


def _total(report: DistrictReport) -> list[str]:
    lines = []
    for figure in report.figures:
        lines += [*figure_lines(figure), *([figure.band_words] if figure.band else [])]
    period = [f"{_('Periodo')}: {report.window_words}"] if report.window else []
    return [f"  {line}" for line in [*(lines or [str(words.NO_DATA)]), *period]]
