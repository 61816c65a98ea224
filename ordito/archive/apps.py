"""The application's name."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "ordito.archive"
