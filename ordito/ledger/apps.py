"""The application's name."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ordito.ledger"
