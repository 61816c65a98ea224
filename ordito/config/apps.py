"""The application's name: it brings the commands of an installation."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "ordito.config"
