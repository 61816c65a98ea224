"""The addresses of the ledger of a district."""

from django.urls import path

from ordito.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ambiti/<slug:district>/registrazioni/", views.entries, name="entries"),
    path("ambiti/<slug:district>/registrazioni.csv", views.entries_csv, name="entries_csv"),
    path("ambiti/<slug:district>/registrazioni/<int:seq>/", views.entry, name="entry"),
]
