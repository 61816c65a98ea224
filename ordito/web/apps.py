"""The application's name."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ordito.web"
