"""What can be done to a district's registers and notices."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.ledger.kinds import Tie, kind
from ordito.ledger.models import Interaction
from ordito.ledger.record import MEMBER, record
from ordito.network.models import Feedback
from ordito.network.rules import (
    can_assign_roles,
    can_fill_notices,
    can_keep_registers,
    can_settle_feedback,
)
from ordito.registry.days import must_follow_the_first_districts, must_have_happened
from ordito.registry.models import (
    Affiliation,
    District,
    DistrictRole,
    DistrictTerritory,
    Identifier,
    Organisation,
    Person,
    Territory,
)

JOINED = kind("network.joined", Tie.NONE, _("Ingresso nell'ambito"))
LEFT = kind("network.left", Tie.NONE, _("Uscita dall'ambito"))

Source = Interaction.Source


@transaction.atomic
def found_district(
    *,
    slug: str,
    name: str,
    coordinator_email: str,
    coordinator_name: str,
    municipalities: Iterable[tuple[str, str]] = (),
) -> District:
    """Open a district, unpublished, with its coordinator and its municipalities (name, ISTAT code).

    Open to all: only who administers the server reaches the command that calls it.
    Not in the ledger: the chain of the district begins after it. Raises ValidationError.
    """
    district = District(slug=slug, name=name)
    district.full_clean(exclude=["territories"])
    district.save()
    for place, istat_code in municipalities:
        territory = Territory(kind=Territory.Kind.MUNICIPALITY, name=place, istat_code=istat_code)
        known = Territory.objects.filter(istat_code=istat_code, until=None).first()
        if not (istat_code and known):
            territory.full_clean()
            territory.save()
        DistrictTerritory.objects.create(
            district=district, territory=known if istat_code and known else territory
        )
    _give_role(
        district,
        coordinator_email,
        coordinator_name,
        DistrictRole.Kind.PLAN_COORDINATOR,
        timezone.localdate(),
    )
    return district


@transaction.atomic
def register_organisation(
    district: District,
    *,
    name: str,
    kind: str,
    by: User,
    ground: str,
    since: date | None = None,
    identifiers: dict[str, str] | None = None,
    key: str = "",
    source: str = Source.ACT,
    **details: Any,
) -> Organisation:
    """Enter an organisation in the register and make it part of the district.

    Raises PermissionDenied, AlreadyRecorded, and ValidationError for a day that cannot be or
    for wrong or taken codes, all of them at once.
    """
    if not can_keep_registers(by, district):
        raise PermissionDenied
    organisation = Organisation(name=name, kind=kind, slug=_free_slug(name), **details)
    organisation.full_clean(exclude=["districts"])
    organisation.save()
    _give_codes(organisation, identifiers or {})
    _join(organisation, district, ground=ground, since=since, by=by, key=key, source=source)
    return organisation


@transaction.atomic
def amend_organisation(
    organisation: Organisation,
    *,
    district: District,
    by: User,
    identifiers: dict[str, str],
    **details: Any,
) -> None:
    """Change what the register says of an organisation; a new code closes the old one.

    Not in the ledger: a register's description is no act between organisations.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_registers(by, district) or not _takes_part(organisation, district):
        raise PermissionDenied
    for name, value in details.items():
        setattr(organisation, name, value)
    organisation.full_clean(exclude=["districts"])
    organisation.save(update_fields=details)
    current = {row.scheme: row for row in organisation.identifiers.filter(until__isnull=True)}
    changed = {
        scheme: value
        for scheme, value in identifiers.items()
        if value != (current[scheme].value if scheme in current else "")
    }
    replaced = [current[scheme].pk for scheme in changed if scheme in current]
    organisation.identifiers.filter(pk__in=replaced).update(until=timezone.localdate())
    _give_codes(organisation, {scheme: value for scheme, value in changed.items() if value})


@transaction.atomic
def affiliate(
    organisation: Organisation,
    *,
    district: District,
    ground: str,
    by: User,
    since: date | None = None,
    key: str = "",
    source: str = Source.ACT,
) -> None:
    """Make an organisation already in the register part of another district.

    Raises PermissionDenied, ValidationError when it already is, AlreadyRecorded.
    """
    if not can_keep_registers(by, district):
        raise PermissionDenied
    _join(organisation, district, ground=ground, since=since, by=by, key=key, source=source)


@transaction.atomic
def leave_district(
    affiliation: Affiliation, *, until: date, by: User, reason: str, key: str = ""
) -> None:
    """End an organisation's part in the district. Raises PermissionDenied, ValidationError."""
    district = affiliation.district
    if not can_keep_registers(by, district):
        raise PermissionDenied
    must_follow_the_first_districts(until=until)
    if affiliation.since and until < affiliation.since:
        raise ValidationError({"until": _("La data di uscita viene prima di quella d'ingresso.")})
    still_in = Affiliation.objects.filter(pk=affiliation.pk, until__isnull=True)
    if not still_in.update(until=until):
        raise ValidationError(_("Questo ente è già uscito dall'ambito."), code="left")
    record(
        LEFT,
        district=district,
        on=until,
        about=affiliation.organisation,
        by=by,
        parties={MEMBER: [affiliation.organisation]},
        note=reason,
        key=key,
    )


@transaction.atomic
def register_person(
    district: District, *, organisation: Organisation, name: str, by: User, **contacts: Any
) -> Person:
    """Enter someone who takes part for an organisation of the district; once, if sent twice.

    Not in the ledger: it holds organisations, never people. Raises PermissionDenied,
    ValidationError.
    """
    if not can_keep_registers(by, district):
        raise PermissionDenied
    same = Person.objects.filter(
        district=district, organisation=organisation, name=name, **contacts
    )
    if known := same.first():
        return known
    person = Person(district=district, organisation=organisation, name=name, **contacts)
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def amend_person(person: Person, *, by: User, **details: Any) -> None:
    """Change a person's contacts. Not in the ledger: it holds organisations, never people.

    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_registers(by, person.district):
        raise PermissionDenied
    for name, value in details.items():
        setattr(person, name, value)
    person.full_clean()
    person.save(update_fields=details)


@transaction.atomic
def assign_role(
    district: District, *, email: str, name: str, kind: str, by: User, since: date | None = None
) -> DistrictRole:
    """Give someone a role in the district; who is new gets a user, and signs in by e-mail.

    Not in the ledger: roles of people are no act between organisations.
    Who holds the role already keeps it. Raises PermissionDenied, ValidationError.
    """
    if not can_assign_roles(by, district):
        raise PermissionDenied
    return _give_role(district, email, name, kind, since or timezone.localdate())


@transaction.atomic
def end_role(role: DistrictRole, *, by: User) -> None:
    """End a role yesterday; one given today leaves no trace, and one coordinator always stays.

    Not in the ledger: roles of people are no act between organisations.
    Raises PermissionDenied, ValidationError for the last coordinator.
    """
    if not can_assign_roles(by, role.district):
        raise PermissionDenied
    # Two coordinators who end each other's role at once must not both succeed.
    District.objects.select_for_update().get(pk=role.district_id)
    today = timezone.localdate()
    others = DistrictRole.objects.in_force(today).filter(
        district=role.district, kind=DistrictRole.Kind.PLAN_COORDINATOR
    )
    is_coordinator = role.kind == DistrictRole.Kind.PLAN_COORDINATOR
    if is_coordinator and not others.exclude(pk=role.pk).exists():
        raise ValidationError(
            _("È l'unico coordinamento dell'ambito: prima assegnate il ruolo a un'altra persona."),
            code="last",
        )
    if role.since == today:
        role.delete()
    else:
        DistrictRole.objects.filter(pk=role.pk).update(until=today - timedelta(days=1))


@transaction.atomic
def fill_notices(district: District, *, by: User, **settings: str | bool) -> None:
    """Fill what the public pages and notices of the district say, and publish it or not.

    Not in the ledger: it is the configuration of pages. Raises PermissionDenied, ValidationError.
    """
    if not can_fill_notices(by, district):
        raise PermissionDenied
    for name, value in settings.items():
        setattr(district, name, value)
    district.full_clean(exclude=["territories"])
    district.save(update_fields=settings)


@transaction.atomic
def send_feedback(
    district: District, *, text: str, token: uuid.UUID, email: str = "", page: str = ""
) -> None:
    """Leave a message for the office of the district; the same token is the same message.

    Open to all: the form of the public pages, for which no sign-in may be asked.
    Not in the ledger: its author is a person.
    """
    Feedback.objects.get_or_create(
        token=token,
        defaults={"district": district, "text": text, "email": email, "page": page[:300]},
    )


@transaction.atomic
def settle_feedback(feedback: Feedback, *, outcome: str, by: User) -> None:
    """Close a message, writing what was done. Not in the ledger: its author is a person.

    Raises PermissionDenied, ValidationError when it is already closed.
    """
    if not can_settle_feedback(by, feedback.district):
        raise PermissionDenied
    waiting = Feedback.objects.open().filter(pk=feedback.pk)
    if not waiting.update(settled_at=timezone.now(), outcome=outcome):
        if Feedback.objects.filter(pk=feedback.pk, outcome=outcome).exists():
            return
        raise ValidationError(_("Questa segnalazione è già chiusa."), code="settled")


def _give_role(district: District, email: str, name: str, kind: str, since: date) -> DistrictRole:
    validate_email(email)
    must_follow_the_first_districts(since=since)
    user = User.objects.filter(email=email.lower()).first()
    user = user or User.objects.create_user(email, name=name)
    Person.objects.filter(district=district, email__iexact=email, user=None).update(user=user)
    held = user.district_roles.in_force(timezone.localdate())
    if known := held.filter(district=district, kind=kind).first():
        return known
    role = DistrictRole(user=user, district=district, kind=kind, since=since)
    role.full_clean()
    role.save()
    return role


def _takes_part(organisation: Organisation, district: District) -> bool:
    return organisation.affiliations.filter(district=district).exists()


def _join(
    organisation: Organisation,
    district: District,
    *,
    ground: str,
    since: date | None,
    by: User,
    key: str,
    source: str,
) -> None:
    must_follow_the_first_districts(since=since)
    must_have_happened(since=since)
    affiliation = Affiliation(
        organisation=organisation, district=district, ground=ground, since=since
    )
    affiliation.full_clean()
    affiliation.save()
    record(
        JOINED,
        district=district,
        on=since,
        about=organisation,
        by=by,
        parties={MEMBER: [organisation]},
        facts={"ground": ground},
        key=key,
        source=source,
    )


def _give_codes(organisation: Organisation, codes: dict[str, str]) -> None:
    """Raises one ValidationError with what is wrong in each: the form names its fields so."""
    wrong: dict[str, list[str]] = {}
    for scheme, value in codes.items():
        code = Identifier(organisation=organisation, scheme=scheme, value=value)
        try:
            code.full_clean()
        except ValidationError as refusal:
            wrong[scheme] = refusal.messages
        else:
            code.save()
    if wrong:
        raise ValidationError(wrong)


def _free_slug(name: str) -> str:
    """An address for the organisation that no other has."""
    stem = slugify(name)[:100] or "ente"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in _candidates(stem) if slug not in taken)


def _candidates(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 1_000_000))
