"""The cast of every test: one office, its people, a lab, and a stranger from elsewhere."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  a request to sign in by
from django.test import Client
from django.utils.text import slugify

from ordito.accounts.models import User
from ordito.governance import acts as governance
from ordito.governance.models import Adhesion, Body, Designation, Meeting, Seat
from ordito.network import acts as network
from ordito.registry.models import Affiliation, District, DistrictRole, Organisation, Person

CALL = Affiliation.Ground.CALL
_number = count(1)


settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.WHITENOISE_AUTOREFRESH = True


@dataclass
class Cast:
    """Anna coordinates and Bruno works in the office, Dora is a delegate, Zeno is a stranger."""

    district: District
    anna: User
    bruno: User
    dora: User
    zeno: User
    comune: Organisation
    coop: Organisation
    caritas: Organisation
    lab: Body
    assembly: Body
    dora_person: Person
    elsewhere: District
    altrove: Organisation


def make_user(name: str, **over: Any) -> User:
    return User.objects.create_user(
        f"{name.lower()}@example.org", "parola-di-prova-1", name=name, **over
    )


def make_district(**over: Any) -> District:
    number = next(_number)
    return District.objects.create(
        **{"slug": f"ambito-{number}", "name": f"Ambito di prova {number}", "is_public": True}
        | over
    )


def give_role(user: User, district: District, kind: str) -> DistrictRole:
    return DistrictRole.objects.create(user=user, district=district, kind=kind)


def make_organisation(district: District, by: User, **over: Any) -> Organisation:
    number = next(_number)
    return network.register_organisation(
        district,
        by=by,
        **{"name": f"Ente {number}", "kind": Organisation.Kind.ODV, "ground": CALL} | over,
    )


def make_body(district: District, by: User, **over: Any) -> Body:
    number = next(_number)
    return governance.establish_body(
        district, by=by, **{"name": f"LabGo {number}", "kind": Body.Kind.LAB} | over
    )


def make_meeting(body: Body, by: User, **over: Any) -> Meeting:
    return governance.open_meeting(body, by=by, **{"held_on": date(2026, 3, 2)} | over)


class Visitor(Client):
    """A client whose `force_login` stands for a whole sign-in, second factor included."""

    def force_login(self, user: User, backend: str | None = None) -> None:
        super().force_login(user, backend)
        request = HttpRequest()
        request.session = self.session
        record_authentication(request, user, method="mfa")
        request.session.save()


@pytest.fixture
def client() -> Visitor:
    return Visitor()


def _known(district: District, name: str, kind: str) -> Organisation:
    """An organisation of the district, written as it stands: its past is no test's matter."""
    organisation = Organisation.objects.create(slug=slugify(name), name=name, kind=kind)
    Affiliation.objects.create(organisation=organisation, district=district, ground=CALL)
    return organisation


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001  it opens the database
    district, elsewhere = make_district(slug="prova", name="Ambito di prova"), make_district()
    anna, bruno, dora, zeno = map(make_user, ("Anna", "Bruno", "Dora", "Zeno"))
    give_role(anna, district, DistrictRole.Kind.PLAN_COORDINATOR)
    give_role(bruno, district, DistrictRole.Kind.PLAN_STAFF)
    give_role(dora, district, DistrictRole.Kind.DELEGATE)
    give_role(zeno, elsewhere, DistrictRole.Kind.PLAN_COORDINATOR)
    kinds = Organisation.Kind
    comune = _known(district, "Comune di Prova", kinds.MUNICIPALITY)
    coop = _known(district, "Cooperativa L'Àncora", kinds.ODV)
    caritas = _known(district, "Associazione Ospite", kinds.ODV)
    altrove = _known(elsewhere, "Ente Altrove", kinds.ODV)
    lab = Body.objects.create(
        district=district, slug="labgo-prova", name="LabGo Prova", kind=Body.Kind.LAB
    )
    assembly = Body.objects.create(
        district=district,
        slug="assemblea-dei-sindaci",
        name="Assemblea dei Sindaci",
        kind=Body.Kind.MAYORS_ASSEMBLY,
    )
    since = date(2025, 1, 1)
    for organisation in (comune, coop):
        Adhesion.objects.create(body=lab, organisation=organisation, since=since)
    Seat.objects.create(body=assembly, organisation=comune, since=since)
    dora_person = Person.objects.create(
        district=district, organisation=coop, name="Dora Delegata", user=dora
    )
    Designation.objects.create(
        body=lab, organisation=coop, person=dora_person, quality=Designation.Quality.TITULAR
    )
    return Cast(
        district=district,
        anna=anna,
        bruno=bruno,
        dora=dora,
        zeno=zeno,
        comune=comune,
        coop=coop,
        caritas=caritas,
        lab=lab,
        assembly=assembly,
        dora_person=dora_person,
        elsewhere=elsewhere,
        altrove=altrove,
    )
