"""Whatever is written in a form: a clear answer, nothing lost of what was typed, nothing changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests import hostile
from tests.filling import Page, filled
from tests.sheets import (
    ROLL,
    TEXTUAL,
    Office,
    Sheet,
    one_field_at_a_time,
    opened_office,
    troubles,
    written_everywhere,
)
from tests.tenants import rows

pytestmark = pytest.mark.django_db
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    del django_db_setup
    with opened_office(django_db_blocker) as opened:
        yield opened


# --- texts


def test_every_form_of_the_site_is_tried(office: Office) -> None:
    assert len(office.sheets) > 20
    filled_in = {sheet.name: office.send(sheet, filled(sheet.form)) for sheet in office.sheets}
    unwelcome = {
        name: (answer.status, Page(answer.html).by_id.get("errori", ""))
        for name, answer in filled_in.items()
        if answer.status != 302
    }
    # What cannot be filled without knowing the district: an organisation, a person, a file.
    assert unwelcome.keys() <= NEED_MORE, unwelcome


NEED_MORE = {
    ROLL,
    "governance:attendance_revise",
    "governance:member_new",
    "governance:delegate_new",
    "governance:scan_file",
    "network:affiliation_new",
}


def test_empty_fields_are_named_and_nothing_changes(office: Office) -> None:
    found = []
    for sheet in office.sheets:
        if sheet.name in {ROLL, "governance:meeting_edit", "network:notices", "network:role_end"}:
            continue  # nothing in them is required
        visible = [
            control.name for control in sheet.form.controls.values() if control.kind != "hidden"
        ]
        answer = office.send(sheet, filled(sheet.form) | dict.fromkeys(visible, ""))
        found += troubles(sheet, answer, refused=True)
        page = Page(answer.html)
        wrong = [c for form in page.sheets for c in form.controls.values() if c.is_invalid]
        if not wrong:
            found.append(f"{sheet.name}: no field is marked")
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name in hostile.BRIEF_TEXTS else slow)
        for name, text in hostile.TEXTS.items()
    ],
)
def test_no_form_stumbles_on_a_text(office: Office, text: str) -> None:
    found = []
    for sheet in office.sheets:
        found += troubles(sheet, office.send(sheet, written_everywhere(sheet, text)))
    assert not found


@slow
@pytest.mark.parametrize("name", hostile.ALONE)
def test_no_single_field_stumbles_on_a_text(office: Office, name: str) -> None:
    """Alone among good ones, a bad field is the one that is marked."""
    found = []
    for sheet in office.sheets:
        for content in one_field_at_a_time(
            sheet, hostile.TEXTS[name], TEXTUAL | {"hidden", "time"}
        ):
            found += troubles(sheet, office.send(sheet, content))
    assert not sorted(set(found))


@pytest.mark.parametrize("many", [8, pytest.param(1_000, marks=slow)])
def test_naughty_strings_are_boring(office: Office, many: int) -> None:
    """Each one in the texts of one form, in turn."""
    strings = hostile.naughty()
    if not strings:
        pytest.skip("the list of naughty strings is not beside the project")
    found = []
    for number, text in enumerate(strings[:: max(1, len(strings) // many)]):
        sheet = office.sheets[number % len(office.sheets)]
        found += troubles(sheet, office.send(sheet, written_everywhere(sheet, text)))
    assert not sorted(set(found))


@slow
def test_markup_that_attacks_comes_back_as_text(office: Office) -> None:
    payloads = hostile.attacks(300)
    if not payloads:
        pytest.skip("the list of attacks is not beside the project")
    found = []
    for number, text in enumerate(payloads):
        sheet = office.sheets[number % len(office.sheets)]
        found += troubles(sheet, office.send(sheet, written_everywhere(sheet, text)))
    assert not sorted(set(found))


# --- dates, choices and ids


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(d, id=d[:12], marks=() if i == 0 else slow)
        for i, d in enumerate(hostile.BAD_DATES)
    ],
)
def test_an_impossible_date_is_refused_by_its_field(office: Office, day: str) -> None:
    found = []
    for sheet in office.sheets:
        dates = [control.name for control in sheet.controls("date")]
        if not dates:
            continue
        answer = office.send(sheet, filled(sheet.form) | dict.fromkeys(dates, day))
        found += troubles(sheet, answer, refused=True)
        page = Page(answer.html)
        for name in dates:
            if "non è una data del calendario" not in page.by_id.get(f"id_{name}_error", ""):
                found.append(f"{sheet.name}: {name} does not say what is wrong")
    assert not found


@slow
@pytest.mark.parametrize("day", hostile.FAR_DATES)
def test_a_date_at_the_ends_of_time_breaks_nothing(office: Office, day: str) -> None:
    found = []
    for sheet in office.sheets:
        for content in one_field_at_a_time(sheet, day, {"date"}):
            found += troubles(sheet, office.send(sheet, content))
    assert not found


def strangers(office: Office) -> list[str]:
    """The ids of a foreign district, of every kind of thing that a form may ask for."""
    foreign = office.foreign
    things = (foreign.organisation, foreign.unlisted, foreign.lab, foreign.person, foreign.mandate)
    own = {str(thing.pk) for thing in (office.home.organisation, office.home.unlisted)}
    own |= {str(thing.pk) for thing in (office.home.lab, office.home.person, office.home.mandate)}
    return [str(thing.pk) for thing in things if str(thing.pk) not in own]


@slow
def test_a_choice_that_was_not_offered_is_refused(office: Office) -> None:
    """The id of a row that exists, in another district."""
    found = []
    for sheet in office.sheets:
        for control in sheet.controls("select"):
            unoffered = [it for it in strangers(office) if it not in control.options]
            found += chosen(office, sheet, control.name, unoffered[-1])
    assert not sorted(set(found))


@slow
@pytest.mark.parametrize("value", hostile.BAD_IDS, ids=lambda value: repr(value)[:16])
def test_a_choice_that_is_nothing_is_refused(office: Office, value: str) -> None:
    found = []
    for sheet in office.sheets:
        for control in sheet.controls("select"):
            found += chosen(office, sheet, control.name, value)
    assert not sorted(set(found))


def chosen(office: Office, sheet: Sheet, name: str, value: str) -> list[str]:
    """What is wrong when a value is chosen that the list does not offer."""
    answer = office.send(sheet, filled(sheet.form) | {name: value})
    # The roll takes an unknown person as one not indicated: the page shows it at once.
    return troubles(sheet, answer, refused=None if sheet.name == ROLL else True)


def test_the_roll_takes_nobody_from_another_district(office: Office) -> None:
    foreign = office.foreign
    sheet = next(sheet for sheet in office.sheets if sheet.name == ROLL)
    content = {"version": sheet.form.controls["version"].value, "action": "save"}
    here = f"o{office.home.organisation.pk}"
    content |= {
        f"o{foreign.organisation.pk}-here": "1",
        f"{here}-here": "1",
        f"{here}-person": str(foreign.person.pk),
        "g0-organisation": str(foreign.organisation.name),
    }
    answer = office.send(sheet, content)
    assert answer.status == 422
    assert not answer.changed
    assert office.post(sheet, content | {"g0-organisation": ""}).status_code == 302
    attendances = office.home.open_meeting.attendances
    assert not attendances.filter(organisation=foreign.organisation).exists()
    assert not attendances.filter(person=foreign.person).exists()


ODD_KEYS = (
    "o-here",
    "o9x-here",
    f"o{hostile.DIGITS}-here",
    f"g{hostile.DIGITS}-name",
    "g-",
    "gx-y",
)


@slow
def test_a_roll_with_odd_fields_is_still_a_roll(office: Office) -> None:
    sheet = next(sheet for sheet in office.sheets if sheet.name == ROLL)
    here = f"o{office.home.organisation.pk}"
    base = {"version": sheet.form.controls["version"].value, "action": "save"}
    odd = [dict.fromkeys(ODD_KEYS, "1")]
    for value in hostile.BAD_IDS:
        odd.append({f"{here}-here": "1", f"{here}-person": value})
        odd.append({"version": value})
    statuses = {str(o)[:40]: office.send(sheet, base | o).status for o in odd}
    assert not {what: status for what, status in statuses.items() if status not in {302, 422}}


# --- sent twice


@slow
def test_a_form_sent_twice_is_done_once(office: Office) -> None:
    """The same page, its button pressed twice: the second answer is the first one again."""
    found = []
    for sheet in office.sheets:
        content = filled(sheet.form)
        with transaction.atomic():
            first = office.post(sheet, content)
            before = rows()
            second = office.post(sheet, content)
            if first.status_code == 302 and sheet.name != ROLL:
                if rows() != before:
                    found.append(f"{sheet.name}: done twice")
                if second.status_code != 302:
                    found.append(f"{sheet.name}: the second time it answers {second.status_code}")
            transaction.set_rollback(True)
    assert not found
