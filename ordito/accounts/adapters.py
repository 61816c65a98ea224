"""How Ordito uses django-allauth: nobody signs up alone, and identities find their user."""

import time
from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest  # noqa: TID251  allauth hands it over
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("L'indirizzo o la password non sono giusti."),
        "enter_current_password": _("Scrivete la password attuale."),
        "incorrect_password": _("La password non è giusta."),
        "incorrect_code": _("Il codice non è giusto: ricopiatelo dal messaggio."),
        "invalid_password_reset": _("Il collegamento è scaduto: chiedetene un altro."),
        "too_many_login_attempts": _("Troppi tentativi: riprovate fra un quarto d'ora."),
        "rate_limited": _("Troppe richieste: riprovate fra un quarto d'ora."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's own)
        """People are registered by their office."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Add to the sign-in message a link that carries its code, good once and 15 minutes."""
        if code := context.get("code"):
            query = {"codice": code}
            if destination := get_next_redirect_url(self.request):
                query["next"] = destination
            page = self.request.build_absolute_uri(reverse("account_confirm_login_code"))
            context["link"] = f"{page}?{urlencode(query)}"
        super().send_mail(template_prefix, email, context)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  (allauth's own)
        return reverse("mfa_index")

    def tell_unknown(self, email: str) -> None:
        """Write to an address that nobody has here.

        It helps who registered another one, and the answer takes as long as for a known address.
        """
        self.send_mail("account/email/unknown_account", email, {})

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for the password only minutes after it was given, not at once."""
        records = get_authentication_records(self.request, self.request.user)
        oldest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > oldest for record in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class IdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002  (allauth's own)
        """An identity enters only if its e-mail address is that of a registered person."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002  (allauth's own)
        """Refuse to tie an identity to whoever is signed in: its address alone decides."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise PermissionDenied

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The registered user who has an address that the issuer calls verified, and the address.

        Some issuers write the word "false", which would count as true.
        """
        sociallogin.email_addresses = [
            address
            for address in sociallogin.email_addresses
            if str(address.verified).lower() == "true"
        ]
        found: tuple[User, str] | None = super().authenticate_by_email(sociallogin)
        if found:
            user, email = found
            # The office vouches for the address: or else allauth would wipe the user's password.
            known = EmailAddress(user=user, email=email.lower(), verified=True)
            EmailAddress.objects.fill_cache_for_user(user, [known])
        return found
