"""The pages of the ledger, and who sees what on them."""

import csv
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import Cast, governance, make_district, make_organisation
from ordito.ledger.models import Interaction
from ordito.ledger.record import GUEST, PRESENT, record
from ordito.ledger.tests.chains import MET
from ordito.registry.models import Organisation

CANARY = "Ente Canarino Riservato"
LIST = "/ambiti/prova/registrazioni/"
CSV = "/ambiti/prova/registrazioni.csv"


@pytest.fixture(autouse=True)
def _a_past(cast: Cast) -> None:
    """An organisation came and joined the lab: the district has entries."""
    newcomer = make_organisation(cast.district, cast.anna, name="Ente Nuovo")
    governance.adhere(cast.lab, organisation=newcomer, by=cast.anna)


@pytest.fixture
def shy(cast: Cast) -> Organisation:
    """An organisation of the district that chose not to be listed, in two entries."""
    Organisation.objects.filter(pk=cast.coop.pk).update(name=CANARY, is_listed=False, slug="timido")
    cast.coop.refresh_from_db()
    make_entry(cast, about=cast.coop, parties={PRESENT: [cast.coop, cast.comune]})
    make_entry(cast, label="Un incontro", parties={GUEST: [cast.coop]})
    return cast.coop


def make_entry(cast: Cast, **over: Any) -> Interaction:
    return record(
        MET,
        **{
            "district": cast.district,
            "on": date(2026, 3, 2),
            "about": cast.district,
            "by": cast.anna,
        }
        | over,
    )


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response).decode() if response.streaming else response.content.decode()


def last(cast: Cast) -> str:
    return f"{LIST}{Interaction.objects.filter(district=cast.district).latest('seq').seq}/"


def test_a_stranger_reads_the_entries_of_a_public_district(client: Client) -> None:
    page = text_of(client, LIST)
    assert "Adesione" in page
    assert "LabGo Prova" in page
    assert "Ente Altrove" not in page


def test_an_entry_is_told_in_words(cast: Cast, client: Client) -> None:
    make_entry(
        cast,
        label="LabGo Prova, 02/03/2026",
        parties={PRESENT: [cast.comune], GUEST: [cast.caritas]},
        facts={"people": 3, "signed": True, "ignoto": "x"},
    )
    page = text_of(client, last(cast))
    for words in (
        "LabGo Prova, 02/03/2026", "02/03/2026</dd>", "Presente", "Ospite", "Comune di Prova",
        "Associazione Ospite", "Persone presenti", "Modulo firmato", "sì", "Ignoto",
    ):  # fmt: skip
        assert words in page
    entry, before = Interaction.objects.filter(district=cast.district)[:2]
    assert entry.hash in page
    assert before.hash in page


def test_a_fact_named_as_a_field_of_the_subject_reads_as_the_field_does(
    cast: Cast, client: Client
) -> None:
    make_entry(cast, about=cast.comune, facts={"kind": "municipality"})
    page = text_of(client, last(cast))
    assert "<dt>Tipo</dt>" in page
    assert "<dd>comune</dd>" in page


def test_a_correction_and_what_it_corrects_point_at_each_other(cast: Cast, client: Client) -> None:
    wrong = make_entry(cast)
    right = make_entry(cast, corrects=wrong)
    assert f'href="{LIST}{right.seq}/"' in text_of(client, f"{LIST}{wrong.seq}/")
    assert f'href="{LIST}{wrong.seq}/"' in text_of(client, f"{LIST}{right.seq}/")


def test_a_text_is_read_by_staff_only_until_it_is_erased(cast: Cast, client: Client) -> None:
    entry = make_entry(cast, note="Parole riservate")
    address = last(cast)
    assert "Riservato all" in text_of(client, address)
    for user, reads in ((None, False), (cast.zeno, False), (cast.dora, False), (cast.bruno, True)):
        if user:
            client.force_login(user)
        assert ("Parole riservate" in text_of(client, address)) is reads
    entry.note.delete()
    assert "Cancellato: ne resta" in text_of(client, address)


@pytest.mark.parametrize("name", ["anna", "bruno", "dora"])
def test_no_page_names_a_person_or_their_key(cast: Cast, client: Client, name: str) -> None:
    make_entry(cast)
    user = getattr(cast, name)
    for address in (LIST, CSV, last(cast)):
        page = text_of(client, address)
        for secret in (user.email, str(user.person_key.key), user.person_key.key.hex):
            assert secret not in page
        assert "Dora Delegata" not in page


@pytest.mark.usefixtures("shy")
def test_an_organisation_not_listed_is_not_named_to_strangers(cast: Cast, client: Client) -> None:
    seqs = Interaction.objects.filter(district=cast.district).values_list("seq", flat=True)
    addresses = [LIST, CSV, *(f"{LIST}{seq}/" for seq in seqs)]
    for user in (None, cast.zeno):
        if user:
            client.force_login(user)
        pages = "".join(text_of(client, address) for address in addresses)
        assert CANARY not in pages
        assert "timido" not in pages
    assert "Ente che non compare nelle pagine pubbliche" in text_of(client, last(cast))
    client.force_login(cast.bruno)
    assert CANARY in text_of(client, last(cast))
    assert CANARY in text_of(client, CSV) + text_of(client, LIST)


def test_an_organisation_not_listed_is_not_found_by_its_address(
    cast: Cast, shy: Organisation, client: Client
) -> None:
    about = f"{LIST}?tipo=registry.organisation&id={shy.pk}"
    for address in (f"{LIST}?ente=timido", about):
        assert "Nessuna registrazione corrisponde" in text_of(client, address)
    client.force_login(cast.bruno)
    for address in (f"{LIST}?ente=timido", about):
        assert "Incontro di prova" in text_of(client, address) or "prove.met" in text_of(
            client, address
        )


def test_a_thing_that_is_not_public_is_not_named_to_strangers(cast: Cast, client: Client) -> None:
    type(cast.assembly).objects.filter(pk=cast.assembly.pk).update(is_public=False)
    make_entry(cast, about=cast.assembly, label=CANARY, facts={"act": "Atto riservato"})
    for address in (LIST, CSV, last(cast)):
        assert CANARY not in text_of(client, address)
    assert "Atto riservato" not in text_of(client, last(cast))
    client.force_login(cast.dora)
    assert CANARY in text_of(client, last(cast))


@pytest.mark.parametrize("address", [LIST, CSV, f"{LIST}1/"])
def test_a_district_not_published_answers_strangers_as_one_that_is_not_there(
    cast: Cast, client: Client, address: str
) -> None:
    type(cast.district).objects.filter(pk=cast.district.pk).update(is_public=False)
    assert client.get(address).status_code == 404
    client.force_login(cast.zeno)
    assert client.get(address).status_code == 404
    client.force_login(cast.dora)
    assert client.get(address).status_code == 200


def test_the_list_is_narrowed_by_kind_thing_and_organisation(cast: Cast, client: Client) -> None:
    page = text_of(client, f"{LIST}?genere=network.joined")
    assert "Ingresso nell" in page
    assert "LabGo Prova" not in page
    page = text_of(client, f"{LIST}?tipo=governance.body&id={cast.lab.pk}")
    assert "Adesione" in page
    assert "Assemblea dei Sindaci" not in page
    page = text_of(client, f"{LIST}?ente={cast.caritas.slug}")
    assert "Solo quelle su Associazione Ospite." in page
    assert "LabGo Prova" not in page


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    "query",
    ["genere=inventato", "ente=a%20b", "id=x", "tipo=accounts.user&id=1", "tipo=%00", "pagina=x"],
)
def test_a_wrong_filter_is_no_error(client: Client, query: str) -> None:
    assert client.get(f"{LIST}?{query}").status_code == 200
    assert client.get(f"{CSV}?{query}").status_code == 200


@pytest.mark.usefixtures("cast")
def test_an_empty_ledger_says_what_will_come(client: Client) -> None:
    make_district(slug="nuovo")
    assert "Qui compariranno" in text_of(client, "/ambiti/nuovo/registrazioni/")


def test_the_csv_runs_no_formula(cast: Cast, client: Client) -> None:
    for label in ("=1+1", "+39", "-x", "@x", "\tx", 'a;"b"\nc'):
        make_entry(cast, label=label)
    lines = text_of(client, CSV).removeprefix("\ufeff").splitlines(keepends=True)
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert [row["oggetto"] for row in rows[:6]] == [
        "a;\"b\"\nc", "'\tx", "'@x", "'-x", "'+39", "'=1+1",
    ]  # fmt: skip
    assert [row["numero"] for row in rows[:2]] == [str(rows_seq(cast)), str(rows_seq(cast) - 1)]
    assert len(rows) == rows_seq(cast)


def rows_seq(cast: Cast) -> int:
    return Interaction.objects.filter(district=cast.district).count()


def n_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        text_of(client, address)
    return len(queries)


@pytest.mark.parametrize("who", [None, "zeno", "bruno"])
def test_the_pages_cost_the_same_for_many_entries_as_for_few(
    cast: Cast, client: Client, who: str | None
) -> None:
    if who:
        client.force_login(getattr(cast, who))
    make_entry(cast, parties={PRESENT: [cast.comune]})
    text_of(client, LIST)
    few = [n_queries(client, address) for address in (LIST, CSV, last(cast))]
    for number in range(60):
        thing = (cast.district, cast.lab, cast.comune)[number % 3]
        parties = {PRESENT: [cast.comune, cast.coop], GUEST: [cast.caritas]}
        make_entry(cast, about=thing, parties=parties)
    make_entry(cast, parties={PRESENT: [cast.comune, cast.coop], GUEST: [cast.caritas]})
    many = [n_queries(client, address) for address in (LIST, CSV, last(cast))]
    assert many == few
    assert max(many) <= 15
    assert "Pagina 1 di 2" in text_of(client, LIST)
