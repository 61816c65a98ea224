"""Putting a file in the archive: content checked, bytes on disk before the row."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.archive.models import StoredFile
from ordito.archive.uploads import LIMIT, TooLarge
from ordito.registry.models import District

# What a scanner or a telephone makes, known by its first bytes and not by its name.
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


def check_scan(upload: UploadedFile) -> str:
    """The media type of a scan, read from its content. Raises ValidationError."""
    if isinstance(upload, TooLarge):
        raise ValidationError(
            _(
                "Il file pesa %(size)s MB e il limite è %(limit)s MB: scandite in bianco e nero o a 150 dpi."
            ),
            code="too_large",
            params={"size": (upload.size or 0) // 2**20, "limit": LIMIT // 2**20},
        )
    head = upload.read(16)
    upload.seek(0)
    for signature, media_type in SIGNATURES.items():
        if head.startswith(signature):
            return media_type
    raise ValidationError(
        _("Questo file non è un PDF né un'immagine JPEG o PNG: caricate la scansione del foglio."),
        code="wrong_type",
    )


def put(upload: UploadedFile, *, about: models.Model, district: District, by: User) -> StoredFile:
    """Store a scan for a subject; the same bytes for the same subject are stored once.

    The bytes are on disk before the row is written: a crash can leave a file without a row,
    never a row without its file. Raises ValidationError as check_scan.
    """
    media_type = check_scan(upload)
    digest = _write(upload)
    stored, _created = StoredFile.objects.get_or_create(
        subject_type=about._meta.label_lower,
        subject_id=str(about.pk),
        sha256=digest,
        defaults={
            "district": district,
            "name": _readable_name(upload.name or ""),
            "media_type": media_type,
            "size": upload.size or 0,
            "by_key": by.person_key.key,
        },
    )
    return stored


def files_of(thing: models.Model) -> models.QuerySet[StoredFile]:
    """The files stored for a subject, newest first."""
    return StoredFile.objects.filter(subject_type=thing._meta.label_lower, subject_id=str(thing.pk))


def _readable_name(name: str) -> str:
    """The last part of a file's name, without what a screen or a database cannot hold."""
    last = Path(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[-255:] or "scansione"


def _write(upload: UploadedFile) -> str:
    folder = settings.ORDITO_DATA / "files"
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix="tmp-", delete=False) as target:
        for chunk in upload.chunks():
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    final = folder / digest.hexdigest()[:2] / digest.hexdigest()
    final.parent.mkdir(exist_ok=True)
    os.replace(target.name, final)
    parent = os.open(final.parent, os.O_RDONLY)
    os.fsync(parent)
    os.close(parent)
    return digest.hexdigest()
