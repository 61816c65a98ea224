"""The application's name."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ordito.ui"
