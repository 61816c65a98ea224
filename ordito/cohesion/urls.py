"""The addresses of cohesion."""

from django.urls import URLPattern

app_name = "cohesion"
urlpatterns: list[URLPattern] = []
