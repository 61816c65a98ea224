"""The addresses of home, desk, districts and public notices."""

from django.urls import path

from ordito.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("scrivania/", views.desk, name="desk"),
    path("informative/", views.notices, name="notices"),
    path("ambiti/", views.districts, name="districts"),
    path("ambiti/<slug:district>/", views.district, name="district"),
    path("ambiti/<slug:district>/privacy/", views.privacy, name="privacy"),
    path("ambiti/<slug:district>/accessibilita/", views.accessibility, name="accessibility"),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
]
