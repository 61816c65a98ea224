"""The recorded facts of the labs: seven queries, whatever their number."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from ordito.accounts.models import User
from ordito.cohesion.measures.participation import Attender
from ordito.governance.models import Body, Mandate, Meeting, Output, StatedAttendance
from ordito.governance.rolls import ROLL_KINDS
from ordito.ledger.models import Interaction, InteractionQuerySet, Party
from ordito.ledger.record import EXCUSED, GUEST, PRESENT
from ordito.registry.models import District, Organisation

Reader = User | AnonymousUser


@dataclass
class LabFacts:
    """The rows of one lab.

    `rolls` maps a meeting to the counts of its standing entry, `attenders` an organisation to
    how often it came.
    """

    body: Body
    meetings: list[Meeting] = field(default_factory=list)
    rolls: dict[int, dict[str, int]] = field(default_factory=dict)
    attenders: dict[int, Attender] = field(default_factory=dict)
    stated: StatedAttendance | None = None
    mandates: list[Mandate] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


def gather(district: District, user: Reader, labs: list[Body]) -> list[LabFacts]:
    """What was recorded of these labs, in their order, as far as the reader may see it."""
    facts = {body.pk: LabFacts(body) for body in labs}
    _add_meetings(facts, user, labs)
    rolls = Interaction.objects.visible_to(user).standing()
    rolls = rolls.filter(district=district, kind__in=ROLL_KINDS, facts__body__in=list(facts))
    _add_rolls(facts, rolls)
    _add_attenders(facts, rolls)
    for stated in StatedAttendance.objects.filter(body__in=labs):
        facts[stated.body_id].stated = stated
    mandates = Mandate.objects.visible_to(user).current().filter(body__in=labs)
    for mandate in mandates.select_related("issuer"):
        facts[mandate.body_id].mandates.append(mandate)
    for output in Output.objects.visible_to(user).filter(body__in=labs):
        facts[output.body_id].outputs.append(output)
    return list(facts.values())


def _add_meetings(facts: Mapping[int, LabFacts], user: Reader, labs: list[Body]) -> None:
    shown = ("body_id", "held_on", "turn", "method", "status")
    meetings = Meeting.objects.visible_to(user).filter(body__in=labs).only(*shown)
    meetings = meetings.exclude(status=Meeting.Status.CANCELLED)
    for meeting in meetings.order_by("held_on", "turn"):
        facts[meeting.body_id].meetings.append(meeting)


def _add_rolls(facts: Mapping[int, LabFacts], rolls: InteractionQuerySet) -> None:
    for subject_id, counts in rolls.order_by().values_list("subject_id", "facts"):
        facts[counts["body"]].rolls[int(subject_id)] = counts


def _add_attenders(facts: Mapping[int, LabFacts], rolls: InteractionQuerySet) -> None:
    """How many meetings each organisation of a roster was due at, came to and excused."""
    groups = (
        Party.objects.filter(interaction__in=rolls.order_by())
        .exclude(role=GUEST)
        .order_by()
        .values_list("interaction__facts__body", "organisation_id")
        .annotate(
            n_due=Count("pk"),
            n_came=Count("pk", filter=Q(role=PRESENT)),
            n_excused=Count("pk", filter=Q(role=EXCUSED)),
        )
    )
    for body, organisation, n_due, n_came, n_excused in groups:
        facts[body].attenders[organisation] = Attender(n_due, n_came, n_excused)


def names_of(facts: LabFacts, user: Reader) -> list[Organisation]:
    """The organisations of the lab's rosters that the reader may see, by name: one query."""
    visible = Organisation.objects.visible_to(user).filter(pk__in=facts.attenders)
    return list(visible.only("name", "slug").order_by("name"))
