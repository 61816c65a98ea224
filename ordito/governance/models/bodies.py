"""Bodies, the seats and adhesions that make their roster, and the people designated to them."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.registry.models import District, Organisation, Person
from ordito.registry.models.periods import Dated, DatedQuerySet


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Public bodies of the districts that the user sees, and every body of the user's own."""
        public = Q(is_public=True, district__in=District.objects.visible_to(user))
        return self.filter(public | Q(district__in=District.objects.of(user)))

    def labs(self) -> Self:
        """The bodies whose roster is made of adhesions."""
        return self.filter(kind__in=Body.BY_ADHESION)


class Body(models.Model):
    """An organ of a district: an assembly, a table, an office, a lab."""

    class Kind(models.TextChoices):
        MAYORS_ASSEMBLY = "mayors_assembly", _("Assemblea dei Sindaci")
        TECHNICAL_TABLE = "technical_table", _("Tavolo Tecnico")
        PLAN_OFFICE = "plan_office", _("Ufficio di Piano")
        LAB = "lab", _("laboratorio di governance")
        PLENARY = "plenary", _("plenaria della rete")
        UNIFIED_TABLE = "unified_table", _("Tavolo Unificato")
        PROJECT_GROUP = "project_group", _("gruppo di progetto")
        FOCUS_GROUP = "focus_group", _("focus group")

    class Level(models.TextChoices):
        POLITICAL = "political", _("Indirizzo e programmazione")
        TECHNICAL = "technical", _("Strategie e loro attuazione")
        OPERATIONAL = "operational", _("Coordinamento e gestione")
        PARTICIPATION = "participation", _("Partecipazione")

    BY_ADHESION: ClassVar = frozenset({Kind.LAB, Kind.PLENARY})
    LEVELS: ClassVar = {
        Kind.MAYORS_ASSEMBLY: Level.POLITICAL,
        Kind.TECHNICAL_TABLE: Level.TECHNICAL,
        Kind.PLAN_OFFICE: Level.OPERATIONAL,
    }

    district = models.ForeignKey(District, models.PROTECT, related_name="bodies")
    slug = models.SlugField(_("indirizzo"), max_length=80)
    name = models.CharField(_("denominazione"), max_length=200)
    kind = models.CharField(_("tipo"), max_length=16, choices=Kind)
    purpose = models.TextField(_("compito"), blank=True)
    method = models.CharField(_("modalità organizzativa"), max_length=300, blank=True)
    established_on = models.DateField(_("istituito il"), null=True, blank=True)
    established_by = models.CharField(_("atto istitutivo"), max_length=200, blank=True)
    follow_up = models.TextField(_("prosecuzione dei lavori"), blank=True)
    is_public = models.BooleanField(_("compare nelle pagine pubbliche"), default=True)
    order = models.PositiveSmallIntegerField(_("ordine"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "name"]
        verbose_name = _("organismo")
        verbose_name_plural = _("organismi")
        constraints = (
            models.UniqueConstraint(
                "district",
                "slug",
                name="one_body_per_address",
                violation_error_message=_("Esiste già un organismo con questo nome."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> Level:
        return self.LEVELS.get(self.Kind(self.kind), self.Level.PARTICIPATION)

    @property
    def is_by_adhesion(self) -> bool:
        """Whether its roster is made of adhesions, and not of seats."""
        return self.kind in self.BY_ADHESION

    @property
    def sitting(self) -> str:
        """What a meeting of this body is called."""
        return str(_("seduta") if self.kind == self.Kind.MAYORS_ASSEMBLY else _("incontro"))

    def roster(self, day: date) -> models.QuerySet[Organisation]:
        """The organisations that take part by right on that day."""
        rows = self.adhesions if self.is_by_adhesion else self.seats
        return Organisation.objects.filter(pk__in=rows.in_force(day).values("organisation"))


class Seat(Dated):
    """An organisation that sits in a body by its composition."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="seats", verbose_name=_("ente")
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["organisation__name"]
        verbose_name = _("componente")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "body",
                "organisation",
                condition=Q(until__isnull=True),
                name="one_open_seat",
                violation_error_message=_("Questo ente è già componente dell'organismo."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.body_id}"


class Adhesion(Dated):
    """An organisation that joined a lab; `signed_on` is the day of its signed form."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="adhesions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="adhesions", verbose_name=_("ente")
    )
    signed_on = models.DateField(_("modulo firmato il"), null=True, blank=True)
    brings = models.CharField(_("valore portato"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["organisation__name"]
        verbose_name = _("adesione")
        verbose_name_plural = _("adesioni")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "body",
                "organisation",
                condition=Q(until__isnull=True),
                name="one_open_adhesion",
                violation_error_message=_("Questo ente aderisce già."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.body_id}"


class Designation(Dated):
    """A person whom an organisation designated to speak for it in a body."""

    class Quality(models.TextChoices):
        TITULAR = "titular", _("delegato titolare")
        SUBSTITUTE = "substitute", _("supplente")

    body = models.ForeignKey(Body, models.CASCADE, related_name="designations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="designations", verbose_name=_("ente")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="designations", verbose_name=_("persona")
    )
    quality = models.CharField(_("qualità"), max_length=10, choices=Quality)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["-quality", "person__name"]
        verbose_name = _("designazione")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "body",
                "organisation",
                "person",
                condition=Q(until__isnull=True),
                name="one_open_designation",
                violation_error_message=_("Questa persona è già designata."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}/{self.body_id}"


class BodyRole(Dated):
    """Who leads or serves a body, whatever organisation they come from."""

    class Kind(models.TextChoices):
        CHAIR = "chair", _("presidente")
        COORDINATOR = "coordinator", _("coordinatore")
        FACILITATOR = "facilitator", _("facilitatore")
        MINUTE_TAKER = "minute_taker", _("verbalizzante")

    body = models.ForeignKey(Body, models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="body_roles", verbose_name=_("persona")
    )
    kind = models.CharField(_("ruolo"), max_length=12, choices=Kind)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["kind"]
        verbose_name = _("ruolo nell'organismo")

    def __str__(self) -> str:
        return self.get_kind_display()
