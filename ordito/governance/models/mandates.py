"""What a body is asked to do, and what comes of it."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.models.bodies import Body


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(body__in=Body.objects.visible_to(user))

    def current(self) -> Self:
        """Mandates that no later version replaces."""
        return self.filter(replacement__isnull=True)


class Mandate(models.Model):
    """A task given to a body. Its issuer and date may be unknown, and be added later."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="mandates")
    issuer = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued",
        verbose_name=_("mandante"),
    )
    issued_on = models.DateField(_("data del mandato"), null=True, blank=True)
    act_reference = models.CharField(_("estremi dell'atto"), max_length=200, blank=True)
    text = models.TextField(_("testo del mandato"))
    plan_line = models.CharField(_("linea del Piano di Zona che serve"), max_length=300, blank=True)
    due_on = models.DateField(_("termine"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-issued_on", "-pk"]
        verbose_name = _("mandato")
        verbose_name_plural = _("mandati")

    def __str__(self) -> str:
        return self.text[:80]


class OutputQuerySet(models.QuerySet["Output"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(body__in=Body.objects.visible_to(user))


class Output(models.Model):
    """A result of a body: expected by its mandate, or born of its own work."""

    class Status(models.TextChoices):
        EXPECTED = "expected", _("atteso")
        IN_PROGRESS = "in_progress", _("in elaborazione")
        DRAFTED = "drafted", _("bozza redatta")
        COMPLETED = "completed", _("elaborato")
        SHARED = "shared", _("condiviso in plenaria")
        SENT = "sent", _("trasmesso al mandante")
        SUBMITTED = "submitted", _("presentato")
        UNDER_REVIEW = "under_review", _("in istruttoria")
        ADOPTED = "adopted", _("recepito")
        PARTLY_ADOPTED = "partly_adopted", _("recepito in parte")
        NOT_ADOPTED = "not_adopted", _("non recepito")
        SUPERSEDED = "superseded", _("superato")

    DELIVERED: ClassVar = frozenset(
        {
            Status.COMPLETED,
            Status.SHARED,
            Status.SENT,
            Status.SUBMITTED,
            Status.UNDER_REVIEW,
            Status.ADOPTED,
            Status.PARTLY_ADOPTED,
            Status.NOT_ADOPTED,
        }
    )
    NEED_REASON: ClassVar = frozenset(
        {Status.PARTLY_ADOPTED, Status.NOT_ADOPTED, Status.SUPERSEDED}
    )

    body = models.ForeignKey(Body, models.CASCADE, related_name="outputs")
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outputs",
        verbose_name=_("atteso dal mandato"),
    )
    title = models.CharField(_("titolo"), max_length=300)
    status = models.CharField(_("stato"), max_length=14, choices=Status)
    status_on = models.DateField(_("data dello stato"), null=True, blank=True)
    reason = models.CharField(_("motivo"), max_length=500, blank=True)
    due_on = models.DateField(_("atteso entro il"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = OutputQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("prodotto")
        verbose_name_plural = _("prodotti")

    def __str__(self) -> str:
        return self.title
