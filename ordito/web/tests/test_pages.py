"""Home, desk, districts and notices."""

import pytest

from conftest import make_meeting
from ordito.governance import acts
from ordito.network.models import Feedback


@pytest.mark.usefixtures("cast")
def test_the_home_leads_to_the_published_districts(client):
    assert "Ambito di prova" in client.get("/").content.decode()


def test_the_desk_of_the_office_says_what_awaits(client, cast):
    make_meeting(cast.lab, cast.anna)
    acts.give_mandate(cast.lab, text="Fare", by=cast.anna)
    Feedback.objects.create(
        district=cast.district, text="Ciao", token="0b0f9b8e-6a0e-4f0e-9a53-0a3c3f1d2e11"
    )
    client.force_login(cast.bruno)

    page = client.get("/scrivania/").content.decode()

    assert "presenze da chiudere" in page
    assert "mandato senza data o mandante" in page
    assert "1 segnalazione da leggere" in page


def test_the_desk_of_a_delegate_shows_no_work_of_the_office(client, cast):
    make_meeting(cast.lab, cast.anna)
    client.force_login(cast.dora)

    assert "presenze da chiudere" not in client.get("/scrivania/").content.decode()


def test_the_district_page_says_who_mandates_whom(client, cast):
    acts.give_mandate(cast.lab, text="Fare", issuer=cast.assembly, by=cast.anna)

    page = client.get("/ambiti/prova/").content.decode()

    assert "<svg" in page
    assert page.count("Assemblea dei Sindaci") >= 3


def test_every_page_of_a_demonstration_is_marked(client, cast):
    type(cast.district).objects.filter(pk=cast.district.pk).update(is_demonstrative=True)
    for path in (
        "/ambiti/prova/",
        "/ambiti/prova/enti/",
        "/ambiti/prova/organismi/labgo-prova/",
        "/ambiti/prova/calendario/",
        "/ambiti/prova/registrazioni/",
        "/ambiti/prova/a-che-punto-siamo/",
        "/ambiti/prova/privacy/",
        "/enti/comune-di-prova/",
    ):
        assert "Ambito dimostrativo" in client.get(path).content.decode(), path


@pytest.mark.django_db
def test_the_pages_speak_english_when_asked(client):
    client.post("/lingua/setlang/", {"language": "en", "next": "/"})

    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_process_and_the_database_say_that_they_are_up(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").content == b"ok"
