"""Staff accounts: made with a one-time password, given one role, shut and reset.

The role is a group. An account whose password was made for it is also in the group
`one-time-password`, which it leaves by choosing its own.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.db import transaction
from django.db.models import Q

from registry.models import Change, ChangeKind, Revision, Role

from .changes import begin_change, write_revision
from .reasons import own_reason

ROLES = (Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR)
ONE_TIME = "one-time-password"
ACCOUNT = "account"
"""What the ledger calls an account, which it keeps by its number."""
PASSWORD_BYTES = 15
"""120 bits, 20 letters: nobody guesses it, and someone can still type it."""


class AccountRefused(ValueError):
    """An act on an account that is not done: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role | None:
    """Return the role of an account in use, or None for anyone else; one query a request."""
    if not (isinstance(user, User) and user.is_active and user.is_staff):
        return None
    if user.is_superuser:
        return Role.ADMINISTRATOR
    names = groups_of(user)
    return next((role for role in reversed(ROLES) if role.value in names), None)


def count_editors() -> int:
    """Return how many accounts in use are an editor's or an administrator's."""
    names = [Role.EDITOR.value, Role.ADMINISTRATOR.value]
    editors = Q(is_superuser=True) | Q(groups__name__in=names)
    return User.objects.filter(editors, is_active=True, is_staff=True).distinct().count()


def accounts_changed_since(moment: datetime, *, account: AbstractBaseUser | None = None) -> bool:
    """Tell whether an account was made, shut, opened, or given a role or access since.

    Of all accounts, or of one.
    """
    rows = Revision.all_records.filter(subject=ACCOUNT, change__at__gt=moment)
    if account is not None:
        rows = rows.filter(reference=str(account.pk))
    return bool(rows.exists())


def groups_of(user: User) -> frozenset[str]:
    """Return the names of the account's groups, read once."""
    known: frozenset[str] | None = getattr(user, "_desk_groups", None)
    if known is None:
        known = frozenset(user.groups.values_list("name", flat=True))
        user._desk_groups = known  # type: ignore[attr-defined]  # our own mark on it
    return known


def has_one_time_password(user: User) -> bool:
    """Tell whether the account still has the password that was made for it."""
    return ONE_TIME in groups_of(user)


def create_staff_account(
    *,
    username: str,
    role: Role,
    now: datetime,
    by: AbstractBaseUser | None = None,
    reason: str = own_reason("account"),
) -> str:
    """Make an account, or give one that exists a new start, and return its one-time password.

    An existing account gets the role, a new password, and no second factor. Raises
    AccountRefused when `role` is no staff role.
    """
    if role not in ROLES:
        raise AccountRefused("unknown-role")
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with transaction.atomic():
        user, _ = User.objects.get_or_create(username=username)
        user.set_password(password)
        user.is_active = user.is_staff = True
        user.save()
        Authenticator.objects.filter(user=user).delete()
        _set_groups(user, role.value, ONE_TIME)
        _record(user, role=role, by=by, reason=reason, now=now)
    return password


def reset_access(*, user: User, by: AbstractBaseUser, reason: str, now: datetime) -> str:
    """Take the account's password and second factor away; return a one-time password.

    Every session it has ends with the password. Raises AccountRefused.
    """
    role = role_of(user)
    if role is None:
        raise AccountRefused("not-in-use")
    if user.pk == by.pk:
        raise AccountRefused("own-account")
    return create_staff_account(username=user.username, role=role, now=now, by=by, reason=reason)


def set_role(
    *, user: User, role: Role, by: AbstractBaseUser, reason: str, now: datetime
) -> Change | None:
    """Give the account another role; returns the change, or None when it had it already.

    Raises AccountRefused: nobody changes their own.
    """
    if role not in ROLES:
        raise AccountRefused("unknown-role")
    if user.pk == by.pk:
        raise AccountRefused("own-account")
    if role_of(user) == role:
        return None
    with transaction.atomic():
        _set_groups(user, role.value, *(groups_of(user) & {ONE_TIME}))
        return _record(user, role=role, by=by, reason=reason, now=now)


def set_active(
    *, user: User, active: bool, by: AbstractBaseUser, reason: str, now: datetime
) -> Change | None:
    """Shut an account, or open it again; returns the change, or None when it was so already.

    Raises AccountRefused: nobody shuts their own.
    """
    if user.pk == by.pk:
        raise AccountRefused("own-account")
    if user.is_active == active:
        return None
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        return _record(user, role=role_of(user), by=by, reason=reason, now=now)


def forget_one_time(user: User) -> None:
    """Note that the account chose a password of its own."""
    user.groups.remove(*Group.objects.filter(name=ONE_TIME))
    _forget_groups(user)


def _set_groups(user: User, *names: str) -> None:
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])
    _forget_groups(user)


def _forget_groups(user: User) -> None:
    user.__dict__.pop("_desk_groups", None)


def _record(
    user: User, *, role: Role | None, by: AbstractBaseUser | None, reason: str, now: datetime
) -> Change:
    """Write the act to the ledger: by number, without the name of the account."""
    by_role = Role.ADMINISTRATOR if by else Role.SYSTEM
    change = begin_change(kind=ChangeKind.EDIT, by=by, role=by_role, reason=reason, now=now)
    body: dict[str, Any] = {"active": user.is_active, "role": role.value if role else ""}
    write_revision(change=change, subject=ACCOUNT, reference=str(user.pk), body=body)
    return change
