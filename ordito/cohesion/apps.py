"""The application's name."""

from django.apps import AppConfig


class CohesionConfig(AppConfig):
    name = "ordito.cohesion"
