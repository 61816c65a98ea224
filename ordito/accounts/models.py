"""Who signs in, and the key under which the ledger knows them."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().select_related("person_key")

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Store a user with their ledger key; without a password they enter by e-mail code."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        PersonKey.objects.create(user=user)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, known by their e-mail address."""

    email = models.EmailField(_("posta elettronica"), unique=True)
    name = models.CharField(_("nome e cognome"), max_length=200)
    is_active = models.BooleanField(_("attivo"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("utente")
        verbose_name_plural = _("utenti")

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def memo(self) -> dict[str, Any]:
        """What the apps above have already read about this loaded user, by name."""
        return {}


class PersonKey(models.Model):
    """The random key that stands for a person in the ledger; erasing the row erases the link."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.OneToOneField(User, models.CASCADE, related_name="person_key")

    class Meta:
        verbose_name = _("chiave di registrazione")

    def __str__(self) -> str:
        return str(self.key)
