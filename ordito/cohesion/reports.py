"""Where the labs of a district stand: the facts, measured and put in order."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from ordito.cohesion import words
from ordito.cohesion.facts import LabFacts, Reader, gather, names_of
from ordito.cohesion.measures.mandates import fulfilment
from ordito.cohesion.measures.participation import (
    Attender,
    Sitting,
    StatedMean,
    constancy,
    participation,
    stated_participation,
)
from ordito.cohesion.sheets import (
    AttenderLine,
    DistrictReport,
    Figure,
    LabSheet,
    MandateLine,
    MeetingLine,
    OutputLine,
)
from ordito.governance.models import Body, Mandate, Meeting, Output, StatedAttendance
from ordito.registry.models import District, Organisation


def district_report(
    district: District, user: Reader, *, labs: list[Body] | None = None, day: date | None = None
) -> DistrictReport:
    """Where the labs of a district stand, for this reader: all of them, unless `labs` are given.

    Recorded and stated participation are two totals, never one, and only of all the labs;
    the sheets of given labs name the organisations instead, at one query each.
    `day` is today if not given.
    """
    day = day or timezone.localdate()
    is_whole = labs is None
    if labs is None:
        labs = list(Body.objects.visible_to(user).labs().filter(district=district))
    facts = gather(district, user, labs)
    return DistrictReport(
        slug=district.slug,
        name=district.name,
        source=district.source,
        is_demonstrative=district.is_demonstrative,
        day=day,
        is_whole=is_whole,
        labs=tuple(
            _sheet(lab, day) if is_whole else _with_names(_sheet(lab, day), lab, user)
            for lab in facts
        ),
        recorded=_recorded_total(facts) if is_whole else None,
        stated=_stated([lab.stated for lab in facts if lab.stated]) if is_whole else None,
    )


def _sheet(facts: LabFacts, day: date) -> LabSheet:
    body, sittings = facts.body, _sittings(facts)
    lines = [(meeting, _meeting_line(meeting, facts)) for meeting in facts.meetings]
    outputs = tuple(_output_line(output, facts.mandates) for output in facts.outputs)
    return LabSheet(
        slug=body.slug,
        name=body.name,
        kind=body.get_kind_display(),
        is_plenary=body.kind == Body.Kind.PLENARY,
        meetings=tuple(line for meeting, line in lines if not meeting.is_open),
        to_close=tuple(line for m, line in lines if m.is_open and m.held_on <= day),
        planned=tuple(line for m, line in lines if m.is_open and m.held_on > day),
        recorded=_recorded(sittings, [facts], adhesions=_last_roster(facts)),
        stated=_stated([facts.stated], of_one=True) if facts.stated else None,
        constancy=constancy(facts.attenders.values(), n_meetings=len(sittings)),
        mandates=tuple(_mandate_line(mandate) for mandate in facts.mandates),
        outputs=outputs,
        fulfilment=fulfilment(line.is_delivered for line in outputs if line.is_expected),
        follow_up=body.follow_up,
        method=body.method,
    )


def _with_names(sheet: LabSheet, facts: LabFacts, user: Reader) -> LabSheet:
    named = names_of(facts, user)
    lines = tuple(_attender_line(one, facts.attenders[one.pk]) for one in named)
    return replace(sheet, attenders=lines, n_unnamed=len(facts.attenders) - len(lines))


def _attender_line(organisation: Organisation, found: Attender) -> AttenderLine:
    return AttenderLine(
        name=organisation.name,
        slug=organisation.slug,
        fraction=words.out_of(Fraction(found.n_came), found.n_due),
        n_excused=found.n_excused,
        third=words.third(found),
    )


def _recorded_total(facts: list[LabFacts]) -> Figure | None:
    return _recorded([sitting for lab in facts for sitting in _sittings(lab)], facts)


def _sittings(facts: LabFacts) -> list[Sitting]:
    return [Sitting(roll["present"], roll["roster"]) for roll in facts.rolls.values()]


def _last_roster(facts: LabFacts) -> int | None:
    """The adhesions at the end of the period: those in force at the last closed meeting."""
    closed = [facts.rolls[m.pk]["roster"] for m in facts.meetings if m.pk in facts.rolls]
    return closed[-1] if closed else None


def _recorded(
    sittings: list[Sitting], facts: Iterable[LabFacts], *, adhesions: int | None = None
) -> Figure | None:
    """Participation from closed rolls; with the mean when it is that of one lab."""
    found = participation(sittings)
    if found is None:
        return None
    return Figure(
        is_stated=False,
        numerator=Fraction(found.n_present),
        denominator=found.n_due,
        n_meetings=found.n_meetings,
        presences=Fraction(found.n_present),
        due=found.n_due,
        rate=found.rate,
        unit=_("organizzazioni"),
        mean=found.mean if adhesions is not None else None,
        adhesions=adhesions,
        counts=found.counts if adhesions is not None else None,
        n_guests=sum(roll["guests"] for lab in facts for roll in lab.rolls.values()),
    )


def _stated(rows: list[StatedAttendance], *, of_one: bool = False) -> Figure | None:
    """Participation from means that a source states: of one lab, or pooled."""
    means = [_stated_mean(row) for row in rows]
    found = stated_participation(means)
    if found is None:
        return None
    units = {str(row.get_unit_display()) for row in rows}
    return Figure(
        is_stated=True,
        numerator=means[0].mean if of_one else found.presences,
        denominator=means[0].n_adhesions if of_one else found.due,
        n_meetings=found.n_meetings,
        presences=found.presences,
        due=found.due,
        rate=found.rate,
        unit=", ".join(sorted(units)),
        is_rounded=any(mean.slack for mean in means),
        band=found.band,
        source=_source(rows[0]) if of_one else "; ".join(dict.fromkeys(row.source for row in rows)),
        mean=means[0].mean if of_one else None,
        adhesions=means[0].n_adhesions if of_one else None,
    )


def _stated_mean(row: StatedAttendance) -> StatedMean:
    return StatedMean(
        mean=Fraction(row.mean),
        n_meetings=row.n_meetings,
        n_adhesions=row.n_adhesions,
        half_step=Fraction(row.half_step),
    )


def _source(row: StatedAttendance) -> str:
    """The source of one lab, with the word that it does or does not use of the adhesions."""
    kind = _("adesioni formalizzate") if row.is_formal else _("adesioni")
    return f"{row.source}, «{kind}»"


def _meeting_line(meeting: Meeting, facts: LabFacts) -> MeetingLine:
    roll = facts.rolls.get(meeting.pk) if meeting.is_closed else None
    return MeetingLine(
        pk=meeting.pk,
        held_on=meeting.held_on,
        day_slug=meeting.day_slug,
        label=str(meeting),
        method=meeting.get_method_display() if meeting.method else "",
        n_present=roll["present"] if roll else None,
        n_roster=roll["roster"] if roll else None,
        n_guests=roll["guests"] if roll else 0,
    )


def _mandate_line(mandate: Mandate) -> MandateLine:
    return MandateLine(
        pk=mandate.pk,
        text=mandate.text,
        issuer=mandate.issuer.name if mandate.issuer else "",
        issued_on=mandate.issued_on,
        act_reference=mandate.act_reference,
        plan_line=mandate.plan_line,
        due_on=mandate.due_on,
    )


def _output_line(output: Output, mandates: Iterable[Mandate]) -> OutputLine:
    """What the mandate in force expects counts for it, unless it was superseded."""
    is_current = output.mandate_id in {mandate.pk for mandate in mandates}
    return OutputLine(
        pk=output.pk,
        title=output.title,
        status=output.get_status_display(),
        status_on=output.status_on,
        due_on=output.due_on,
        reason=output.reason,
        is_delivered=output.status in Output.DELIVERED,
        is_expected=is_current and output.status != Output.Status.SUPERSEDED,
    )
