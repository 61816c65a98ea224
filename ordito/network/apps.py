"""The application's name."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "ordito.network"
