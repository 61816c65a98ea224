"""Nobody changes what was recorded: neither the model nor the database lets them."""

import random

import pytest
from django.db import DatabaseError, DataError, connection, transaction

from ordito.ledger.models import Immutable, Interaction, Party
from ordito.ledger.tests.chains import Tamper, make_chain, tampering
from ordito.ledger.verify import verify

pytestmark = pytest.mark.django_db


def test_the_model_refuses_to_change_or_delete_an_entry() -> None:
    district = make_chain(6)
    entry, party = Interaction.objects.filter(district=district)[0], Party.objects.all()[0]
    for row in (entry, party):
        rows = type(row).objects.filter(pk=row.pk)
        for attempt in (
            row.save,
            row.delete,
            rows.delete,
            lambda rows=rows: rows.update(pk=0),
            lambda rows=rows: rows.bulk_update([], []),
        ):
            with pytest.raises(Immutable):
                attempt()
    assert verify(district).broken_at is None


def test_not_even_a_replacement_changes_a_row_of_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE INTO is a statement of SQLite alone")
    make_chain(6)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("REPLACE INTO ledger_party SELECT * FROM ledger_party")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_interaction SET subject_label = 'x'",
        "UPDATE ledger_interaction SET kind = kind WHERE seq = 1",
        "DELETE FROM ledger_interaction",
        "UPDATE ledger_party SET role = 'absent'",
        "DELETE FROM ledger_party",
    ],
)
def test_the_database_itself_refuses(statement: str) -> None:
    district = make_chain(6)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify(district).entries == 6


@pytest.mark.parametrize(
    ("column", "value"),
    [("recorded_at", "ieri"), ("by_key", "nessuno"), ("facts", '{"a":1e999}')],
)
def test_a_value_that_cannot_be_read_is_refused_or_named(column: str, value: str) -> None:
    district = make_chain(12)
    with tampering():
        it = Tamper(district, random.Random(5))
        try:
            it.sql(f"UPDATE ledger_interaction SET {column} = %s WHERE id = %s", value, it.pk)
        except DataError:
            assert connection.vendor == "postgresql"
        else:
            found = verify(district)
            assert (found.entries, found.broken_at) == (it.seq - 1, it.seq)
