"""People, and the roles they hold in a district."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.registry.models.organisations import Organisation
from ordito.registry.models.periods import Dated, DatedQuerySet
from ordito.registry.models.territories import District


class DistrictRoleQuerySet(DatedQuerySet):
    def of_staff(self, user: User) -> Self:
        """The roles that make the user staff of a district today."""
        return self.in_force(date.today()).filter(user=user, kind__in=DistrictRole.STAFF)


class DistrictRole(Dated):
    """What a user does for a district, from a day to another."""

    class Kind(models.TextChoices):
        PLAN_COORDINATOR = "plan_coordinator", _("coordinamento dell'Ufficio di Piano")
        PLAN_STAFF = "plan_staff", _("operatore dell'Ufficio di Piano")
        MAYOR = "mayor", _("sindaco o assessore delegato")
        TECHNICAL_MEMBER = "technical_member", _("componente del Tavolo Tecnico")
        SOCIAL_WORKER = "social_worker", _("assistente sociale comunale")
        PROCEDURE_OFFICER = "procedure_officer", _("responsabile del procedimento")
        FACILITATOR = "facilitator", _("facilitatore")
        REGIONAL_OFFICER = "regional_officer", _("funzionario regionale o dell'ATS")
        EVALUATOR = "evaluator", _("valutatore")
        COMPLIANCE = "compliance", _("RPCT, RTD o DPO")
        DELEGATE = "delegate", _("delegato di un ente")

    STAFF: ClassVar = frozenset({Kind.PLAN_COORDINATOR, Kind.PLAN_STAFF})

    user = models.ForeignKey(User, models.CASCADE, related_name="district_roles")
    district = models.ForeignKey(District, models.CASCADE, related_name="roles")
    kind = models.CharField(_("ruolo"), max_length=18, choices=Kind)

    objects = DistrictRoleQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["kind"]
        verbose_name = _("ruolo")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "user",
                "district",
                "kind",
                condition=Q(until__isnull=True),
                name="one_open_role_of_a_kind",
                violation_error_message=_("Questa persona ha già il ruolo."),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The people of the districts where the user is staff, and the user's own rows."""
        if not user.is_authenticated:
            return self.none()
        staffed = DistrictRole.objects.of_staff(user)
        return self.filter(Q(district__in=staffed.values("district")) | Q(user=user))


class Person(models.Model):
    """Someone who takes part on behalf of an organisation, as one district knows them."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, models.CASCADE, related_name="people")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="people", verbose_name=_("ente")
    )
    name = models.CharField(_("nome e cognome"), max_length=200)
    email = models.EmailField(_("posta elettronica"), blank=True)
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="people")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("persona")
        verbose_name_plural = _("persone")

    def __str__(self) -> str:
        return self.name
