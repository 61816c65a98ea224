"""The dates of a district: meetings, terms of mandates, deadlines."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from ordito.accounts.models import User
from ordito.governance.models import Deadline, Mandate, Meeting
from ordito.registry.models import District

Reader = User | AnonymousUser


@dataclass(frozen=True)
class DateRow:
    """Something that falls on a day: what it is, where it is told, its meeting if it is one."""

    on: date
    label: str
    what: str
    url: str
    meeting: Meeting | None = None
    deadline: Deadline | None = None


def years_of(district: District, user: Reader) -> list[int]:
    """The years in which something falls, latest first."""
    meetings, mandates, deadlines = _rows(district, user)
    years = {
        *meetings.values_list(ExtractYear("held_on"), flat=True),
        *mandates.values_list(ExtractYear("due_on"), flat=True),
        *deadlines.values_list(ExtractYear("due_on"), flat=True),
    }
    return sorted(years, reverse=True)


def year_to_open(years: list[int], today: date) -> int | None:
    """The year in which a calendar opens: this one, or the nearest that has something."""
    return min(years, key=lambda year: (abs(year - today.year), year < today.year), default=None)


def dates_of(district: District, user: Reader, year: int | None = None) -> list[DateRow]:
    """What falls in a year, or ever, in order."""
    meetings, mandates, deadlines = _rows(district, user)
    if year:
        meetings = meetings.filter(held_on__year=year)
        mandates = mandates.filter(due_on__year=year)
        deadlines = deadlines.filter(due_on__year=year)
    rows = [_meeting_row(district, meeting) for meeting in meetings.select_related("body")]
    for mandate in mandates.select_related("body"):
        url = reverse("governance:body", args=[district.slug, mandate.body.slug])
        rows.append(
            DateRow(mandate.due_on or date.max, mandate.body.name, _("termine del mandato"), url)
        )
    calendar = reverse("governance:calendar", args=[district.slug])
    rows += [
        DateRow(row.due_on, row.title, _("scadenza"), calendar, deadline=row) for row in deadlines
    ]
    return sorted(rows, key=lambda row: (row.on, row.label))


def feed_of(district: District, user: Reader, site: str) -> bytes:
    """The dates as an iCalendar feed, times in UTC. `site` is the root of the addresses."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Ordito//IT")
    calendar.add("version", "2.0")
    mark = _("ambito dimostrativo")
    name = f"{district.name} ({mark})" if district.is_demonstrative else district.name
    calendar.add("x-wr-calname", name)
    for row in dates_of(district, user):
        calendar.add_component(_event(district, row, site))
    return calendar.to_ical()


def _rows(district: District, user: Reader) -> tuple:
    meetings = Meeting.objects.visible_to(user).filter(body__district=district).order_by()
    mandates = (
        Mandate.objects.visible_to(user)
        .current()
        .filter(Q(due_on__isnull=False), body__district=district)
    )
    deadlines = Deadline.objects.visible_to(user).filter(district=district)
    return meetings, mandates.order_by(), deadlines.order_by()


def _meeting_row(district: District, meeting: Meeting) -> DateRow:
    url = reverse("governance:meeting", args=[district.slug, meeting.body.slug, meeting.day_slug])
    return DateRow(meeting.held_on, meeting.body.name, meeting.body.sitting, url, meeting)


def _event(district: District, row: DateRow, site: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("summary", f"{row.label}: {row.what}")
    event.add("dtstamp", datetime.now(UTC))
    event.add(
        "uid",
        f"{row.on:%Y%m%d}-{hashlib.sha256(f'{row.url} {row.label}'.encode()).hexdigest()[:16]}@{district.slug}.ordito",
    )
    if row.meeting and row.meeting.is_cancelled:
        event.add("status", "CANCELLED")
    event.add("url", site.rstrip("/") + row.url)
    meeting = row.meeting
    if meeting and meeting.starts_at:
        event.add("dtstart", _instant(row.on, meeting.starts_at))
        if meeting.ends_at:
            event.add("dtend", _instant(row.on, meeting.ends_at))
    else:
        event.add("dtstart", row.on)
        event.add("dtend", row.on + timedelta(days=1))
    if meeting and meeting.place:
        event.add("location", meeting.place)
    return event


def _instant(day: date, hour: time) -> datetime:
    """An hour of Rome in UTC: a zone by name would need its rules in the feed (RFC 5545, 3.6.5)."""
    return datetime.combine(day, hour, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
