"""Chains to try the ledger on, and the ways in which someone could tamper with them."""

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from conftest import make_district, make_user
from ordito.ledger.kinds import Kind, Tie
from ordito.ledger.models import Interaction
from ordito.ledger.record import Entry, record_many
from ordito.registry.models import District, Organisation

MET = Kind("prove.met", Tie.CO_PRESENCE, "Incontro di prova")
FIXED = Kind("prove.fixed", Tie.CO_PRESENCE, "Incontro di prova corretto")
NAMES = (
    "LabGo «Città» d'Ànzio",
    "مختبر\u200f",
    "日本\u2028語",
    "=1+1",
    "👩🏽‍🤝‍👩🏻 e altri",
    "ﬁ/é/e\u0301",
)

Tampering = Callable[["Tamper"], int]  # changes the tables, and says the first wrong number


def make_organisations(n: int) -> list[Organisation]:
    stem = uuid.uuid4().hex[:8]
    return Organisation.objects.bulk_create(
        Organisation(slug=f"{stem}-{i}", name=f"Ente {stem} {i}", kind="odv") for i in range(n)
    )


def make_chain(n: int = 24, **over: Any) -> District:
    """A district with `n` entries of every sort: parties, texts, corrections, every alphabet."""
    district, by = make_district(**over), make_user(f"u{uuid.uuid4().hex}")
    organisations = make_organisations(6)
    first = record_many(district, [_entry(i, district, by, organisations) for i in range(n - 2)])
    fixes = [
        Entry(FIXED, None, district, by, {"present": organisations}, corrects=first[i])
        for i in (0, 1)
    ]
    record_many(district, fixes)
    return district


def _entry(i: int, district: District, by: Any, organisations: list[Organisation]) -> Entry:
    return Entry(
        MET,
        on=date(2026, 1, 1) + timedelta(i) if i % 5 else None,
        about=district,
        by=by if i % 3 else None,
        parties={
            "present": organisations[: 2 + i % 3],
            "guest": organisations[4:5],
        },
        facts={"people": i, "names": [NAMES[i % len(NAMES)]], "signed": bool(i % 2), "none": None},
        note=f"Testo n. {i}\n{NAMES[i % len(NAMES)]}" if i % 2 else "",
        label=NAMES[i % len(NAMES)],
    )


@contextmanager
def tampering() -> Iterator[None]:
    """Lay the triggers aside, as an administrator of the database can, and put all back after."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in ("ledger_interaction", "ledger_party"):
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


class Tamper:
    """One tampering with the chain of a district: what is struck is chosen by `rng`."""

    def __init__(self, district: District, rng: random.Random) -> None:
        self.district, self.rng = district, rng
        self.last = Interaction.objects.filter(district=district).count()
        # Neither the first nor the last: what comes before and after must stay whole.
        self.seq = rng.randint(2, self.last - 2)
        self.pk = self.pk_of(self.seq)

    def pk_of(self, seq: int) -> int:
        return Interaction.objects.values_list("pk", flat=True).get(district=self.district, seq=seq)

    def sql(self, statement: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount

    def shift(self, start: int, step: int) -> None:
        """Renumber the entries from `start` on, over the heads of those still there."""
        move = "UPDATE ledger_interaction SET seq = seq + %s WHERE district_id = %s AND seq >= %s"
        self.sql(move, 1_000_000, self.district.pk, start)
        self.sql(move, step - 1_000_000, self.district.pk, 1_000_000)

    def copy(self, seq: int, **over: Any) -> None:
        """Insert a copy of the struck entry under another number."""
        columns = [
            field.column for field in Interaction._meta.concrete_fields if not field.primary_key
        ]
        values = {"seq": seq, "key": uuid.uuid4().hex, "corrects_id": None} | over
        chosen = ", ".join("%s" if name in values else name for name in columns)
        self.sql(
            f"INSERT INTO ledger_interaction ({', '.join(columns)})"
            f" SELECT {chosen} FROM ledger_interaction WHERE id = %s",
            *(values[name] for name in columns if name in values),
            self.pk,
        )


def change(column: str, value: Any) -> Tampering:
    def tamper(it: Tamper) -> int:
        it.sql(f"UPDATE ledger_interaction SET {column} = %s WHERE id = %s", value, it.pk)
        return it.seq

    return tamper


def flip_a_character(it: Tamper) -> int:
    label = Interaction.objects.values_list("subject_label", flat=True).get(pk=it.pk)
    at = it.rng.randrange(len(label))
    flipped = label[:at] + chr(ord(label[at]) ^ 1) + label[at + 1 :]
    return change("subject_label", flipped)(it)


def change_party(it: Tamper) -> int:
    it.sql("UPDATE ledger_party SET role = 'absent' WHERE interaction_id = %s", it.pk)
    return it.seq


def swap_organisation(it: Tamper) -> int:
    other = make_organisations(1)[0].pk
    it.sql(
        "UPDATE ledger_party SET organisation_id = %s WHERE id ="
        " (SELECT min(id) FROM ledger_party WHERE interaction_id = %s)",
        other,
        it.pk,
    )
    return it.seq


def drop_party(it: Tamper) -> int:
    it.sql(
        "DELETE FROM ledger_party WHERE id ="
        " (SELECT max(id) FROM ledger_party WHERE interaction_id = %s)",
        it.pk,
    )
    return it.seq


def add_party(it: Tamper) -> int:
    it.sql(
        "INSERT INTO ledger_party (interaction_id, organisation_id, role) VALUES (%s, %s, 'guest')",
        it.pk,
        make_organisations(1)[0].pk,
    )
    return it.seq


def delete(it: Tamper) -> int:
    for statement in (
        "DELETE FROM ledger_note WHERE interaction_id = %s",
        "DELETE FROM ledger_party WHERE interaction_id = %s",
        "DELETE FROM ledger_interaction WHERE id = %s",
    ):
        it.sql(statement, it.pk)
    return it.seq


def delete_and_renumber(it: Tamper) -> int:
    delete(it)
    it.shift(it.seq + 1, -1)
    return it.seq


def swap(it: Tamper) -> int:
    other = it.rng.choice([seq for seq in range(2, it.last) if seq != it.seq])
    pk = it.pk_of(other)
    number = "UPDATE ledger_interaction SET seq = %s WHERE id = %s"
    it.sql(number, 1_000_000, it.pk)
    it.sql(number, it.seq, pk)
    it.sql(number, other, it.pk)
    return min(it.seq, other)


def duplicate(it: Tamper) -> int:
    it.shift(it.seq + 1, 1)
    it.copy(it.seq + 1)
    return it.seq + 1


def insert(it: Tamper) -> int:
    it.shift(it.seq, 1)
    it.copy(it.seq, subject_label="Mai avvenuto", hash="f" * 64)
    return it.seq


def append(it: Tamper) -> int:
    it.copy(it.last + 1)
    return it.last + 1


def change_text(column: str) -> Tampering:
    def tamper(it: Tamper) -> int:
        statement = f"UPDATE ledger_note SET {column} = 'altro' WHERE interaction_id = %s"
        seq = it.seq
        if not it.sql(statement, it.pk):  # every second entry has a text
            seq = next(n for n in (it.seq + 1, it.seq - 1) if it.sql(statement, it.pk_of(n)))
        return seq

    return tamper


TAMPERINGS: dict[str, Tampering] = {
    "kind": change("kind", "prove.other"),
    "key": change("key", "un'altra chiave"),
    "date": change("occurred_on", "2019-05-05"),
    "instant": change("recorded_at", "2019-05-05 10:00:00.000001"),
    "actor": change("by_key", uuid.UUID(int=7).hex),
    "subject type": change("subject_type", "registry.organisation"),
    "subject id": change("subject_id", "0"),
    "subject": change("subject_label", "Un altro"),
    "facts": change("facts", '{"people":1000}'),
    "hash": change("hash", "0" * 64),
    "text hash": change("note_hash", "e" * 64),
    "source": change("source", "manual"),
    "character": flip_a_character,
    "party role": change_party,
    "party": swap_organisation,
    "party gone": drop_party,
    "party more": add_party,
    "deleted": delete,
    "deleted and renumbered": delete_and_renumber,
    "swapped": swap,
    "duplicated": duplicate,
    "inserted": insert,
    "appended": append,
    "text": change_text("text"),
    "salt": change_text("salt"),
}
