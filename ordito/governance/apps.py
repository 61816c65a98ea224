"""The application's name."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "ordito.governance"
