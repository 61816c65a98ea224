"""The addresses of organisations, people, roles, notices and feedback."""

from django.urls import include, path

from ordito.network import views

district = [
    path("enti/", views.organisations, name="organisations"),
    path("enti/nuovo/", views.organisation_new, name="organisation_new"),
    path("enti/ingresso/", views.affiliation_new, name="affiliation_new"),
    path("enti/<slug:organisation>/modifica/", views.organisation_edit, name="organisation_edit"),
    path("enti/<slug:organisation>/uscita/", views.affiliation_end, name="affiliation_end"),
    path("persone/", views.people, name="people"),
    path("persone/nuova/", views.person_new, name="person_new"),
    path("persone/<uuid:uid>/", views.person, name="person"),
    path("ruoli/", views.roles, name="roles"),
    path("ruoli/nuovo/", views.role_new, name="role_new"),
    path("ruoli/<int:pk>/fine/", views.role_end, name="role_end"),
    path("impostazioni/informative/", views.notices, name="notices"),
    path("segnalazioni/", views.feedback, name="feedback"),
    path("segnalazioni/ricevute/", views.feedback_received, name="feedback_received"),
    path("segnalazioni/ricevute/<int:pk>/", views.feedback_settle, name="feedback_settle"),
]

app_name = "network"
urlpatterns = [
    path("ambiti/<slug:district>/", include(district)),
    path("enti/<slug:slug>/", views.organisation, name="organisation"),
]
