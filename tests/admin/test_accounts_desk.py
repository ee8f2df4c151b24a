"""Staff accounts at the desk: only for administrators, and never their own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.models import Role
from registry.records.ledger.accounts import has_one_time_password, role_of
from tests.admin.conftest import PASSWORD
from tests.admin.sending import latest

pytestmark = pytest.mark.django_db


def test_only_administrators_see_accounts(at_desk: Any, account: Any) -> None:
    other = account("other", Role.MODERATOR)
    for role in (Role.MODERATOR, Role.EDITOR):
        client = at_desk(role)
        for path in (
            "/admin/auth/user/",
            "/admin/auth/user/add/",
            f"/admin/auth/user/{other.pk}/change/",
            f"/admin/auth/user/{other.pk}/role/",
            f"/admin/auth/user/{other.pk}/shut/",
            f"/admin/auth/user/{other.pk}/open/",
            f"/admin/auth/user/{other.pk}/reset/",
        ):
            given = {"role": "administrator", "reason": "x"}
            assert client.get(path).status_code == 403, path
            assert client.post(path, given).status_code == 403, path
    assert User.objects.get(pk=other.pk).is_active


def test_an_administrator_makes_an_account_with_a_one_time_password(at_desk: Any) -> None:
    client = at_desk(Role.ADMINISTRATOR)
    assert client.get("/admin/auth/user/add/").status_code == 200
    given = {"username": "newcomer", "role": "editor", "reason": "a new colleague"}
    page = client.post("/admin/auth/user/add/", given).content.decode()
    user = User.objects.get(username="newcomer")
    [password] = re.findall(r'<code class="once">([^<]+)</code>', page)
    assert user.check_password(password)
    assert (role_of(user), has_one_time_password(user)) == (Role.EDITOR, True)
    assert latest("account")[0].reason == "a new colleague"
    taken = client.post("/admin/auth/user/add/", {**given, "username": "Newcomer"})
    assert "There is an account of this name" in taken.content.decode()
    for path in ("/admin/auth/user/", f"/admin/auth/user/{user.pk}/change/"):
        listed = client.get(path).content.decode()
        assert "newcomer" in listed
        assert user.password not in listed


def test_an_administrator_changes_the_role_shuts_opens_and_resets(
    at_desk: Any, account: Any
) -> None:
    other = account("other", Role.MODERATOR)
    client = at_desk(Role.ADMINISTRATOR)

    def act(name: str, **values: str) -> str:
        path = f"/admin/auth/user/{other.pk}/{name}/"
        assert client.get(path).status_code == 200
        answer = client.post(path, {**values, "reason": f"to {name}"}, follow=True)
        assert latest("account")[0].reason == f"to {name}"
        return str(answer.content.decode())

    act("role", role="editor")
    assert role_of(User.objects.get(pk=other.pk)) == Role.EDITOR
    act("shut")
    assert not User.objects.get(pk=other.pk).is_active
    act("open")
    assert User.objects.get(pk=other.pk).is_active
    assert 'class="once"' in act("reset")
    again = User.objects.get(pk=other.pk)
    assert not again.check_password(PASSWORD)
    assert has_one_time_password(again)
    assert not again.authenticator_set.exists()


@pytest.mark.parametrize("act", ["role", "shut", "reset"])
def test_nobody_does_this_to_their_own_account(act: str, at_desk: Any) -> None:
    client = at_desk(Role.ADMINISTRATOR)
    own = User.objects.get()
    path = f"/admin/auth/user/{own.pk}/{act}/"
    answer = client.post(path, {"role": "editor", "reason": "x"}, follow=True)
    assert "Nobody does this to their own account" in answer.content.decode()
    assert role_of(User.objects.get()) == Role.ADMINISTRATOR
