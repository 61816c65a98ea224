"""When bodies meet and who was there; what a source states instead; the dates to remember."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.models.bodies import Body
from ordito.registry.models import District, DistrictRole, Organisation, Person


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(body__in=Body.objects.visible_to(user))

    def expected(self, day: date) -> Self:
        """Meetings to come: neither cancelled nor already closed."""
        return self.filter(held_on__gte=day, status=Meeting.Status.OPEN)

    def unclosed(self, day: date) -> Self:
        """Meetings already held whose roll is still open."""
        return self.filter(status=Meeting.Status.OPEN, held_on__lte=day)


class Meeting(models.Model):
    """One meeting of a body: its roll is open until it is closed for good, or it is cancelled.

    `roll_version` grows at each saving of the roll, so that two people never overwrite each other.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("presenze aperte")
        CLOSED = "closed", _("presenze chiuse")
        CANCELLED = "cancelled", _("annullato")
        STATED = "stated", _("riportato dalla fonte, senza elenco delle presenze")

    class Method(models.TextChoices):
        PLENARY = "plenary", _("plenaria")
        PROJECT_GROUPS = "project_groups", _("gruppi di progetto")
        DOCUMENTS = "documents", _("analisi di documenti")
        MIXED = "mixed", _("mista")

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("data"))
    turn = models.PositiveSmallIntegerField(_("numero nella giornata"), default=1)
    starts_at = models.TimeField(_("dalle"), null=True, blank=True)
    ends_at = models.TimeField(_("alle"), null=True, blank=True)
    place = models.CharField(_("luogo"), max_length=200, blank=True)
    link = models.URLField(_("collegamento a distanza"), blank=True)
    method = models.CharField(_("modalità"), max_length=14, choices=Method, blank=True)
    agenda = models.TextField(_("ordine del giorno"), blank=True)
    status = models.CharField(_("stato"), max_length=9, choices=Status, default=Status.OPEN)
    roll_version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-held_on", "-turn"]
        verbose_name = _("incontro")
        verbose_name_plural = _("incontri")
        constraints = (
            models.UniqueConstraint("body", "held_on", "turn", name="one_meeting_a_turn"),
        )

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y}" + (f" ({self.turn})" if self.turn > 1 else "")

    @property
    def day_slug(self) -> str:
        """The last part of its address: the date, with the turn from the second on."""
        return f"{self.held_on:%Y-%m-%d}" + (f"-{self.turn}" if self.turn > 1 else "")

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Names are for the staff of the district and for the organisation they speak for."""
        if not user.is_authenticated:
            return self.none()
        staffed = DistrictRole.objects.of_staff(user)
        own = Person.objects.filter(user=user)
        return self.filter(
            Q(meeting__body__district__in=staffed.values("district"))
            | Q(
                organisation__in=own.values("organisation"),
                meeting__body__district__in=own.values("district"),
            )
        )


class Attendance(models.Model):
    """One person at a meeting, for which organisation and in what quality.

    The organisation is what counts: two of its people are one organisation. An excused
    organisation has a row without being present.
    """

    class Quality(models.TextChoices):
        DELEGATE = "delegate", _("delegato")
        SUBSTITUTE = "substitute", _("supplente")
        GUEST = "guest", _("ospite")
        MUNICIPAL_STAFF = "municipal_staff", _("operatore comunale")
        POLITICIAN = "politician", _("referente politico")
        EXCUSED = "excused", _("assente giustificato")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="attendances", verbose_name=_("ente")
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    person_name = models.CharField(_("nome e cognome"), max_length=200, blank=True)
    quality = models.CharField(_("qualità"), max_length=16, choices=Quality)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name", "pk"]
        verbose_name = _("presenza")
        verbose_name_plural = _("presenze")
        constraints = (
            models.UniqueConstraint(
                "meeting",
                "organisation",
                "person",
                condition=Q(person__isnull=False),
                name="one_attendance_a_person",
            ),
            models.UniqueConstraint(
                "meeting",
                "organisation",
                "person_name",
                condition=Q(person__isnull=True),
                name="one_attendance_a_name",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.organisation_id}"


class StatedAttendance(models.Model):
    """What a source states of a body's meetings as a whole, with no roll behind it.

    It stays outside the ledger and is shown as "dichiarato dalla fonte".
    """

    class Unit(models.TextChoices):
        UNKNOWN = "unknown", _("unità non dichiarata")
        ORGANISATIONS = "organisations", _("organizzazioni")
        PERSONS = "persons", _("persone")

    body = models.OneToOneField(Body, models.CASCADE, related_name="stated")
    n_meetings = models.PositiveSmallIntegerField(_("incontri"), validators=[MinValueValidator(1)])
    mean = models.DecimalField(_("partecipanti in media"), max_digits=6, decimal_places=1)
    n_adhesions = models.PositiveIntegerField(_("adesioni"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unità"), max_length=13, choices=Unit, default=Unit.UNKNOWN)
    is_rounded = models.BooleanField(_("media arrotondata"), default=True)
    is_formal = models.BooleanField(_("adesioni formalizzate"), default=True)
    source = models.CharField(_("fonte"), max_length=300)

    class Meta:
        verbose_name = _("partecipazione dichiarata dalla fonte")

    def __str__(self) -> str:
        return f"{self.mean.normalize() if self.mean % 1 else int(self.mean)} / {self.n_adhesions}"

    @property
    def half_step(self) -> Decimal:
        """How far the true mean may lie from the one printed."""
        return Decimal("0.5") if self.is_rounded else Decimal(0)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Public dates of visible districts, and those of the user's own."""
        public = Q(is_public=True, district__in=District.objects.visible_to(user))
        return self.filter(public | Q(district__in=District.objects.of(user)))


class Deadline(models.Model):
    """A date that the district must not miss, or that it has set for others."""

    district = models.ForeignKey(District, models.CASCADE, related_name="deadlines")
    due_on = models.DateField(_("data"))
    title = models.CharField(_("scadenza"), max_length=300)
    source = models.CharField(_("fonte"), max_length=300, blank=True)
    is_public = models.BooleanField(_("compare nel calendario pubblico"), default=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on"]
        verbose_name = _("scadenza")
        verbose_name_plural = _("scadenze")

    def __str__(self) -> str:
        return self.title
