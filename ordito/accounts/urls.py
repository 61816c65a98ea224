"""The addresses of sign-in: allauth's pages that Ordito needs, under its names, and no other."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as reserve
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect import views as issuer
from django.urls import path, re_path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from ordito.accounts import forms, views


def form_page(
    view: type[View], title: Promise, action: Promise, intro: Promise | str = "", **more: Any
) -> Any:
    """The view, on the common page of a form."""
    words = {"title": title, "action": action, "intro": intro, "back": more.pop("back", None)}
    return view.as_view(template_name="ui/form_page.html", extra_context=words, **more)


def notice(view: type[View], title: Promise, text: Promise) -> Any:
    """The view, on a page that only says something and leads back to sign-in."""
    return view.as_view(
        template_name="accounts/notice.html", extra_context={"title": title, "text": text}
    )


YOUR_ACCESS = reverse_lazy("mfa_index")
SIGN_IN = reverse_lazy("account_login")

_in_and_out = [
    path("", views.SignIn.as_view(), name="account_login"),
    path("esci/", account.LogoutView.as_view(), name="account_logout"),
    path(
        "sospeso/",
        notice(
            account.AccountInactiveView,
            _("Accesso sospeso"),
            _("Il vostro accesso è sospeso: scrivete al vostro Ufficio di Piano."),
        ),
        name="account_inactive",
    ),
    path(
        "codice/",
        form_page(
            views.AskCode,
            _("Entrate con un codice per posta"),
            _("Mandatemi il codice"),
            _("Vi mandiamo un messaggio con un collegamento e un codice, validi quindici minuti."),
            back=SIGN_IN,
        ),
        name="account_request_login_code",
    ),
    path("codice/conferma/", views.EnterCode.as_view(), name="account_confirm_login_code"),
    path(
        "conferma/",
        form_page(
            account.ReauthenticateView,
            _("Confermate che siete voi"),
            _("Continuate"),
            _("State per cambiare come si entra: scrivete di nuovo la password."),
            form_class=forms.PasswordAgainForm,
            back=YOUR_ACCESS,
        ),
        name="account_reauthenticate",
    ),
]

_password = [
    path(
        "password/",
        form_page(
            account.PasswordChangeView,
            _("Cambiate la password"),
            _("Cambiate la password"),
            form_class=forms.OtherPasswordForm,
            back=YOUR_ACCESS,
        ),
        name="account_change_password",
    ),
    path(
        "password/prima/",
        form_page(
            account.PasswordSetView,
            _("Scegliete una password"),
            _("Salvate la password"),
            _("Potrete continuare a entrare anche con un codice per posta."),
            form_class=forms.FirstPasswordForm,
            back=YOUR_ACCESS,
        ),
        name="account_set_password",
    ),
    path(
        "password/nuova/",
        form_page(
            views.AskNewPassword,
            _("Password dimenticata"),
            _("Mandatemi il collegamento"),
            _("Vi mandiamo un collegamento per sceglierne un'altra."),
            back=SIGN_IN,
        ),
        name="account_reset_password",
    ),
    path(
        "password/nuova/inviata/",
        notice(
            account.PasswordResetDoneView,
            _("Controllate la posta"),
            _(
                "Se l'indirizzo è registrato, fra poco riceverete un collegamento per scegliere"
                " una nuova password. Guardate anche nella posta indesiderata."
            ),
        ),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/nuova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.PasswordResetFromKeyView.as_view(form_class=forms.NewPasswordForm),
        name="account_reset_password_from_key",
    ),
    path(
        "password/nuova/fatto/",
        notice(
            account.PasswordResetFromKeyDoneView,
            _("Password cambiata"),
            _("Da adesso entrate con la nuova password."),
        ),
        name="account_reset_password_from_key_done",
    ),
]

_second_factor = [
    path("secondo-fattore/", factor.IndexView.as_view(), name="mfa_index"),
    path(
        "secondo-fattore/entra/",
        factor.AuthenticateView.as_view(form_class=forms.FactorForm),
        name="mfa_authenticate",
    ),
    path(
        "secondo-fattore/conferma/",
        form_page(
            factor.ReauthenticateView,
            _("Confermate che siete voi"),
            _("Continuate"),
            form_class=forms.SecondFactorAgainForm,
        ),
        name="mfa_reauthenticate",
    ),
    path("secondo-fattore/app/", views.ActivateFactor.as_view(), name="mfa_activate_totp"),
    path(
        "secondo-fattore/app/togli/",
        form_page(
            views.RemoveFactor,
            _("Togliete l'app"),
            _("Togliete l'app"),
            _(
                "L'app e i codici di riserva non serviranno più per entrare. Chi lavora"
                " nell'Ufficio di Piano dovrà subito attivarne un'altra."
            ),
            back=YOUR_ACCESS,
        ),
        name="mfa_deactivate_totp",
    ),
    path(
        "secondo-fattore/riserva/",
        reserve.ViewRecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "secondo-fattore/riserva/nuovi/",
        form_page(
            reserve.GenerateRecoveryCodesView,
            _("Preparate nuovi codici di riserva"),
            _("Preparate nuovi codici"),
            _("I codici che avete adesso non varranno più."),
            back=YOUR_ACCESS,
        ),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "secondo-fattore/riserva/scarica/",
        reserve.DownloadRecoveryCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]

_identity = [
    path(
        "identita/annullato/",
        notice(
            identity.LoginCancelledView,
            _("Accesso annullato"),
            _("Avete annullato l'accesso con l'identità digitale."),
        ),
        name="socialaccount_login_cancelled",
    ),
    path("identita/<slug:provider_id>/", issuer.login, name="openid_connect_login"),
    path("identita/<slug:provider_id>/ritorno/", issuer.callback, name="openid_connect_callback"),
]

urlpatterns = [*_in_and_out, *_password, *_second_factor, *_identity]
