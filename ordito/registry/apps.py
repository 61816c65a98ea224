"""The application's name."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ordito.registry"
