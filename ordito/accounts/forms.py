"""The forms of sign-in: allauth's, with our words."""

import unicodedata
from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

# Longer than a code of the app is accepted: its own half minute and the one on either side.
FACTOR_SECONDS = 120


class Worded(forms.Form):
    """Labels and helps of Ordito by field name, and no placeholder that repeats a label."""

    labels: ClassVar[dict[str, Any]] = {
        "email": _("Posta elettronica"),
        "login": _("Posta elettronica"),
        "password": _("Password"),
        "oldpassword": _("Password attuale"),
        "password1": _("Nuova password"),
        "password2": _("Nuova password, di nuovo"),
    }
    helps: ClassVar[dict[str, Any]] = {
        "password1": _("Almeno 12 caratteri: una frase si ricorda meglio di una parola."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class PasswordForm(Worded, LoginForm):
    """Address and password."""


class AskCodeForm(Worded, RequestLoginCodeForm):
    """The address that receives a code."""


class EnterCodeForm(Worded, ConfirmLoginCodeForm):
    """The code received by e-mail."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Codice ricevuto per posta")}


class PasswordAgainForm(Worded, ReauthenticateForm):
    """The password, before touching how one signs in."""


class AskNewPasswordForm(Worded, ResetPasswordForm):
    """The address that receives the link to a new password."""


class Twice(Worded):
    """A new password, written twice."""

    def clean(self) -> dict[str, Any]:
        """Takes the place of allauth's own check, to say it in our words."""
        written = self.cleaned_data
        if {"password1", "password2"} <= written.keys() and (
            written["password1"] != written["password2"]
        ):
            self.add_error("password2", _("Le due password sono diverse: riscrivetele."))
        return written


class NewPasswordForm(Twice, ResetPasswordKeyForm):
    """A new password, from the link received by e-mail."""


class OtherPasswordForm(Twice, ChangePasswordForm):
    """The password of today and the one of tomorrow."""


class FirstPasswordForm(Twice, SetPasswordForm):
    """A password for who has entered so far with a code."""


class FactorOnce(Worded):
    """A code of the app or of the reserve, accepted once however long the app's lasts."""

    user: Any
    labels: ClassVar[dict[str, Any]] = {"code": _("Codice")}
    helps: ClassVar[dict[str, Any]] = {
        "code": _("Le sei cifre dell'app, oppure uno dei codici di riserva."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # the form mixed in has it
        digits = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", code)))
        if not cache.add(f"second-factor:{self.user.pk}:{digits}", True, FACTOR_SECONDS):
            raise forms.ValidationError(
                _("Questo codice è già stato usato: aspettate il prossimo."), code="used"
            )
        return code


class ActivateFactorForm(FactorOnce, ActivateTOTPForm):
    """The first code of the app, which proves that it has the key."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Codice di sei cifre")}
    helps: ClassVar[dict[str, Any]] = {"code": _("Quello che l'app mostra in questo momento.")}


class FactorForm(FactorOnce, AuthenticateForm):
    """The second factor, while signing in."""


class SecondFactorAgainForm(FactorOnce, FactorAgainForm):
    """The second factor, in a session already open."""
