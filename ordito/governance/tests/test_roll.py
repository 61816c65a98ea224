"""What taking, closing and correcting a roll promises, whoever asks for it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conftest import Cast, make_meeting, make_organisation
from ordito.governance import acts
from ordito.governance.acts import RollLine
from ordito.governance.models import Attendance, Meeting
from ordito.governance.rolls import counts_of, standing_roll
from ordito.ledger.models import Interaction
from ordito.ledger.record import ABSENT, EXCUSED, GUEST, PRESENT
from ordito.ledger.verify import verify

Quality = Attendance.Quality


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast.lab, cast.anna)


def came(cast: Cast, *extra: RollLine) -> list[RollLine]:
    return [RollLine(cast.coop, Quality.DELEGATE, cast.dora_person), *extra]


def close(meeting: Meeting, lines: list[RollLine], cast: Cast, version: int = 0) -> None:
    acts.close_roll(meeting, lines=lines, seen_version=version, by=cast.bruno)


def names(roll: dict) -> dict[str, set[str]]:
    return {role: {str(o) for o in them} for role, them in roll.items() if them}


def rolls(meeting: Meeting) -> list[Interaction]:
    return list(Interaction.objects.about(meeting).filter(kind__startswith="governance.met"))


def test_closing_enters_who_was_there_and_who_was_not(cast, meeting):
    close(meeting, came(cast, RollLine(cast.caritas, Quality.GUEST, None, "Ugo Ospite")), cast)

    assert names(standing_roll(meeting)) == {
        PRESENT: {"Cooperativa L'Àncora"},
        GUEST: {"Associazione Ospite"},
        ABSENT: {"Comune di Prova"},
    }
    meeting.refresh_from_db()
    count = counts_of(cast.district, [meeting])[meeting.pk]
    assert (count.present, count.roster, count.guests, count.people) == (1, 2, 1, 2)


def test_an_empty_meeting_is_recorded_too(cast, meeting):
    close(meeting, [], cast)

    assert names(standing_roll(meeting)) == {ABSENT: {"Comune di Prova", "Cooperativa L'Àncora"}}


def test_no_name_of_a_person_enters_the_ledger(cast, meeting):
    close(meeting, came(cast, RollLine(cast.caritas, Quality.GUEST, None, "Ugo Ospite")), cast)

    entry = Interaction.objects.about(meeting).standing().first()
    stored = f"{entry.subject_label} {entry.facts} {entry.key}"
    assert "Dora" not in stored
    assert "Ugo" not in stored


def test_two_people_of_one_organisation_count_once(cast, meeting):
    second = RollLine(cast.coop, Quality.SUBSTITUTE, None, "Elsa Supplente")
    close(meeting, came(cast, second), cast)

    meeting.refresh_from_db()
    count = counts_of(cast.district, [meeting])[meeting.pk]
    assert (count.present, count.people) == (1, 2)


def test_an_excused_organisation_is_neither_present_nor_forgotten(cast, meeting):
    close(meeting, came(cast, RollLine(cast.comune, Quality.EXCUSED)), cast)

    assert names(standing_roll(meeting))[EXCUSED] == {"Comune di Prova"}


def test_the_roster_is_the_one_of_the_day_of_the_meeting(cast):
    late = make_organisation(cast.district, cast.anna, name="Arrivata dopo")
    acts.adhere(cast.lab, organisation=late, since=date(2026, 6, 1), by=cast.anna)
    before = make_meeting(cast.lab, cast.anna, held_on=date(2026, 5, 31))
    after = make_meeting(cast.lab, cast.anna, held_on=date(2026, 6, 1))
    for meeting in (before, after):
        close(meeting, [], cast)

    for meeting in (before, after):
        meeting.refresh_from_db()
    counts = counts_of(cast.district, [before, after])
    assert counts[before.pk].roster == 2
    assert counts[after.pk].roster == 3


def test_someone_without_adhesion_is_refused_unless_a_guest(cast, meeting):
    stranger = RollLine(cast.caritas, Quality.DELEGATE)

    with pytest.raises(ValidationError, match="Associazione Ospite.*ospite") as refusal:
        close(meeting, came(cast, stranger), cast)

    assert refusal.value.error_list[0].code == "no_adhesion"
    assert not meeting.attendances.exists()
    assert not Interaction.objects.about(meeting).filter(kind="governance.met").exists()


def test_present_and_excused_at_once_is_refused_by_name(cast, meeting):
    with pytest.raises(ValidationError, match="L'Àncora.*presente e anche assente"):
        close(meeting, came(cast, RollLine(cast.coop, Quality.EXCUSED)), cast)


def test_a_roll_is_closed_from_its_day_on(cast):
    tomorrow = make_meeting(cast.lab, cast.anna, held_on=timezone.localdate() + timedelta(days=1))

    with pytest.raises(ValidationError, match="si chiudono da quel giorno"):
        close(tomorrow, [], cast)


@pytest.mark.parametrize("who", ["dora", "zeno"])
def test_only_the_office_takes_the_roll(cast, meeting, who):
    with pytest.raises(PermissionDenied):
        acts.close_roll(meeting, lines=[], seen_version=0, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        acts.save_roll(meeting, lines=[], seen_version=0, by=getattr(cast, who))


def test_closing_twice_with_the_same_people_is_closing_once(cast, meeting):
    close(meeting, came(cast), cast)
    close(meeting, came(cast), cast)

    assert len(rolls(meeting)) == 1


def test_closing_again_with_other_people_is_refused(cast, meeting):
    close(meeting, came(cast), cast)

    with pytest.raises(ValidationError) as refusal:
        close(meeting, [], cast)
    assert refusal.value.code == "closed"


def test_who_saves_second_is_told_and_overwrites_nothing(cast, meeting):
    acts.save_roll(meeting, lines=came(cast), seen_version=0, by=cast.bruno)

    with pytest.raises(ValidationError) as refusal:
        acts.save_roll(meeting, lines=[], seen_version=0, by=cast.anna)

    assert refusal.value.code == "stale"
    assert [line.organisation for line in meeting.attendances.all()] == [cast.coop]


def test_a_saved_roll_is_not_yet_in_the_ledger(cast, meeting):
    acts.save_roll(meeting, lines=came(cast), seen_version=0, by=cast.bruno)

    assert rolls(meeting) == []


def test_a_correction_is_a_new_entry_and_the_first_stays(cast, meeting):
    close(meeting, came(cast), cast)

    acts.correct_roll(
        meeting, organisation=cast.comune, is_present=True, reason="Spunta saltata", by=cast.bruno
    )

    meeting.refresh_from_db()
    count = counts_of(cast.district, [meeting])[meeting.pk]
    assert (count.present, count.roster) == (2, 2)
    correction = Interaction.objects.about(meeting).standing().get(seq=count.seq)
    assert correction.corrects.kind == "governance.met"
    assert correction.note.text == "Spunta saltata"
    assert verify(cast.district).broken_at is None


def test_a_correction_can_be_corrected(cast, meeting):
    close(meeting, came(cast), cast)
    for is_present in (True, False):
        acts.correct_roll(
            meeting, organisation=cast.comune, is_present=is_present, reason="Svista", by=cast.anna
        )

    assert names(standing_roll(meeting)) == {
        PRESENT: {"Cooperativa L'Àncora"},
        ABSENT: {"Comune di Prova"},
    }


def test_a_guest_marked_absent_leaves_the_roll(cast, meeting):
    close(meeting, came(cast, RollLine(cast.caritas, Quality.GUEST)), cast)

    acts.correct_roll(
        meeting, organisation=cast.caritas, is_present=False, reason="Svista", by=cast.anna
    )

    assert GUEST not in names(standing_roll(meeting))


@pytest.mark.parametrize(
    ("is_present", "reason", "said"),
    [(False, "Svista", "Risulta già così"), (True, "  ", "motivo")],
)
def test_a_correction_needs_a_reason_and_a_change(cast, meeting, is_present, reason, said):
    close(meeting, came(cast), cast)

    with pytest.raises(ValidationError, match=said):
        acts.correct_roll(
            meeting, organisation=cast.comune, is_present=is_present, reason=reason, by=cast.anna
        )


def test_an_open_roll_is_changed_and_not_corrected(cast, meeting):
    with pytest.raises(ValidationError, match="non sono ancora chiuse"):
        acts.correct_roll(
            meeting, organisation=cast.comune, is_present=True, reason="Svista", by=cast.anna
        )
