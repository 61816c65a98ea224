from conftest import make_meeting
from ordito.governance import acts
from ordito.ledger.models import Interaction
from ordito.ledger.verify import verify


def test_roll(cast, django_assert_num_queries):
    m = make_meeting(cast.lab, cast.anna)
    L = acts.RollLine
    acts.close_roll(
        m,
        lines=[L(cast.coop, "delegate", cast.dora_person), L(cast.caritas, "guest", None, "Ugo")],
        seen_version=0,
        by=cast.anna,
    )
    e = Interaction.objects.first()
    print(e.facts, [(p.role, p.organisation.name) for p in e.parties.all()])
    v = verify(cast.district)
    print(v)
    assert v.broken_at is None
    m.refresh_from_db()
    acts.correct_roll(m, organisation=cast.comune, is_present=True, reason="svista", by=cast.anna)
    v = verify(cast.district)
    print(v)
    assert v.broken_at is None
