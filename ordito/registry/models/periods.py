"""Rows that hold from a day to another."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """The rows that hold on that day; an end that is not known does not exclude."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
        )


class Dated(models.Model):
    """A fact that holds from `since` to `until`, both included; empty means not known or open."""

    since = models.DateField(_("dal"), null=True, blank=True)
    until = models.DateField(_("al"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("La data di fine viene prima della data di inizio."),
            ),
        )
