"""Two people on one roll: what each changed stays, and only true conflicts are left to decide."""

from dataclasses import replace

from django.utils.translation import gettext as _

from ordito.governance.acts import RollLine
from ordito.governance.forms.roll import RollForm
from ordito.governance.forms.rows import GuestRow, Row, facts_of, in_words, stored_lines

NOTHING: frozenset = frozenset()


def merge_saved(form: RollForm) -> None:
    """Bring what was saved meanwhile into the rows that its reader had not touched.

    Compares what the page had loaded, what is saved now and what was sent. A row that both
    changed keeps what was sent, with an error that tells what is saved.
    """
    form.meeting.refresh_from_db(fields=["status", "roll_version"])
    saved = stored_lines(form.meeting)
    theirs = facts_of(line for lines in saved.values() for line in lines)
    mine = facts_of(form.lines)
    for pk in sorted({*form.loaded, *theirs}):
        before, now, sent = (each.get(pk, NOTHING) for each in (form.loaded, theirs, mine))
        if now not in (before, sent):
            _bring(form, pk, saved.get(pk, []), is_touched=sent != before)
    form.number_guests()
    form.loaded, form.shown_version = theirs, form.meeting.roll_version


def _bring(form: RollForm, pk: int, lines: list[RollLine], *, is_touched: bool) -> None:
    news = _("Nel frattempo è stato salvato: %(state)s.") % {"state": in_words(lines)}
    if is_touched:
        news += " " + _("Voi avete scritto diversamente: se salvate vale ciò che è scritto qui.")
    if pk in form.rows:
        if not is_touched:
            form.rows[pk] = replace(form.blank[pk])
            form.show(form.rows[pk], lines)
        _mark(form.rows[pk], news, is_touched=is_touched)
    else:
        for guest in _guests(form, pk, lines, is_touched=is_touched):
            _mark(guest, news, is_touched=is_touched)


def _guests(form: RollForm, pk: int, lines: list[RollLine], *, is_touched: bool) -> list[GuestRow]:
    """The rows of a guest that changed: as sent where touched, otherwise as saved."""
    known = [guest for guest in form.guests if guest.pk == pk]
    if is_touched and known:
        return known
    name = known[0].organisation if known else lines[0].organisation.name
    form.guests = [guest for guest in form.guests if guest.pk != pk]
    rows = [GuestRow(0, name, str(line.person or line.person_name), pk=pk) for line in lines]
    if not rows:
        form.taken_away.append(name)
    form.guests = rows + form.guests
    return rows


def _mark(row: Row | GuestRow, news: str, *, is_touched: bool) -> None:
    if is_touched:
        row.error = news
    else:
        row.news = news
