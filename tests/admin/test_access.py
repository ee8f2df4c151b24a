"""The desk opens to a role with a second factor given in this session, and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from registry.models import Role
from registry.records.ledger.accounts import create_staff_account, reset_access, set_active
from tests.admin.conftest import PASSWORD, code_of, log_in, own_factor
from tests.databases import NOW

pytestmark = pytest.mark.django_db

PREFIXES = ("", "/ru", "/uk")


def desk_paths() -> Iterator[str]:
    """Yield an example of every address of the admin, without its language prefix."""

    def walk(resolver: Any, so_far: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            part = str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, so_far + part)
            elif isinstance(pattern, URLPattern):
                yield so_far + part

    for pattern in walk(get_resolver(), ""):
        text = re.sub(r"<\w+:pk>|<path:object_id>|<int:\w+>", "1", pattern)
        text = re.sub(r"\(\?P<app_label>[^)]*\)", "registry", text)
        text = re.sub(r"\(\?P<url>.*\)\$?", "no/such/page", text)
        text = text.replace("<path:content_type_id>", "1").replace("<path:object_id>", "1")
        text = re.sub(r"<[^>]*>", "1", text).replace("^", "").replace("$", "")
        if "admin/" in text:
            yield "/" + text[text.index("admin/") :]


DESK = sorted(set(desk_paths()))


def test_the_walk_over_the_desk_finds_its_pages() -> None:
    assert "/admin/" in DESK
    assert "/admin/registry/source/1/withdraw/" in DESK
    assert "/admin/autocomplete/" in DESK
    assert "/admin/no/such/page" in DESK
    assert len(DESK) > 40


@pytest.mark.parametrize("prefix", PREFIXES)
def test_nobody_reaches_the_desk_without_logging_in(prefix: str) -> None:
    client = Client()
    for path in DESK:
        for send in (client.get, client.post):
            answer = send(prefix + path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(f"{prefix}/accounts/login/"), path


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_password_alone_reaches_no_page_of_the_desk(prefix: str, account: Any) -> None:
    account("newcomer", Role.ADMINISTRATOR, enrolled=False)
    client = Client()
    log_in(client, "newcomer")
    for path in DESK:
        for send in (client.get, client.post):
            answer = send(prefix + path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(f"{prefix}/accounts/factor/new/"), path


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_password_alone_logs_no_enrolled_account_in(prefix: str, account: Any) -> None:
    account("enrolled", Role.ADMINISTRATOR)
    client = Client()
    assert log_in(client, "enrolled")["Location"].startswith("/accounts/code/")
    for path in DESK:
        answer = client.get(prefix + path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith(f"{prefix}/accounts/login/"), path
    for path in ("/accounts/password/", "/accounts/factor/", "/accounts/factor/remove/"):
        assert client.get(path)["Location"].startswith("/accounts/login/")


def test_a_session_from_before_enrolment_must_give_the_factor_and_cannot_remove_it(
    account: Any,
) -> None:
    user = account("newcomer", Role.ADMINISTRATOR, enrolled=False)
    client = Client()
    log_in(client, "newcomer")
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    for path in (
        "/admin/",
        "/accounts/password/",
        "/accounts/confirm/",
        "/accounts/factor/",
        "/accounts/factor/new/",
        "/accounts/factor/remove/",
        "/accounts/recovery/",
        "/accounts/recovery/new/",
        "/accounts/recovery/file/",
    ):
        for send in (client.get, client.post):
            assert send(path)["Location"].startswith("/accounts/code/again/"), path
    assert Authenticator.objects.filter(user=user).exists()
    assert client.get("/accounts/code/again/").status_code == 200
    answer = client.post("/accounts/code/again/", {"code": code_of(), "next": "/admin/"})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_opens_nothing(account: Any) -> None:
    account()
    client = Client()
    log_in(client, "invented")
    wrong = f"{(int(code_of()) + 1) % 1_000_000:06}"
    assert client.post("/accounts/code/", {"code": wrong}).status_code == 200
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")


def test_codes_cannot_be_tried_without_end(account: Any) -> None:
    account()
    client = Client()
    log_in(client, "invented")
    wrong = f"{(int(code_of()) + 1) % 1_000_000:06}"
    for _ in range(6):
        client.post("/accounts/code/", {"code": wrong})
    assert client.post("/accounts/code/", {"code": code_of()}).status_code == 200
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")


def test_a_code_opens_once(account: Any) -> None:
    account()
    code = code_of()
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, "invented")
    assert first.post("/accounts/code/", {"code": code}).status_code == 302
    assert second.post("/accounts/code/", {"code": code}).status_code == 200


def test_the_way_of_a_new_account_from_the_printed_password_to_the_desk(db: None) -> None:
    printed = create_staff_account(username="newcomer", role=Role.EDITOR, now=NOW)
    client = Client()
    assert log_in(client, "newcomer", printed)["Location"] == "/admin/"
    assert client.get("/admin/")["Location"].startswith("/accounts/password/")
    assert client.get("/accounts/factor/new/")["Location"].startswith("/accounts/password/")
    chosen = {"oldpassword": printed, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/password/", chosen)["Location"] == "/admin/"
    assert client.get("/admin/")["Location"].startswith("/accounts/factor/new/")
    page = client.get("/accounts/factor/new/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    answer = client.post("/accounts/factor/new/", {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/recovery/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/recovery/").content.decode())
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200
    with_recovery = Client()
    log_in(with_recovery, "newcomer")
    assert with_recovery.post("/accounts/code/", {"code": codes[0]}).status_code == 302
    assert with_recovery.get("/admin/").status_code == 200
    assert log_in(Client(), "newcomer", printed).status_code == 200


def test_a_wrong_code_enrols_nothing(account: Any) -> None:
    user = account(enrolled=False)
    client = Client()
    log_in(client, "invented")
    client.get("/accounts/factor/new/")
    secret = client.session["mfa.totp.secret"]
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06}"
    assert client.post("/accounts/factor/new/", {"code": wrong}).status_code == 200
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_authenticator_that_was_removed_opens_nothing_any_more(at_desk: Any) -> None:
    client = at_desk()
    assert client.get("/admin/").status_code == 200
    own_factor(User.objects.get()).delete()
    assert client.get("/admin/")["Location"].startswith("/accounts/factor/new/")


def test_a_stolen_cookie_is_dead_after_its_owner_logged_out(at_desk: Any) -> None:
    client = at_desk()
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME]
    assert stolen.get("/admin/").status_code == 200
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    answer = thief.get("/admin/")
    assert answer["Location"].startswith("/accounts/login/")
    assert thief.get("/accounts/login/").status_code == 200


def test_logging_in_elsewhere_ends_the_session_here(at_desk: Any) -> None:
    here = at_desk()
    there = Client()
    cache.clear()
    log_in(there, "invented-editor")
    there.post("/accounts/code/", {"code": code_of()})
    assert there.get("/admin/").status_code == 200
    assert here.get("/admin/")["Location"].startswith("/accounts/login/")


def test_an_account_that_is_shut_or_reset_is_out_at_once(at_desk: Any) -> None:
    chief = User.objects.create(username="chief")
    for number, act in enumerate((set_active, reset_access)):
        client = at_desk(name=f"editor-{number}")
        user = User.objects.get(username=f"editor-{number}")
        extra = {"active": False} if act is set_active else {}
        act(user=user, by=chief, reason="left", now=NOW, **extra)  # type: ignore[operator]
        assert client.get("/admin/")["Location"].startswith("/accounts/login/")
        assert log_in(Client(), user.username).status_code in {200, 302}
        assert Client().get("/admin/").status_code == 302


def test_an_account_that_is_shut_cannot_log_in(account: Any) -> None:
    user = account()
    user.is_active = False
    user.save()
    client = Client()
    answer = log_in(client, "invented")
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")
    assert answer.status_code in {200, 302}


def test_an_account_without_a_role_sees_nothing(account: Any) -> None:
    user = account()
    client = Client()
    log_in(client, "invented")
    client.post("/accounts/code/", {"code": code_of()})
    user.groups.clear()
    assert client.get("/admin/").status_code == 403


def test_the_admin_has_no_log_in_of_its_own(account: Any) -> None:
    account(enrolled=False)
    client = Client()
    given = {"username": "invented", "password": PASSWORD}
    answer = client.post("/admin/login/?next=/admin/", given)
    assert answer["Location"].startswith("/accounts/login/")
    assert "sessionid" not in client.cookies or not client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/",
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/password/set/",
        "/accounts/confirm-email/",
        "/accounts/login/code/",
        "/accounts/inactive/",
        "/accounts/social/connections/",
        "/accounts/2fa/",
        "/accounts/sessions/",
    ],
)
def test_there_is_no_other_page_of_accounts(path: str) -> None:
    for prefix in PREFIXES:
        assert Client().get(prefix + path).status_code == 404


def test_the_desk_in_another_language_leads_to_its_log_in() -> None:
    answer = Client().get("/uk/admin/registry/source/?page=2")
    assert answer["Location"] == "/uk/accounts/login/?next=/uk/admin/registry/source/%3Fpage%3D2"


def test_nothing_behind_the_log_in_is_kept_by_a_cache(at_desk: Any) -> None:
    client = at_desk()
    for path in ("/admin/", "/admin/registry/source/", "/accounts/factor/", "/accounts/recovery/"):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"], path
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_log_ins_are_counted_without_keeping_an_address() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    counted = get_adapter().get_client_ip(request)
    assert len(counted) == 64
    assert "192" not in counted[:3]
    assert counted == get_adapter().get_client_ip(request)


def test_someone_who_guesses_passwords_is_told_to_wait(account: Any) -> None:
    account()
    client = Client()
    for _ in range(40):
        answer = log_in(client, "invented", "wrong-wrong-wrong")
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
