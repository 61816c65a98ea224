"""The application's name."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ordito.accounts"
