"""How Ordito uses django-allauth: nobody signs up alone, and identities find their user."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest  # noqa: TID251  allauth hands it over
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's own)
        """People are registered by their office."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Add to the sign-in message a link that carries its code, good once and 15 minutes."""
        if code := context.get("code"):
            page = self.request.build_absolute_uri(reverse("account_confirm_login_code"))
            context["link"] = f"{page}?codice={code}"
        super().send_mail(template_prefix, email, context)


class IdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        """An identity enters only if its e-mail address is that of a registered person."""
        return False
