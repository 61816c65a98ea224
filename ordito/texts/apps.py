"""The application's name."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "ordito.texts"
