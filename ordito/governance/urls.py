"""The addresses of bodies, their meetings and the calendar."""

from datetime import date

from django.urls import URLPattern, URLResolver, include, path, register_converter

from ordito.governance import views


class MeetingDay:
    """The date of a meeting, followed by its turn from the second in a day: 2026-03-02-2."""

    regex = r"\d{4}-\d{2}-\d{2}(?:-\d{1,3})?"

    def to_python(self, value: str) -> str:
        """Raises ValueError, and so leads nowhere, for a day that is not in the calendar."""
        date.fromisoformat(value[:10])
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MeetingDay, "meeting_day")

meeting: list[URLPattern | URLResolver] = [
    path("", views.meeting, name="meeting"),
    path("modifica/", views.meeting_edit, name="meeting_edit"),
    path("annullamento/", views.meeting_cancel, name="meeting_cancel"),
    path("presenze/", views.attendance, name="attendance"),
    path("presenze/correzione/", views.attendance_correct, name="attendance_correct"),
    path("presenze/revisione/", views.attendance_revise, name="attendance_revise"),
    path("foglio-presenze.pdf", views.signature_sheet, name="signature_sheet"),
    path("scansione/", views.scan_file, name="scan_file"),
    path("scansioni/<uuid:uid>/", views.scan, name="scan"),
]
body: list[URLPattern | URLResolver] = [
    path("", views.body, name="body"),
    path("modifica/", views.body_edit, name="body_edit"),
    path("componenti/nuovo/", views.member_new, name="member_new"),
    path("componenti/<int:pk>/uscita/", views.member_end, name="member_end"),
    path("delegati/nuovo/", views.delegate_new, name="delegate_new"),
    path("delegati/<int:pk>/fine/", views.delegate_end, name="delegate_end"),
    path("ruoli/nuovo/", views.body_role_new, name="body_role_new"),
    path("ruoli/<int:pk>/fine/", views.body_role_end, name="body_role_end"),
    path("mandati/nuovo/", views.mandate_new, name="mandate_new"),
    path("mandati/<int:pk>/nuova-versione/", views.mandate_amend, name="mandate_amend"),
    path("prodotti/nuovo/", views.output_new, name="output_new"),
    path("prodotti/<int:pk>/modifica/", views.output_edit, name="output_edit"),
    path("prodotti/<int:pk>/stato/", views.output_status, name="output_status"),
    path("incontri/nuovo/", views.meeting_new, name="meeting_new"),
    path("incontri/<meeting_day:day>/", include(meeting)),
]
district: list[URLPattern | URLResolver] = [
    path("organismi/", views.bodies, name="bodies"),
    path("organismi/nuovo/", views.body_new, name="body_new"),
    path("organismi/<slug:body>/", include(body)),
    path("calendario/", views.calendar, name="calendar"),
    path("calendario/nuova-scadenza/", views.deadline_new, name="deadline_new"),
    path("calendario/scadenze/<int:pk>/togli/", views.deadline_remove, name="deadline_remove"),
    path("calendario.ics", views.calendar_feed, name="calendar_feed"),
]

app_name = "governance"
urlpatterns = [
    path("ambiti/<slug:district>/", include(district)),
    path("enti/<slug:slug>/organismi/", views.of_organisation, name="of_organisation"),
]
