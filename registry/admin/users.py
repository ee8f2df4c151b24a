"""Staff accounts on the desk, for administrators: made, given a role, shut, reset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Role
from registry.records.ledger.accounts import (
    ROLES,
    AccountRefused,
    create_staff_account,
    has_one_time_password,
    reset_access,
    role_of,
    set_active,
    set_role,
)

from .base import Look, acting, shown
from .labels import ROLE_NAMES

ROLE_CHOICES = [(role.value, ROLE_NAMES[role]) for role in ROLES]
REFUSALS: dict[str, Any] = {
    "own-account": _("Nobody does this to their own account."),
    "not-in-use": _("This account is not in use."),
    "unknown-role": _("This role is not known."),
}


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[UnicodeUsernameValidator()]
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def clean_username(self) -> str:
        """Refuse a name that is taken."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(gettext("There is an account of this name."))
        return name


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class RoleForm(ReasonForm):
    """Another role for an account."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    field_order = ("role", "reason")


class AccountDesk(Look):
    """Accounts. No password, hash or address is ever shown here."""

    names = (_("account"), _("accounts"))
    subject = "account"
    list_display = (
        shown("username", _("User name"), sorted_by="username"),
        "role_shown",
        "standing_shown",
        "state",
    )
    ordering = ("username",)
    fields = ("name_shown", "role_shown", "standing_shown", "state")
    readonly_fields = fields
    change_form_template = "admin/registry/account_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the accounts with their roles."""
        return User.objects.order_by("username").prefetch_related("groups", "authenticator_set")

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the accounts whose name begins so."""
        return rows.filter(username__startswith=term)

    @admin.display(description=_("User name"))
    def name_shown(self, row: Any) -> str:
        """Return the name; the field itself brings help along for who types one."""
        return str(row.username)

    @admin.display(description=_("Role"))
    def role_shown(self, row: Any) -> Any:
        """Return the role in words; an account that is shut shows none."""
        role = role_of(_with_groups(row))
        return ROLE_NAMES[role] if role else None

    @admin.display(description=_("Status"))
    def standing_shown(self, row: Any) -> str:
        """Return whether the account is in use, in words."""
        return gettext("In use") if row.is_active else gettext("Shut")

    @admin.display(description=_("Second factor"))
    def state(self, row: Any) -> str:
        """Return how far the account has come in setting itself up."""
        if has_one_time_password(_with_groups(row)):
            return gettext("One-time password not yet used")
        factors = {own.type for own in row.authenticator_set.all()}
        return gettext("Enrolled") if "totp" in factors else gettext("Not enrolled")

    def get_urls(self) -> list[URLPattern]:
        """Add the acts on an account."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/role/", view(self.role_view), name="auth_user_role"),
            path("<int:pk>/shut/", view(self.shut_view), name="auth_user_shut"),
            path("<int:pk>/open/", view(self.open_view), name="auth_user_open"),
            path("<int:pk>/reset/", view(self.reset_view), name="auth_user_reset"),
        ]
        return own + super().get_urls()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Make an account and show its one-time password, once."""
        form = AccountForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            by, _role = acting(request)
            name = form.cleaned_data["username"]
            password = create_staff_account(
                username=name,
                role=Role(form.cleaned_data["role"]),
                now=timezone.now(),
                by=by,
                reason=form.cleaned_data["reason"],
            )
            return self._show_password(request, name, password)
        return self._ask(request, form, gettext("New account"), button=gettext("Make the account"))

    def role_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give an account another role."""

        def act(user: User, data: dict[str, Any], **by: Any) -> None:
            set_role(user=user, role=Role(data["role"]), **by)

        return self._act(request, pk, act, gettext("Change the role"), RoleForm)

    def shut_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shut an account."""

        def act(user: User, data: dict[str, Any], **by: Any) -> None:
            set_active(user=user, active=False, **by)

        return self._act(request, pk, act, gettext("Shut this account"))

    def open_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open an account again."""

        def act(user: User, data: dict[str, Any], **by: Any) -> None:
            set_active(user=user, active=True, **by)

        return self._act(request, pk, act, gettext("Open this account again"))

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take password and second factor away, and show a new one-time password, once."""

        def act(user: User, data: dict[str, Any], **by: Any) -> str:
            return reset_access(user=user, **by)

        return self._act(request, pk, act, gettext("Reset password and second factor"))

    def _act(
        self,
        request: HttpRequest,
        pk: int,
        act: Callable[..., str | None],
        title: str,
        form_class: type[forms.Form] = ReasonForm,
    ) -> HttpResponse:
        user = get_object_or_404(User, pk=pk)
        form = form_class(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, form, title, user)
        by, _role = acting(request)
        reason = form.cleaned_data["reason"]
        try:
            password = act(user, form.cleaned_data, by=by, reason=reason, now=timezone.now())
        except AccountRefused as refused:
            messages.error(request, REFUSALS[refused.code])
        else:
            if password:
                return self._show_password(request, user.username, password)
            messages.success(request, gettext("This is done and stands in the ledger."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))

    def _ask(
        self,
        request: HttpRequest,
        form: forms.Form,
        title: str,
        user: User | None = None,
        *,
        button: str = "",
    ) -> HttpResponse:
        back = (
            reverse("admin:auth_user_change", args=[user.pk])
            if user
            else reverse("admin:auth_user_changelist")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "button": button,
            "back": back,
            "opts": self.opts,
            "object": user,
            "form": form,
        }
        return TemplateResponse(request, "admin/registry/reason.html", context)

    def _show_password(self, request: HttpRequest, name: str, password: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("One-time password"),
            "opts": self.opts,
            "username": name,
            "password": password,
        }
        return TemplateResponse(request, "admin/registry/password.html", context)


def _with_groups(user: Any) -> User:
    """Return the account, its groups taken from what the list read for all rows at once."""
    user._desk_groups = frozenset(group.name for group in user.groups.all())
    found: User = user
    return found
