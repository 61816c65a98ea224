"""The application's name, and what it shows on the pages below it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ordito.ui.panels import register_panel


class GovernanceConfig(AppConfig):
    name = "ordito.governance"

    def ready(self) -> None:
        register_panel(
            "network.organisation", "governance:of_organisation", _("Organismi a cui partecipa")
        )
