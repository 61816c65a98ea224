"""The append-only ledger: interactions, their parties, and the texts that can be erased."""

from typing import Any, ClassVar, Never, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.ledger.kinds import KINDS
from ordito.registry.models import District, Organisation


class Immutable(Exception):
    """Someone tried to change what was recorded."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **_values: Any) -> Never:
        raise Immutable("Entries are corrected by a new entry, never changed.")

    def delete(self) -> Never:
        raise Immutable("Entries are corrected by a new entry, never deleted.")

    def bulk_update(self, *_args: Any, **_options: Any) -> Never:
        raise Immutable("Entries are corrected by a new entry, never changed.")


class AppendOnly(models.Model):
    """A row that is written once; triggers refuse changes in the database too."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("Entries are corrected by a new entry, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        raise Immutable("Entries are corrected by a new entry, never deleted.")


class InteractionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Entries hold no personal data: whoever sees the district sees its ledger."""
        return self.filter(district__in=District.objects.visible_to(user))

    def standing(self) -> Self:
        """Entries that no later entry corrects."""
        return self.filter(correction__isnull=True)

    def about(self, thing: models.Model) -> Self:
        return self.filter(subject_type=thing._meta.label_lower, subject_id=str(thing.pk))


class Interaction(AppendOnly):
    """One thing that happened between organisations, in the chain of a district."""

    class Source(models.TextChoices):
        ACT = "act", _("compiuta in Ordito")
        IMPORT = "import", _("importata")
        MANUAL = "manual", _("registrata a posteriori")

    district = models.ForeignKey(District, models.PROTECT, related_name="interactions")
    seq = models.PositiveIntegerField(_("numero"))
    kind = models.CharField(_("tipo"), max_length=60)
    key = models.CharField(max_length=120)
    occurred_on = models.DateField(_("in data"), null=True)
    recorded_at = models.DateTimeField(_("registrata il"))
    by_key = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(_("oggetto"), max_length=300)
    facts = models.JSONField(default=dict)
    note_hash = models.CharField(max_length=64, blank=True)
    source = models.CharField(_("origine"), max_length=6, choices=Source)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", verbose_name=_("corregge")
    )
    hash = models.CharField(_("impronta"), max_length=64)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-seq"]
        verbose_name = _("registrazione")
        verbose_name_plural = _("registrazioni")
        constraints = (
            models.UniqueConstraint("district", "seq", name="one_entry_per_number"),
            models.UniqueConstraint("district", "key", name="one_entry_per_key"),
        )
        indexes = (
            models.Index("subject_type", "subject_id", name="entries_about"),
            models.Index("district", "kind", "occurred_on", name="entries_of_a_kind"),
        )

    def __str__(self) -> str:
        return f"n. {self.seq}"

    @property
    def kind_label(self) -> str:
        """The kind in words; a code that this version does not know still shows."""
        known = KINDS.get(self.kind)
        return str(known.label) if known else self.kind


class PartyQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(interaction__district__in=District.objects.visible_to(user))


class Party(AppendOnly):
    """An organisation that took part in an interaction, and how."""

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="interactions")
    role = models.CharField(_("come"), max_length=20)

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "organisation_id"]
        constraints = (
            models.UniqueConstraint("interaction", "organisation", "role", name="one_party_a_role"),
        )

    def __str__(self) -> str:
        return self.role


class Note(models.Model):
    """The free text of an entry: kept outside the chain, so that it can be erased with its salt."""

    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="note")
    salt = models.CharField(max_length=32)
    text = models.TextField(_("testo"))

    class Meta:
        verbose_name = _("testo di una registrazione")

    def __str__(self) -> str:
        return self.text[:80]
