"""Home, desk, districts and notices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import give_role, make_meeting, make_user
from ordito.governance import acts
from ordito.governance.models import Output
from ordito.network.models import Feedback
from ordito.registry.models import Affiliation


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

    assert "Chiudete le presenze" in page
    assert "Completate il mandato: manca la data o il mandante" in page
    assert "1 segnalazione da leggere" in page


def test_the_desk_of_a_delegate_shows_no_work_of_the_office(client, cast):
    make_meeting(cast.lab, cast.anna)
    client.force_login(cast.dora)

    assert "Chiudete le presenze" not in client.get("/scrivania/").content.decode()


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


def test_the_desk_of_the_office_begins_with_the_verb_and_the_body(client, cast):
    make_meeting(cast.lab, cast.anna)
    output = acts.add_output(cast.lab, title="Guida", status=Output.Status.SENT, by=cast.anna)
    client.force_login(cast.bruno)

    page = client.get("/scrivania/").content.decode()

    assert '<h3 class="panel-title">Da fare</h3>' in page
    assert "Chiudete le presenze – LabGo Prova</a>, 02/03/2026" in page
    assert f'prodotti/{output.pk}/stato/">Registrate l&#x27;esito – LabGo Prova' in page


@pytest.mark.parametrize("kind", ["mayor", "technical_member", "regional_officer", "delegate"])
def test_who_only_reads_is_given_nothing_to_do(client, cast, kind):
    acts.give_mandate(cast.lab, text="Fare", by=cast.anna)
    reader = make_user("Lia")
    give_role(reader, cast.district, kind)
    client.force_login(reader)

    page = client.get("/scrivania/").content.decode()

    assert "Da fare" not in page
    assert "Che cosa aspetta" in page
    assert "Mandato senza data o mandante – LabGo Prova" in page
    assert "Completate il mandato" not in page


def test_a_delegate_reads_first_of_the_bodies_of_the_organisation_she_represents(client, cast):
    day = timezone.localdate()
    make_meeting(cast.assembly, cast.anna, held_on=day + timedelta(days=1))
    make_meeting(cast.lab, cast.anna, held_on=day + timedelta(days=9))
    client.force_login(cast.dora)

    page = client.get("/scrivania/").content.decode()

    assert "Rappresentate:" in page
    assert "Cooperativa L&#x27;Àncora" in page
    assert page.index("Incontro – LabGo Prova") < page.index("Seduta – Assemblea dei Sindaci")
    assert page.count("organismo vostro") == 1


def test_a_mayor_reads_first_of_the_assembly(client, cast):
    day = timezone.localdate()
    make_meeting(cast.lab, cast.anna, held_on=day + timedelta(days=1))
    make_meeting(cast.assembly, cast.anna, held_on=day + timedelta(days=9))
    mayor = make_user("Lia")
    give_role(mayor, cast.district, "mayor")
    client.force_login(mayor)

    page = client.get("/scrivania/").content.decode()

    assert page.index("Seduta – Assemblea dei Sindaci") < page.index("Incontro – LabGo Prova")


def test_who_sits_nowhere_is_told_that_the_meetings_are_those_of_all(client, cast):
    officer = make_user("Lia")
    give_role(officer, cast.district, "regional_officer")
    client.force_login(officer)

    assert "Prossimi incontri dell&#x27;ambito" in client.get("/scrivania/").content.decode()


@pytest.mark.parametrize("path", ["/scrivania/", "/ambiti/prova/"])
def test_a_long_list_of_what_waits_says_how_much_of_it_shows(client, cast, path):
    for number in range(11):
        acts.add_output(cast.lab, title=f"Guida {number}", status=Output.Status.SENT, by=cast.anna)
    client.force_login(cast.dora)

    page = client.get(path).content.decode()

    assert "Ne vedete 8 su 11: aprite le altre" in page
    assert page.count("Trasmesso al mandante – LabGo Prova") == 11


def test_the_coordinator_finds_the_settings_of_the_public_pages_in_the_menu(client, cast):
    link = 'href="/ambiti/prova/impostazioni/informative/"'
    client.force_login(cast.bruno)
    assert link not in client.get("/ambiti/prova/").content.decode()

    client.force_login(cast.anna)
    assert f"{link}>Pagine pubbliche</a>" in client.get("/ambiti/prova/").content.decode()


@pytest.mark.django_db
def test_an_address_that_does_not_exist_has_no_menu_of_a_district(client):
    page = client.get("/ambiti/mai-esistito/enti/")

    assert page.status_code == 404
    assert "district-nav" not in page.content.decode()


def test_who_is_refused_keeps_the_menu_of_the_district(client, cast):
    client.force_login(cast.dora)
    page = client.get("/ambiti/prova/persone/")

    assert page.status_code == 403
    assert 'href="/ambiti/prova/organismi/"' in page.content.decode()


@pytest.mark.usefixtures("cast")
def test_the_page_of_an_organisation_keeps_the_menu_of_its_district(client):
    page = client.get("/enti/comune-di-prova/").content.decode()

    assert 'href="/ambiti/prova/enti/" aria-current="true"' in page


def test_an_organisation_of_several_districts_is_shown_in_that_of_the_reader(client, cast):
    Affiliation.objects.create(
        organisation=cast.comune, district=cast.elsewhere, ground=Affiliation.Ground.CALL
    )
    page = client.get("/enti/comune-di-prova/").content.decode()
    assert "district-nav" not in page
    assert f'href="/ambiti/{cast.elsewhere.slug}/"' in page

    client.force_login(cast.zeno)
    page = client.get("/enti/comune-di-prova/").content.decode()
    assert f'href="/ambiti/{cast.elsewhere.slug}/enti/" aria-current="true"' in page


def test_a_wrong_method_has_a_page_with_a_way_on(client, cast):
    client.force_login(cast.anna)
    answer = client.post("/scrivania/")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert 'href="/ambiti/"' in answer.content.decode()
    assert "Uscite" in answer.content.decode()


def test_changing_language_never_ends_on_a_blank_page(client, cast):
    client.force_login(cast.anna)
    meeting = make_meeting(cast.lab, cast.anna)
    roll = f"/ambiti/prova/organismi/labgo-prova/incontri/{meeting.day_slug}/presenze/"
    role = cast.district.roles.get(user=cast.anna)
    for where in (
        f"{roll}correzione/",
        f"/ambiti/prova/ruoli/{role.pk}/fine/",
        "/ambiti/prova/calendario/scadenze/1/togli/",
    ):
        sent = {"language": "en", "next": where}
        answer = client.post("/lingua/setlang/", sent, follow=True)

        assert '<html lang="en">' in answer.content.decode(), where
        assert 'href="/ambiti/' in answer.content.decode(), where


def test_the_privacy_notice_names_the_controller_in_any_grammar(client, cast):
    type(cast.district).objects.filter(pk=cast.district.pk).update(controller="Comune di Prova")

    page = client.get("/ambiti/prova/privacy/").content.decode()

    assert "Il titolare del trattamento: Comune di Prova." in page
