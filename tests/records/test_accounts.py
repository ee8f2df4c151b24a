"""Staff accounts: one role each, a one-time password at first, and every act in the ledger."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, User

from registry.models import Change, Role
from registry.records.ledger.accounts import (
    AccountRefused,
    create_staff_account,
    forget_one_time,
    has_one_time_password,
    reset_access,
    role_of,
    set_active,
    set_role,
)
from tests.databases import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    create_staff_account(username="chief", role=Role.ADMINISTRATOR, now=NOW)
    return read("chief")


@pytest.fixture
def other() -> User:
    create_staff_account(username="other", role=Role.MODERATOR, now=NOW)
    return read("other")


def read(name: str) -> User:
    return User.objects.get(username=name)


def test_an_account_is_made_with_a_password_nobody_chose(other: User) -> None:
    password = create_staff_account(username="another", role=Role.EDITOR, now=NOW)
    made = read("another")
    assert made.check_password(password)
    assert len(password) == 20
    assert (role_of(made), made.is_staff, made.is_superuser, made.email) == (
        Role.EDITOR,
        True,
        False,
        "",
    )
    assert has_one_time_password(made)
    forget_one_time(made)
    assert not has_one_time_password(read("another"))


def test_the_ledger_names_the_act_and_never_the_account(other: User) -> None:
    change = Change.all_records.latest("pk")
    revision = change.revisions.get()
    assert (change.role, change.by) == (Role.SYSTEM, None)
    assert (revision.subject, revision.reference) == ("account", str(other.pk))
    assert "other" not in revision.body.text + change.reason


def test_an_account_made_anew_loses_its_second_factor_and_its_role(other: User) -> None:
    Authenticator.objects.create(user=other, type="totp", data={"secret": "x"})
    create_staff_account(username="other", role=Role.EDITOR, now=NOW)
    assert not Authenticator.objects.exists()
    assert role_of(read("other")) == Role.EDITOR
    assert User.objects.count() == 1


def test_only_staff_in_use_has_a_role(other: User) -> None:
    assert role_of(AnonymousUser()) is None
    assert role_of(User(username="visitor")) is None
    assert role_of(User(username="shut", is_staff=True, is_active=False)) is None
    assert role_of(User(username="root", is_staff=True, is_superuser=True)) == Role.ADMINISTRATOR
    other.groups.clear()
    assert role_of(read("other")) is None


def test_a_role_is_changed_and_the_one_time_password_stays_one(chief: User, other: User) -> None:
    made = set_role(user=other, role=Role.EDITOR, by=chief, reason="learned", now=NOW)
    assert made is not None
    assert (made.by, made.role, made.reason) == (chief, Role.ADMINISTRATOR, "learned")
    assert role_of(other) == role_of(read("other")) == Role.EDITOR
    assert has_one_time_password(read("other"))
    assert set_role(user=other, role=Role.EDITOR, by=chief, reason="again", now=NOW) is None


def test_an_account_is_shut_and_opened(chief: User, other: User) -> None:
    assert set_active(user=other, active=False, by=chief, reason="left", now=NOW) is not None
    assert not read("other").is_active
    assert set_active(user=other, active=False, by=chief, reason="left", now=NOW) is None
    with pytest.raises(AccountRefused, match="not-in-use"):
        reset_access(user=read("other"), by=chief, reason="lost", now=NOW)
    assert set_active(user=other, active=True, by=chief, reason="back", now=NOW) is not None
    assert role_of(read("other")) == Role.MODERATOR


def test_access_is_reset_and_the_role_stays(chief: User, other: User) -> None:
    password = reset_access(user=other, by=chief, reason="lost telephone", now=NOW)
    assert read("other").check_password(password)
    assert role_of(read("other")) == Role.MODERATOR


def test_nobody_acts_on_their_own_account(chief: User) -> None:
    with pytest.raises(AccountRefused, match="own-account"):
        set_role(user=chief, role=Role.EDITOR, by=chief, reason="x", now=NOW)
    with pytest.raises(AccountRefused, match="own-account"):
        set_active(user=chief, active=False, by=chief, reason="x", now=NOW)
    with pytest.raises(AccountRefused, match="own-account"):
        reset_access(user=chief, by=chief, reason="x", now=NOW)


def test_the_system_is_no_role_of_an_account(chief: User, other: User) -> None:
    with pytest.raises(AccountRefused, match="unknown-role"):
        create_staff_account(username="robot", role=Role.SYSTEM, now=NOW)
    with pytest.raises(AccountRefused, match="unknown-role"):
        set_role(user=other, role=Role.SYSTEM, by=chief, reason="x", now=NOW)
