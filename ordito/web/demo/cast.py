"""The users of a demonstration, and what every demo district begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ordito.accounts.models import User
from ordito.network import acts as network
from ordito.registry.models import (
    Affiliation,
    CensusCount,
    District,
    DistrictRole,
    DistrictTerritory,
    Organisation,
    Territory,
)

CENSUS_DAY = date(2011, 10, 9)
CENSUS = "ISTAT, censimento 2011"


@dataclass(frozen=True)
class Municipality:
    """A municipality as ISTAT lists it; the codes and the count may be unknown."""

    name: str
    istat_code: str = ""
    cadastral_code: str = ""
    inhabitants: int | None = None


def make_district(
    *, municipalities: Iterable[Municipality], province: str, **over: object
) -> District:
    """A published district with its municipalities as territories."""
    district = District.objects.create(is_public=True, **over)
    inside = Territory.objects.create(kind=Territory.Kind.PROVINCE, name=province)
    for each in municipalities:
        territory = Territory.objects.create(
            kind=Territory.Kind.MUNICIPALITY,
            name=each.name,
            istat_code=each.istat_code,
            cadastral_code=each.cadastral_code,
            inside=inside,
        )
        DistrictTerritory.objects.create(district=district, territory=territory)
        if each.inhabitants is not None:
            CensusCount.objects.create(
                territory=territory,
                counted_on=CENSUS_DAY,
                inhabitants=each.inhabitants,
                source=CENSUS,
            )
    return district


def make_user(email: str, name: str, password: str, *roles: tuple[District, str]) -> User:
    """A user of the demonstration, with the roles that they hold."""
    user = User.objects.filter(email=email).first()
    user = user or User.objects.create_user(email, password, name=name)
    for district, kind in roles:
        DistrictRole.objects.create(user=user, district=district, kind=kind)
    return user


def register_municipalities(
    district: District, by: User, source: str = "import"
) -> list[Organisation]:
    """The municipalities of the district as organisations that take part in it."""
    return [
        network.register_organisation(
            district,
            name=f"Comune di {territory.name}",
            kind=Organisation.Kind.MUNICIPALITY,
            seat=territory,
            ground=Affiliation.Ground.MEMBER,
            by=by,
            source=source,
        )
        for territory in district.territories.all()
    ]
