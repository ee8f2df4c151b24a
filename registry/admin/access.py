"""Who may come to the desk: staff with a role and a second factor given in this session."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from registry.records.ledger.accounts import forget_one_time, has_one_time_password, role_of
from registry.submissions.visitors import address_of, keyed_address

from .matrix import ANYONE, CHOOSE, ENROL, PROVE, is_act, may, rule_of
from .proving import is_paused, proof_missing, second_factor

LOGIN_KEY = "desk_login"
"""When this session's log-in was, as the account has it: the session's life hangs on it."""


class SecondFactorRequired:
    """Hold every staff page, and every account page that matters, to its rule in the matrix.

    A view is a staff page when its address belongs to the admin, in any language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the decision needs the view."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let the request through, or answer it with the next step towards being let in."""
        match = request.resolver_match
        if match is None or not is_staff_address(match):
            return None
        if request.user.is_authenticated and not session_is_live(request):
            end_session(request)
        rule = rule_of(match)
        if rule.look == ANYONE:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if role_of(request.user) is None:
            raise PermissionDenied
        step = next_step(request)
        if step:
            return None if step in rule.steps else _lead_to(step, request)
        if not may(request, rule, act=is_act(request)):
            raise PermissionDenied
        paused = "admin" in match.app_names and is_act(request) and is_paused(request)
        return proof_missing(request, paused=paused) if paused or rule.proof else None


def is_staff_address(match: ResolverMatch) -> bool:
    """Tell whether an address belongs to the admin or to the accounts."""
    name = match.url_name or ""
    return "admin" in match.app_names or name.startswith(("account_", "mfa_"))


def next_step(request: HttpRequest) -> str:
    """Return the name of the page an account must go to first, or nothing."""
    user = request.user
    if not isinstance(user, User):
        return "account_login"
    if has_one_time_password(user):
        return CHOOSE
    factor = second_factor(request)
    if not factor.enrolled:
        return ENROL
    return "" if factor.given_at else PROVE


def _lead_to(step: str, request: HttpRequest) -> HttpResponse:
    target = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse(step)}?{target}" if target else reverse(step))


def may_enter(request: HttpRequest) -> bool:
    """Tell whether this request may see the desk; asked again by every view of the admin."""
    if not session_is_live(request) or next_step(request):
        return False
    return may(request, rule_of(request.resolver_match), act=is_act(request))


def session_is_live(request: HttpRequest) -> bool:
    """Tell whether this session is of the account's last log-in.

    Sessions live in signed cookies, which nobody can take back: a stolen one would open the
    desk after its owner logged out. Logging in or out moves the mark, and older ones end.
    """
    user = request.user
    if not isinstance(user, User) or user.last_login is None:
        return False
    return bool(request.session.get(LOGIN_KEY) == user.last_login.isoformat())


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth for staff: no sign-up, no e-mail, no address of anyone kept."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an administrator makes accounts."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Log in, and bind the session to this log-in."""
        super().login(request, user)
        request.session[LOGIN_KEY] = user.last_login.isoformat()

    def logout(self, request: HttpRequest) -> None:
        """Log out, and end every session there is of the account.

        While nothing is written only this session ends; the others can do nothing either.
        """
        user = request.user
        super().logout(request)
        if isinstance(user, User) and not settings.READ_ONLY:
            user.last_login = None
            user.save(update_fields=["last_login"])

    def set_password(self, user: Any, password: str) -> None:
        """Keep a password the account chose itself."""
        super().set_password(user, password)
        forget_one_time(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on to the desk, or to what is still missing on the way to it."""
        return reverse("admin:index")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go to the desk of the reader's language."""
        return reverse("admin:index")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Answer as for a wrong password, in effect: back to the log-in."""
        messages.error(request, _("This account is not in use."))
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again unless something was proved just now, the log-in included."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what rate limits count by: the address under a key that changes every day."""
        return keyed_address(address_of(request.META))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: staff accounts have no addresses."""
