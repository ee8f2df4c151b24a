"""The few pages of an account: log in and out, own password, second factor, recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_noop

WORDS_OF_ALLAUTH = (
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Use authenticator app or code"),
    gettext_noop("Authenticator code"),
)
"""What allauth says on these pages, named here so that the registry's own translations hold."""


class LogIn(account.LoginView):  # type: ignore[misc]  # allauth has no types
    """Log in, on a page that keeps the site's own context."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Drop allauth's `site`, which would hide ours."""
        return _without_site(super().get_context_data(**kwargs))


class SecondStep(factor.AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """Give the second factor, on a page that keeps the site's own context."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Drop allauth's `site`, which would hide ours."""
        return _without_site(super().get_context_data(**kwargs))


def _without_site(context: dict[str, Any]) -> dict[str, Any]:
    context.pop("site", None)
    return context


class Enrolment(totp.ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Enrol an authenticator app; the code that proves it also opens this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the secret, and count the code just given as the second factor."""
        response: HttpResponse = super().form_valid(form)
        own = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        post_authentication(self.request, own)
        return response

    def get_success_url(self) -> str:
        """Show the recovery codes, whether new or there before."""
        return reverse("mfa_view_recovery_codes")


# Named by hand, so that a page of a newer allauth is not opened by being installed.
urlpatterns = [
    path("login/", LogIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("code/", SecondStep.as_view(), name="mfa_authenticate"),
    path("code/again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factor/", factor.index, name="mfa_index"),
    path("factor/new/", Enrolment.as_view(), name="mfa_activate_totp"),
    path("factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
