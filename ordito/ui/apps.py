"""The application's name, and its words."""

from django.apps import AppConfig

from ordito.ui.words import speak


class UiConfig(AppConfig):
    name = "ordito.ui"

    def ready(self) -> None:
        speak()
