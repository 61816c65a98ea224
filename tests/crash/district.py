"""A small district with four people who write in it: run as a module, it prints how to reach it."""

import json
from datetime import date

import django

N_WRITERS = 4
N_ORGANISATIONS = 6
DISTRICT, LAB = "cadute", "labgo-cadute"


def prepare() -> dict[str, object]:
    """Fill an empty database; answer the session cookies and the organisations' numbers."""
    from django.test import Client

    from ordito.accounts.models import User
    from ordito.governance import acts as governance
    from ordito.governance.models import Body
    from ordito.network import acts as network
    from ordito.registry.models import (
        Affiliation,
        District,
        DistrictRole,
        Organisation,
    )

    district = District.objects.create(slug=DISTRICT, name="Ambito delle cadute", is_public=True)
    cookies, writers = [], []
    for number in range(N_WRITERS):
        user = User.objects.create_user(f"scrive-{number}@example.org", name=f"Scrive {number}")
        DistrictRole.objects.create(
            user=user, district=district, kind=DistrictRole.Kind.PLAN_COORDINATOR
        )
        client = Client()
        client.force_login(user)
        cookies.append(client.cookies["ordito"].value)
        writers.append(user)
    lab = governance.establish_body(
        district, name="LabGo Cadute", kind=Body.Kind.LAB, by=writers[0]
    )
    organisations = []
    for number in range(N_ORGANISATIONS):
        organisation = network.register_organisation(
            district,
            by=writers[0],
            name=f"Ente {number}",
            kind=Organisation.Kind.ODV,
            ground=Affiliation.Ground.CALL,
        )
        governance.adhere(lab, organisation=organisation, by=writers[0], since=date(1990, 1, 1))
        organisations.append(organisation.pk)
    return {"cookies": cookies, "organisations": organisations}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare()))
