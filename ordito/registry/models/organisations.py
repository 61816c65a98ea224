"""Organisations of every kind, their identifiers, and the districts they take part in."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.registry.identifiers import fiscal_code, runts_number, vat_number
from ordito.registry.models.periods import Dated, DatedQuerySet
from ordito.registry.models.territories import District, Territory


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Organisations that chose to be listed, and all those of the user's own districts."""
        listed = Q(is_listed=True, affiliations__district__is_public=True)
        if user.is_authenticated:
            listed |= Q(affiliations__district__in=District.objects.of(user))
        return self.filter(pk__in=Organisation.objects.filter(listed).values("pk"))


class Organisation(models.Model):
    """A body that acts in a network: the unit of every measure."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("comune")
        HEALTH_AUTHORITY = "health_authority", _("azienda sanitaria")
        SCHOOL = "school", _("istituzione scolastica o formativa")
        EMPLOYMENT_SERVICE = "employment_service", _("servizio per l'impiego")
        PUBLIC_BODY = "public_body", _("altro ente pubblico")
        SOCIAL_COOPERATIVE = "social_cooperative", _("cooperativa sociale")
        ODV = "odv", _("organizzazione di volontariato")
        APS = "aps", _("associazione di promozione sociale")
        ASSOCIATION = "association", _("associazione")
        FOUNDATION = "foundation", _("fondazione")
        SOCIAL_ENTERPRISE = "social_enterprise", _("impresa sociale")
        RELIGIOUS_BODY = "religious_body", _("ente religioso")
        UNION = "union", _("organizzazione sindacale")
        COMPANY = "company", _("impresa")
        INFORMAL_GROUP = "informal_group", _("gruppo informale")
        THIRD_SECTOR = "third_sector", _("ente del Terzo settore")

    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    name = models.CharField(_("denominazione"), max_length=300)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind)
    seat = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("sede"),
    )
    email = models.EmailField(_("posta elettronica"), blank=True)
    website = models.URLField(_("sito"), blank=True)
    is_listed = models.BooleanField(_("compare nelle pagine pubbliche"), default=True)
    is_placeholder = models.BooleanField(
        _("segnaposto: la fonte dà il numero, non il nome"), default=False
    )
    districts: "models.ManyToManyField[District, Affiliation]" = models.ManyToManyField(
        District, through="Affiliation", related_name="+"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("ente")
        verbose_name_plural = _("enti")

    def __str__(self) -> str:
        return self.name


class Identifier(Dated):
    """A code that a register gave to an organisation, and when it was valid."""

    class Scheme(models.TextChoices):
        FISCAL_CODE = "fiscal_code", _("codice fiscale")
        VAT_NUMBER = "vat_number", _("partita IVA")
        RUNTS = "runts", _("numero di repertorio RUNTS")
        IPA = "ipa", _("codice IPA")

    CHECKS: ClassVar = {
        Scheme.FISCAL_CODE: fiscal_code,
        Scheme.VAT_NUMBER: vat_number,
        Scheme.RUNTS: runts_number,
    }

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("registro"), max_length=12, choices=Scheme)
    value = models.CharField(_("codice"), max_length=40)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["scheme"]
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "scheme",
                "value",
                condition=Q(until__isnull=True),
                name="one_organisation_per_current_code",
                violation_error_message=_("Questo codice appartiene già a un altro ente."),
            ),
        )

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Write the code in its usual form and refuse one whose check digit is wrong."""
        if self.organisation.kind == Organisation.Kind.INFORMAL_GROUP:
            raise ValidationError(
                {"value": _("Un gruppo informale non ha codici: lasciate vuoto il campo.")}
            )
        if check := self.CHECKS.get(self.Scheme(self.scheme)):
            self.value = check(self.value)


class AffiliationQuerySet(DatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class Affiliation(Dated):
    """An organisation takes part in the life of a district, and how it came in."""

    class Ground(models.TextChoices):
        MEMBER = "member", _("comune associato")
        CALL = "call", _("adesione a un avviso pubblico")
        REQUEST = "request", _("propria richiesta")
        INSTITUTIONAL = "institutional", _("compito istituzionale")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations")
    district = models.ForeignKey(District, models.CASCADE, related_name="affiliations")
    ground = models.CharField(_("a titolo di"), max_length=14, choices=Ground)
    note = models.CharField(_("nota"), max_length=300, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["organisation__name"]
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "organisation",
                "district",
                condition=Q(until__isnull=True),
                name="one_open_affiliation",
                violation_error_message=_("Questo ente fa già parte dell'ambito."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.district_id}"
