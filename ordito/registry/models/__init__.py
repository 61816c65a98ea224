"""The warp: territories, districts, organisations, people, and roles in a district."""

from ordito.registry.models.organisations import Affiliation, Identifier, Organisation
from ordito.registry.models.people import DistrictRole, Person
from ordito.registry.models.territories import CensusCount, District, DistrictTerritory, Territory

__all__ = [
    "Affiliation",
    "CensusCount",
    "District",
    "DistrictRole",
    "DistrictTerritory",
    "Identifier",
    "Organisation",
    "Person",
    "Territory",
]
