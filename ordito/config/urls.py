"""Every address of the site, app by app."""

from django.conf.urls.i18n import urlpatterns as language
from django.urls import include, path

urlpatterns = [
    path("", include("ordito.web.urls")),
    path("", include("ordito.cohesion.urls")),
    path("", include("ordito.governance.urls")),
    path("", include("ordito.network.urls")),
    path("", include("ordito.ledger.urls")),
    path("accesso/", include("ordito.accounts.urls")),
    path("lingua/", include(language)),
]

handler400 = "ordito.web.views.unreadable"
handler403 = "ordito.web.views.refused"
handler404 = "ordito.web.views.not_found"
handler500 = "ordito.web.views.broken"
