"""Territories, and the districts that tie them together."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ordito.accounts.models import User
from ordito.registry.models.periods import Dated, DatedQuerySet


class Territory(Dated):
    """A municipality, province or region as it stood between two dates, with its codes."""

    class Kind(models.TextChoices):
        REGION = "region", _("regione")
        PROVINCE = "province", _("provincia o città metropolitana")
        MUNICIPALITY = "municipality", _("comune")

    kind = models.CharField(_("tipo"), max_length=12, choices=Kind)
    name = models.CharField(_("denominazione"), max_length=200)
    istat_code = models.CharField(_("codice ISTAT"), max_length=6, blank=True)
    cadastral_code = models.CharField(_("codice catastale"), max_length=4, blank=True)
    inside = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("in")
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors"
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("territorio")
        verbose_name_plural = _("territori")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "istat_code",
                condition=~Q(istat_code="") & Q(until__isnull=True),
                name="one_current_territory_per_istat_code",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CensusCount(models.Model):
    """How many people a source counted in a territory on a day."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="counts")
    counted_on = models.DateField(_("data"))
    inhabitants = models.PositiveIntegerField(_("abitanti"))
    source = models.CharField(_("fonte"), max_length=200)

    class Meta:
        ordering: ClassVar = ["-counted_on"]
        constraints = (models.UniqueConstraint("territory", "counted_on", name="one_count_a_day"),)

    def __str__(self) -> str:
        return f"{self.inhabitants} ({self.counted_on:%Y})"


class DistrictQuerySet(models.QuerySet["District"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published districts, and those where the user has a role today."""
        if not user.is_authenticated:
            return self.filter(is_public=True)
        return self.filter(Q(is_public=True) | Q(pk__in=self._where(user))).distinct()

    def of(self, user: User | AnonymousUser) -> Self:
        """The districts where the user has a role today."""
        return self.filter(pk__in=self._where(user)) if user.is_authenticated else self.none()

    def _where(self, user: User) -> models.QuerySet:
        return user.district_roles.in_force(date.today()).values("district_id")


class District(models.Model):
    """The tenant: an Ambito, or a region or the State for what they hold themselves.

    The last group of fields fills the notices of its public pages.
    """

    class Level(models.TextChoices):
        STATE = "state", pgettext_lazy("livello di governo", "Stato")
        REGION = "region", _("regione")
        DISTRICT = "district", _("ambito")

    slug = models.SlugField(_("indirizzo"), max_length=80, unique=True)
    name = models.CharField(_("denominazione"), max_length=200)
    level = models.CharField(_("livello"), max_length=8, choices=Level, default=Level.DISTRICT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="districts"
    )
    description = models.TextField(_("descrizione"), blank=True)
    source = models.TextField(_("fonte dei dati"), blank=True)
    is_public = models.BooleanField(_("pubblicato"), default=False)
    is_demonstrative = models.BooleanField(_("dimostrativo"), default=False)
    territories: "models.ManyToManyField[Territory, DistrictTerritory]" = models.ManyToManyField(
        Territory, through="DistrictTerritory", related_name="districts"
    )

    controller = models.CharField(_("titolare del trattamento"), max_length=200, blank=True)
    controller_contact = models.CharField(_("recapito del titolare"), max_length=200, blank=True)
    dpo_contact = models.CharField(
        _("recapito del responsabile della protezione dei dati"), max_length=200, blank=True
    )
    accessibility_url = models.URLField(_("dichiarazione di accessibilità"), blank=True)
    feedback_email = models.EmailField(_("posta per le segnalazioni"), blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["is_demonstrative", "name"]
        verbose_name = _("ambito")
        verbose_name_plural = _("ambiti")

    def __str__(self) -> str:
        return self.name

    @property
    def missing_notices(self) -> list[str]:
        """The labels of the settings that its public notices still lack."""
        said = {
            _("titolare del trattamento"): self.controller,
            _("recapito del titolare"): self.controller_contact,
            _("recapito del responsabile della protezione dei dati"): self.dpo_contact,
            _("dichiarazione di accessibilità"): self.accessibility_url,
            _("posta per le segnalazioni"): self.feedback_email,
        }
        return [str(label) for label, value in said.items() if not value]


class DistrictTerritory(Dated):
    """A municipality that belongs to a district, and since when."""

    district = models.ForeignKey(District, models.CASCADE, related_name="memberships")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="memberships")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["territory__name"]

    def __str__(self) -> str:
        return f"{self.district_id}/{self.territory_id}"
