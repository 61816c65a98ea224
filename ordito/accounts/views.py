"""Sign-in pages: allauth's views, where they must do something of ours."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import (
    ConfirmLoginCodeView,
    LoginView,
    PasswordResetView,
    RequestLoginCodeView,
)
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from ordito.accounts.forms import (
    ActivateFactorForm,
    AskCodeForm,
    AskNewPasswordForm,
    EnterCodeForm,
    PasswordForm,
)


class SignIn(LoginView):
    """Two ways in: a code by e-mail, or a password."""

    form_class = PasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"code_form": AskCodeForm()}


class AskCode(RequestLoginCodeView):
    """Sends a code, or a word to who is not registered: the page is the same."""

    form_class = AskCodeForm
    template_name = "ui/form_page.html"

    def form_valid(self, form: AskCodeForm) -> HttpResponse:
        if form._user is None:
            get_adapter().tell_unknown(form.cleaned_data["email"])
        return super().form_valid(form)


class EnterCode(ConfirmLoginCodeView):
    """The code is typed, or comes with the link of the message, and waits for a button.

    A link alone enters nobody: mail filters open links before people do.
    """

    form_class = EnterCodeForm

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        waits = LoginStageController.enter(request, LoginByCodeStage.key)
        if waits or request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        context = {"code": request.GET.get("codice", "")[:20]}
        status = 422 if request.method == "POST" else 200
        return render(request, "accounts/code_elsewhere.html", context, status=status)

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.request.GET.get("codice", "")[:20]}


class AskNewPassword(PasswordResetView):
    """Sends a link to a new password, or a word to who is not registered."""

    form_class = AskNewPasswordForm
    template_name = "ui/form_page.html"

    def form_valid(self, form: AskNewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code == 302 and not form.users:
            get_adapter().tell_unknown(form.cleaned_data["email"])
        return response


class ActivateFactor(ActivateTOTPView):
    """The app shows that it has the key: this session has passed its second factor."""

    form_class = ActivateFactorForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context | {"secret": " ".join(groups)}

    def form_valid(self, form: ActivateFactorForm) -> HttpResponse:
        response = super().form_valid(form)
        factor = Authenticator.objects.get(
            user_id=self.request.user.pk, type=Authenticator.Type.TOTP
        )
        post_authentication(self.request, factor, reauthenticated=True)
        return response


class RemoveFactor(DeactivateTOTPView):
    """Without the app, what it proved in this session no longer counts."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        records = get_authentication_records(self.request, self.request.user)
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record["method"] != "mfa"
        ]
        return response
