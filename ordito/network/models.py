"""What people outside tell a district."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.registry.models import District, DistrictRole


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Only the staff of the district reads what people wrote to it."""
        if not user.is_authenticated:
            return self.none()
        staffed = DistrictRole.objects.of_staff(user)
        return self.filter(district__in=staffed.values("district"))

    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)


class Feedback(models.Model):
    """A message left on the public pages: open until the office writes what it did about it."""

    district = models.ForeignKey(District, models.CASCADE, related_name="feedback")
    page = models.CharField(_("pagina"), max_length=300, blank=True)
    text = models.TextField(_("messaggio"), max_length=4_000)
    email = models.EmailField(_("posta elettronica per la risposta"), blank=True)
    sent_at = models.DateTimeField(_("ricevuto il"), auto_now_add=True)
    settled_at = models.DateTimeField(_("chiuso il"), null=True)
    outcome = models.TextField(_("che cosa è stato fatto"), blank=True, max_length=4_000)
    token = models.UUIDField(unique=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-sent_at"]
        verbose_name = _("segnalazione")
        verbose_name_plural = _("segnalazioni")

    def __str__(self) -> str:
        return self.text[:80]
