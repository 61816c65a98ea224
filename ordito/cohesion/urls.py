"""The addresses of the reports."""

from django.urls import path

from ordito.cohesion import views

app_name = "cohesion"
urlpatterns = [
    path("ambiti/<slug:district>/a-che-punto-siamo/", views.labs, name="labs"),
    path(
        "ambiti/<slug:district>/a-che-punto-siamo.<str:extension>",
        views.labs_file,
        name="labs_file",
    ),
    path("ambiti/<slug:district>/organismi/<slug:body>/a-che-punto-siamo/", views.lab, name="lab"),
    path(
        "ambiti/<slug:district>/organismi/<slug:body>/a-che-punto-siamo.<str:extension>",
        views.lab_file,
        name="lab_file",
    ),
]
