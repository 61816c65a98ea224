"""Stored files: the bytes are found by their hash and never change."""

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ordito.registry.models import District


class StoredFile(models.Model):
    """A file handed in for something that lies above: who sees the subject decides who reads it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, models.PROTECT, related_name="files")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    name = models.CharField(_("nome del file"), max_length=255)
    media_type = models.CharField(_("formato"), max_length=60)
    size = models.PositiveBigIntegerField(_("byte"))
    sha256 = models.CharField(_("impronta"), max_length=64)
    stored_at = models.DateTimeField(_("caricato il"), auto_now_add=True)
    by_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-stored_at"]
        verbose_name = _("file")
        verbose_name_plural = _("file")
        constraints = (
            models.UniqueConstraint(
                "subject_type", "subject_id", "sha256", name="same_file_once_per_subject"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return settings.ORDITO_DATA / "files" / self.sha256[:2] / self.sha256
