"""Organisations, people, roles, notices and feedback of a district."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from conftest import CALL, give_role, make_district, make_organisation, make_user
from ordito.accounts.models import User
from ordito.network import acts
from ordito.network.models import Feedback
from ordito.registry.models import Affiliation, District, DistrictRole, Organisation, Person

GOOD_CODE, OTHER_CODE = "00488410010", "07643520567"
ODV = Organisation.Kind.ODV


def register(cast, **over):
    fields = {"name": "Nuovo ente", "kind": ODV, "ground": CALL, "by": cast.bruno}
    return acts.register_organisation(cast.district, **fields | over)


def test_a_code_is_checked_and_written_in_its_usual_form(cast):
    organisation = register(cast, identifiers={"vat_number": "IT 00488410010"})

    assert organisation.identifiers.get().value == GOOD_CODE


@pytest.mark.parametrize(
    ("scheme", "value", "said"),
    [
        ("fiscal_code", "00488410011", "carattere sbagliato"),
        ("fiscal_code", "123", "11 cifre"),
        ("vat_number", "00488410011", "cifra sbagliata"),
        ("vat_number", "12", "11 cifre"),
    ],
)
def test_a_wrong_code_is_refused_on_its_field(cast, scheme, value, said):
    with pytest.raises(ValidationError) as refusal:
        register(cast, identifiers={scheme: value})

    assert said in refusal.value.message_dict[scheme][0]
    assert not Organisation.objects.filter(name="Nuovo ente").exists()


def test_a_code_belongs_to_one_organisation_at_a_time(cast):
    first = register(cast, identifiers={"fiscal_code": GOOD_CODE})
    with pytest.raises(ValidationError, match="appartiene già a un altro ente"):
        register(cast, identifiers={"fiscal_code": GOOD_CODE})

    acts.amend_organisation(
        first, district=cast.district, by=cast.anna, identifiers={"fiscal_code": OTHER_CODE}
    )
    second = register(cast, identifiers={"fiscal_code": GOOD_CODE})

    assert first.identifiers.filter(until=None).get().value == OTHER_CODE
    assert second.identifiers.get().value == GOOD_CODE


def test_an_informal_group_has_no_codes(cast):
    kind = Organisation.Kind.INFORMAL_GROUP
    assert register(cast, kind=kind).identifiers.count() == 0
    with pytest.raises(ValidationError, match="gruppo informale non ha codici"):
        register(cast, kind=kind, identifiers={"fiscal_code": GOOD_CODE})


@pytest.mark.parametrize("name", ["D'Amicò & figli <b>", "Ente " + "à" * 290, "مركز", "Ēnte 日本"])
def test_a_name_is_kept_as_it_is_and_reached_by_an_address(client, cast, name):
    organisation = register(cast, name=name)

    assert organisation.name == name
    assert client.get(f"/enti/{organisation.slug}/").status_code == 200


def test_two_organisations_of_the_same_name_have_two_addresses(cast):
    assert register(cast).slug != register(cast).slug


def test_an_organisation_may_leave_and_come_back(cast):
    affiliation = Affiliation.objects.get(organisation=cast.coop)
    acts.leave_district(affiliation, until=date(2026, 1, 31), reason="Fusione", by=cast.anna)
    with pytest.raises(ValidationError, match="già uscito"):
        acts.leave_district(affiliation, until=date(2026, 1, 31), reason="Fusione", by=cast.anna)

    acts.affiliate(cast.coop, district=cast.district, ground=CALL, by=cast.anna)

    assert cast.coop.affiliations.filter(until=None).count() == 1


def test_an_office_touches_only_its_own_organisations(cast):
    with pytest.raises(PermissionDenied):
        acts.amend_organisation(cast.coop, district=cast.elsewhere, by=cast.zeno, identifiers={})
    with pytest.raises(PermissionDenied):
        register(cast, by=cast.dora)


def test_the_people_of_a_district_are_seen_by_its_office_alone(cast):
    assert cast.dora_person in Person.objects.visible_to(cast.bruno)
    assert list(Person.objects.visible_to(cast.dora)) == [cast.dora_person]
    assert not Person.objects.visible_to(cast.zeno).exists()


def test_a_new_role_brings_a_user_who_signs_in_by_mail(cast):
    role = acts.assign_role(
        cast.district, email="Nuova@Example.org", name="Nuova", kind="plan_staff", by=cast.anna
    )

    assert role.user.email == "nuova@example.org"
    assert not role.user.has_usable_password()
    with pytest.raises(PermissionDenied):
        acts.assign_role(cast.district, email="a@b.it", name="A", kind="mayor", by=cast.bruno)


def test_one_coordinator_always_stays(cast):
    only = cast.district.roles.get(user=cast.anna)
    with pytest.raises(ValidationError, match="unico coordinamento"):
        acts.end_role(only, by=cast.anna)

    give_role(make_user("Carla"), cast.district, DistrictRole.Kind.PLAN_COORDINATOR)
    acts.end_role(only, by=cast.anna)
    assert not District.objects.of(User.objects.get(pk=cast.anna.pk)).exists()


def test_notices_say_what_they_still_lack(client, cast):
    client.force_login(cast.anna)
    assert "Mancano: titolare del trattamento" in client.get("/ambiti/prova/").content.decode()

    acts.fill_notices(
        cast.district,
        by=cast.anna,
        controller="Comune di Prova",
        controller_contact="protocollo@example.org",
        dpo_contact="dpo@example.org",
        accessibility_url="https://example.org/a",
        feedback_email="udp@example.org",
    )

    assert "Mancano:" not in client.get("/ambiti/prova/").content.decode()
    assert "Comune di Prova" in client.get("/ambiti/prova/privacy/").content.decode()


def test_anyone_leaves_a_message_and_the_office_settles_it(client, cast):
    token = str(uuid.uuid4())
    for _press in range(2):
        answer = client.post(
            "/ambiti/prova/segnalazioni/", {"text": "Non si legge", "token": token}
        )
        assert answer.status_code == 302
    feedback = Feedback.objects.get()
    assert (feedback.text, feedback.settled_at) == ("Non si legge", None)
    with pytest.raises(PermissionDenied):
        acts.settle_feedback(feedback, outcome="Letto", by=cast.dora)

    acts.settle_feedback(feedback, outcome="Contrasto corretto", by=cast.bruno)

    feedback.refresh_from_db()
    assert feedback.outcome == "Contrasto corretto"
    with pytest.raises(ValidationError, match="già chiusa"):
        acts.settle_feedback(feedback, outcome="Ancora", by=cast.bruno)


@pytest.mark.usefixtures("cast")
def test_a_flood_of_messages_is_stopped_and_nothing_written_is_lost(client):
    for number in range(11):
        text = f"Messaggio {number}"
        answer = client.post(
            "/ambiti/prova/segnalazioni/", {"text": text, "token": str(uuid.uuid4())}
        )

    assert answer.status_code == 422
    assert "troppi messaggi" in answer.content.decode()
    assert "Messaggio 10" in answer.content.decode()
    assert Feedback.objects.count() == 10


def test_a_district_that_is_not_published_is_seen_by_its_own_people(client, cast):
    hidden = make_district(is_public=False)
    give_role(cast.dora, hidden, DistrictRole.Kind.DELEGATE)

    assert client.get(f"/ambiti/{hidden.slug}/").status_code == 404
    client.force_login(cast.dora)
    assert client.get(f"/ambiti/{hidden.slug}/").status_code == 200


def test_an_organisation_lists_itself_only_if_it_chose_to(client, cast):
    make_organisation(cast.district, cast.anna, name="Ente Riservato", is_listed=False)

    assert "Ente Riservato" not in client.get("/ambiti/prova/enti/").content.decode()
    assert client.get("/enti/ente-riservato/").status_code == 404


@pytest.mark.django_db
def test_the_command_opens_a_district_with_its_coordinator(capsys):
    call_command(
        "new_district",
        "nuovo",
        "Ambito nuovo",
        coordinator="capo@example.org",
        coordinator_name="Capo",
        municipality=["Comune Uno:015142", "Comune Due"],
    )

    district = District.objects.get(slug="nuovo")
    assert not district.is_public
    assert [t.name for t in district.territories.all()] == ["Comune Due", "Comune Uno"]
    assert district.roles.get().kind == DistrictRole.Kind.PLAN_COORDINATOR
    assert "capo@example.org" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command(
            "new_district", "nuovo", "Di nuovo", coordinator="a@b.it", coordinator_name="A"
        )


def written(**over):
    """A new organisation as the page sends it."""
    usual = {"name": "Nuovo ente", "kind": ODV, "ground": CALL, "is_listed": "1"}
    return usual | over


NEW = "/ambiti/prova/enti/nuovo/"


def test_every_wrong_code_is_told_at_once(client, cast):
    codes = {"fiscal_code": "123", "vat_number": "12", "runts": "abc"}
    client.force_login(cast.anna)
    page = client.post(NEW, written(**codes))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(codes)


def test_every_code_that_another_has_is_told_at_once(cast):
    codes = {"fiscal_code": GOOD_CODE, "vat_number": GOOD_CODE}
    register(cast, identifiers=codes)

    with pytest.raises(ValidationError) as refusal:
        register(cast, name="Un altro", identifiers=codes)

    assert set(refusal.value.message_dict) == set(codes)
    assert not Organisation.objects.filter(name="Un altro").exists()


@pytest.mark.parametrize("number", ["47823", "47.823", " 47 823 "])
def test_a_number_of_the_national_register_is_written_in_digits(client, cast, number):
    client.force_login(cast.anna)
    client.post(NEW, written(runts=number))

    assert Organisation.objects.get(name="Nuovo ente").identifiers.get().value == "47823"


@pytest.mark.parametrize("ground", [None, ""])
def test_nobody_enters_a_district_on_a_ground_that_was_not_chosen(client, cast, ground):
    client.force_login(cast.anna)
    content = written(ground=ground)
    page = client.post(NEW, {name: value for name, value in content.items() if value is not None})

    assert page.status_code == 422
    assert "ground" in page.context["form"].errors
    assert not Organisation.objects.filter(name="Nuovo ente").exists()


def test_no_role_is_given_by_leaving_things_as_they_are(client, cast):
    client.force_login(cast.anna)
    page = client.get("/ambiti/prova/ruoli/nuovo/").content.decode()

    assert '<option value="" selected>Scegliete</option>' in page
    answer = client.post("/ambiti/prova/ruoli/nuovo/", {"name": "N", "email": "n@example.org"})
    assert answer.status_code == 422
    assert not User.objects.filter(email="n@example.org").exists()


@pytest.mark.parametrize(
    "name",
    [
        "Cooperativa L'Àncora",
        "COOPERATIVA L'ANCORA",
        "Cooperativa L’Ancora A.P.S.",
        "cooperativa  l ancora - Onlus",
    ],
)
def test_an_organisation_that_the_register_holds_already_is_asked_about(client, cast, name):
    client.force_login(cast.anna)
    page = client.post(NEW, written(name=name))

    assert page.status_code == 422
    text = page.content.decode()
    assert f'<a href="/enti/{cast.coop.slug}/">Cooperativa L&#x27;Àncora</a>' in text
    assert '<input type="checkbox" name="is_another"' in text

    assert client.post(NEW, written(name=name, is_another="on")).status_code == 302
    assert Organisation.objects.exclude(pk=cast.coop.pk).filter(name=" ".join(name.split()))


def test_a_new_organisation_sent_twice_is_not_asked_about_itself(client, cast):
    client.force_login(cast.anna)
    for _press in range(2):
        assert client.post(NEW, written(key="una-volta")).status_code == 302

    assert Organisation.objects.filter(name="Nuovo ente").count() == 1


def test_a_name_that_the_reader_may_not_see_is_not_given_away(client, cast):
    make_organisation(cast.elsewhere, cast.zeno, name="Ente Riservato", is_listed=False)
    client.force_login(cast.anna)

    assert client.post(NEW, written(name="Ente Riservato")).status_code == 302
    assert Organisation.objects.filter(name="Ente Riservato").count() == 2


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(1500, 1, 1), "non c'erano ambiti"),
        (date(1977, 7, 23), "non c'erano ambiti"),
        (timezone.localdate() + timedelta(days=2), "deve ancora venire"),
    ],
)
def test_nobody_enters_a_district_on_a_day_that_cannot_be(cast, day, said):
    with pytest.raises(ValidationError) as refusal:
        register(cast, since=day)

    assert said in refusal.value.message_dict["since"][0]
    assert not Organisation.objects.filter(name="Nuovo ente").exists()


@pytest.mark.parametrize("day", [date(1977, 7, 24), timezone.localdate(), None])
def test_an_entry_may_be_as_old_as_the_districts_are(cast, day):
    assert register(cast, since=day).affiliations.get().since == day


def test_a_role_does_not_begin_before_there_were_districts(cast):
    with pytest.raises(ValidationError, match="non c'erano ambiti"):
        acts.assign_role(
            cast.district,
            email="a@b.it",
            name="A",
            kind="mayor",
            since=date(1500, 1, 1),
            by=cast.anna,
        )


def test_ending_the_last_coordination_says_why_not(client, cast):
    only = cast.district.roles.get(user=cast.anna)
    client.force_login(cast.anna)
    answer = client.post(f"/ambiti/prova/ruoli/{only.pk}/fine/")

    assert answer.status_code == 422
    assert "unico coordinamento" in answer.content.decode()
    assert "ciò che avete scritto" not in answer.content.decode()
    assert cast.district.roles.filter(pk=only.pk, until=None).exists()


def test_a_role_ends_only_after_a_question(client, cast):
    role = cast.district.roles.get(user=cast.bruno)
    client.force_login(cast.anna)
    url = f"/ambiti/prova/ruoli/{role.pk}/fine/"
    assert f'href="{url}"' in client.get("/ambiti/prova/ruoli/").content.decode()

    question = client.get(url).content.decode()
    assert "Bruno non avrà più questo ruolo" in question
    assert 'href="/ambiti/prova/ruoli/">Ruoli</a>' in question
    assert cast.district.roles.filter(pk=role.pk, until=None).exists()

    assert client.post(url)["Location"] == "/ambiti/prova/ruoli/"
    assert not cast.district.roles.filter(pk=role.pk, until=None).exists()


def test_who_gives_up_the_coordination_is_led_where_they_may_still_be(client, cast):
    give_role(make_user("Carla"), cast.district, DistrictRole.Kind.PLAN_COORDINATOR)
    mine = cast.district.roles.get(user=cast.anna)
    client.force_login(cast.anna)

    answer = client.post(f"/ambiti/prova/ruoli/{mine.pk}/fine/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [("/scrivania/", 302)]


def test_the_roles_say_which_organisation_a_delegate_represents(client, cast):
    client.force_login(cast.bruno)

    page = client.get("/ambiti/prova/ruoli/").content.decode()

    assert f'delegato di un ente: <a href="/enti/{cast.coop.slug}/">' in page


def test_only_who_can_fill_the_notices_is_told_what_they_lack(client, cast):
    client.force_login(cast.bruno)

    assert "Mancano:" not in client.get("/ambiti/prova/").content.decode()
