"""Bodies, and who takes part in them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.models import Adhesion, Body, BodyRole, Designation, Seat
from ordito.governance.rules import can_keep_bodies
from ordito.ledger.kinds import Kind, Tie, kind
from ordito.ledger.models import Interaction
from ordito.ledger.record import MEMBER, record
from ordito.registry.days import must_follow_the_first_districts, must_have_happened
from ordito.registry.models import District, Organisation, Person

ESTABLISHED = kind("governance.established", Tie.NONE, _("Organismo istituito"))
SEATED = kind("governance.seated", Tie.NONE, _("Ingresso di un componente"))
UNSEATED = kind("governance.unseated", Tie.NONE, _("Uscita di un componente"))
ADHERED = kind("governance.adhered", Tie.ADHESION, _("Adesione"))
WITHDREW = kind("governance.withdrew", Tie.NONE, _("Recesso da un'adesione"))
DESIGNATED = kind("governance.designated", Tie.NONE, _("Designazione di un delegato"))

Source = Interaction.Source


@transaction.atomic
def establish_body(
    district: District,
    *,
    name: str,
    kind: str,
    by: User,
    key: str = "",
    source: str = Source.ACT,
    **details: Any,
) -> Body:
    """Add a body to the district. Raises PermissionDenied, ValidationError, AlreadyRecorded."""
    if not can_keep_bodies(by, district):
        raise PermissionDenied
    body = Body(district=district, slug=slugify(name)[:80], name=name, kind=kind, **details)
    must_have_happened(established_on=body.established_on)
    body.full_clean()
    body.save()
    record(
        ESTABLISHED,
        district=district,
        on=body.established_on,
        about=body,
        by=by,
        facts={"kind": body.kind, "act": body.established_by},
        key=key,
        source=source,
    )
    return body


@transaction.atomic
def amend_body(body: Body, *, by: User, **details: Any) -> None:
    """Change what is said of a body; its address never changes.

    Not in the ledger: a description is no act between organisations.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    for name, value in details.items():
        setattr(body, name, value)
    must_have_happened(established_on=body.established_on)
    body.full_clean()
    body.save(update_fields=details)


@transaction.atomic
def grant_seat(
    body: Body,
    *,
    organisation: Organisation,
    by: User,
    since: date | None = None,
    key: str = "",
    source: str = Source.ACT,
) -> Seat:
    """Seat an organisation in a body. Raises PermissionDenied, ValidationError, AlreadyRecorded."""
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    _must_take_part(organisation, body.district)
    must_follow_the_first_districts(since=since)
    seat = Seat(body=body, organisation=organisation, since=since)
    seat.full_clean()
    seat.save()
    _record_member(SEATED, body, organisation, on=since, by=by, key=key, source=source)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, until: date, by: User, key: str = "") -> None:
    """An organisation leaves a body. Raises PermissionDenied, ValidationError, AlreadyRecorded."""
    if not can_keep_bodies(by, seat.body.district):
        raise PermissionDenied
    _end(seat, until)
    _record_member(UNSEATED, seat.body, seat.organisation, on=until, by=by, key=key)


@transaction.atomic
def adhere(
    body: Body,
    *,
    organisation: Organisation,
    by: User,
    since: date | None = None,
    key: str = "",
    source: str = Source.ACT,
    **details: Any,
) -> Adhesion:
    """An organisation joins a lab.

    Raises PermissionDenied, ValidationError when the body has seats and not adhesions, when the
    organisation is not of the district or adheres already; AlreadyRecorded.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    if not body.is_by_adhesion:
        raise ValidationError(_("Questo organismo ha componenti, non adesioni."), code="seats")
    _must_take_part(organisation, body.district)
    adhesion = Adhesion(body=body, organisation=organisation, since=since, **details)
    must_follow_the_first_districts(since=since, signed_on=adhesion.signed_on)
    must_have_happened(signed_on=adhesion.signed_on)
    adhesion.full_clean()
    adhesion.save()
    _record_member(
        ADHERED,
        body,
        organisation,
        on=since,
        by=by,
        facts={"signed": bool(adhesion.signed_on)},
        key=key,
        source=source,
    )
    return adhesion


@transaction.atomic
def withdraw_adhesion(
    adhesion: Adhesion, *, until: date, by: User, reason: str = "", key: str = ""
) -> None:
    """An organisation leaves a lab; its past presences stay.

    Raises PermissionDenied, ValidationError, AlreadyRecorded.
    """
    if not can_keep_bodies(by, adhesion.body.district):
        raise PermissionDenied
    _end(adhesion, until)
    _record_member(
        WITHDREW, adhesion.body, adhesion.organisation, on=until, by=by, note=reason, key=key
    )


@transaction.atomic
def designate(
    body: Body,
    *,
    person: Person,
    quality: str,
    by: User,
    since: date | None = None,
    key: str = "",
    source: str = Source.ACT,
) -> Designation:
    """An organisation designates one of its people to a body.

    Raises PermissionDenied, ValidationError when the organisation is not on the roster.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    rows = body.adhesions if body.is_by_adhesion else body.seats
    if not rows.filter(organisation=person.organisation, until__isnull=True).exists():
        raise ValidationError(
            _("«%(organisation)s» non fa parte dell'organismo: registrate prima l'ingresso."),
            code="not_on_roster",
            params={"organisation": person.organisation},
        )
    designation = Designation(
        body=body,
        organisation=person.organisation,
        person=person,
        quality=quality,
        since=since,
    )
    designation.full_clean()
    designation.save()
    _record_member(
        DESIGNATED,
        body,
        person.organisation,
        on=since,
        by=by,
        facts={"quality": quality},
        key=key,
        source=source,
    )
    return designation


@transaction.atomic
def end_designation(designation: Designation, *, until: date, by: User) -> None:
    """A person stops speaking for an organisation in a body.

    Not in the ledger: what matters to the network is who comes next.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, designation.body.district):
        raise PermissionDenied
    if designation.until != until:
        _end(designation, until)


@transaction.atomic
def give_body_role(
    body: Body, *, person: Person, kind: str, by: User, since: date | None = None
) -> BodyRole:
    """Say who chairs, coordinates, facilitates or takes minutes.

    Not in the ledger: roles of people are no act between organisations.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    if known := body.roles.filter(person=person, kind=kind, until__isnull=True).first():
        return known
    role = BodyRole(body=body, person=person, kind=kind, since=since)
    role.full_clean()
    role.save()
    return role


@transaction.atomic
def end_body_role(role: BodyRole, *, until: date, by: User) -> None:
    """Someone stops chairing, coordinating, facilitating or taking minutes.

    Not in the ledger: roles of people are no act between organisations.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, role.body.district):
        raise PermissionDenied
    if role.until != until:
        _end(role, until)


def _record_member(
    what: Kind, body: Body, organisation: Organisation, *, on: date | None, **rest: Any
) -> None:
    parties = {MEMBER: [organisation]}
    record(what, district=body.district, on=on, about=body, parties=parties, **rest)


def _must_take_part(organisation: Organisation, district: District) -> None:
    if not organisation.affiliations.filter(district=district, until__isnull=True).exists():
        raise ValidationError(
            _("«%(organisation)s» non fa parte dell'ambito: registratene prima l'ingresso."),
            code="not_affiliated",
            params={"organisation": organisation},
        )


def _end(row: models.Model, until: date) -> None:
    """Close a dated row that is still open. Raises ValidationError."""
    since = row.since  # type: ignore[attr-defined]  # every row passed here is Dated
    if since and until < since:
        raise ValidationError({"until": _("La data di fine viene prima della data di inizio.")})
    rows = type(row)._default_manager.filter(pk=row.pk, until__isnull=True)
    if not rows.update(until=until):
        raise ValidationError(_("È già stato chiuso."), code="ended")
