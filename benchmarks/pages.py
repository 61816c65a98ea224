"""Server time and queries of the pages of a large district, as the public and as the office."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measures import Measure, milliseconds
from benchmarks.office import coordinator
from ordito.governance.models import Body
from ordito.ledger.models import Interaction
from ordito.registry.models import District, Organisation

PAGE_MS, PAGE_QUERIES = 100, 15
ALL_LABS, ALL_LABS_MS = "where the labs stand", 300  # the report of all labs, as a page


def addresses(district: District) -> dict[str, str]:
    """The pages of a district that grow with it, by what they are."""
    here = f"/ambiti/{district.slug}/"
    lab = Body.objects.labs().filter(district=district).order_by("pk")[0]
    entry = Interaction.objects.filter(district=district).latest("seq")
    organisation = Organisation.objects.filter(affiliations__district=district).order_by("pk")[0]
    meeting = lab.meetings.filter(status="closed").order_by("-held_on")[0]
    return {
        "districts": "/ambiti/",
        "district": here,
        ALL_LABS: f"{here}a-che-punto-siamo/",
        "bodies": f"{here}organismi/",
        "lab": f"{here}organismi/{lab.slug}/",
        "sheet of a lab": f"{here}organismi/{lab.slug}/a-che-punto-siamo/",
        "meeting": f"{here}organismi/{lab.slug}/incontri/{meeting.day_slug}/",
        "calendar": f"{here}calendario/",
        "organisations": f"{here}enti/",
        "organisation": f"/enti/{organisation.slug}/",
        "ledger": f"{here}registrazioni/",
        "entry": f"{here}registrazioni/{entry.seq}/",
    }


def measure_pages(district: District) -> Iterator[Measure]:
    for reader, user in (("public", None), ("office", coordinator(district))):
        client = Client(SERVER_NAME="127.0.0.1")
        if user:
            client.force_login(user)
        for name, address in addresses(district).items():
            yield from _measure_page(client, f"{name}, {reader}", address)


def _measure_page(client: Client, name: str, address: str) -> Iterator[Measure]:
    def get() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise AssertionError(f"{address} answered {response.status_code}")

    time = milliseconds(get)
    with CaptureQueriesContext(connection) as queries:
        get()
    limit = ALL_LABS_MS if name.startswith(ALL_LABS) else PAGE_MS
    yield Measure(f"page: {name}", time, "ms", limit)
    yield Measure(f"queries: {name}", len(queries), "queries", PAGE_QUERIES)
