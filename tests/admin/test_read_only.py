"""Read-only mode: every form is closed with an explanation, and nothing at all is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from registry.models import Role, Term
from tests.admin.conftest import code_of, log_in
from tests.routes import PREFIXES, every_route

pytestmark = pytest.mark.django_db
WORDS = {
    "": "The registry can only be read at the moment",
    "/ru": "Реестр сейчас можно только читать",
    "/uk": "Реєстр зараз можна тільки читати",
}
NOTICE = {
    "": "The registry can only be read at the moment; nothing is being changed",
    "/ru": "Сейчас реестр можно только читать; ничего не изменяется",
    "/uk": "Зараз реєстр можна лише читати; нічого не змінюється",
}
LOG_IN = {
    "": "Nobody can log in meanwhile",
    "/ru": "Войти в это время тоже нельзя",
    "/uk": "Увійти в цей час теж не можна",
}
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COPY", "CREATE", "ALTER", "DROP", "TRUNCATE")


@contextmanager
def nothing_written() -> Iterator[list[str]]:
    """Collect the statements that write."""
    written: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITING):
            written.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


@pytest.mark.once
@pytest.mark.parametrize("role", [None, *list(Role)[1:]])
def test_no_route_takes_or_writes_anything(role: Role | None, at_desk: Any, settings: Any) -> None:
    client = at_desk(role) if role else Client()
    settings.READ_ONLY = True
    with nothing_written() as written:
        for name, path in every_route():
            prefixed = path.startswith(("/api", "/robots", "/sitemap", "/healthz", "/files"))
            for prefix in [""] if prefixed else PREFIXES:
                cookies = {key: morsel.value for key, morsel in client.cookies.items()}
                client.get(prefix + path)
                answer = client.post(prefix + path, {"reason": "x", "code": "123456"})
                client.cookies.load(cookies)
                if name == "account_logout":
                    continue
                assert answer.status_code == 503, path
                assert WORDS["" if prefixed else prefix] in answer.content.decode(), path
    assert written == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_logging_in_is_closed_and_explained(prefix: str, account: Any, settings: Any) -> None:
    account()
    before = User.objects.values().get()
    settings.READ_ONLY = True
    client = Client()
    page = client.get(f"{prefix}/accounts/login/").content.decode()
    assert LOG_IN[prefix] in page
    assert 'name="password"' not in page
    given = {"login": "invented", "password": "eighteen-quiet-herons"}
    answer = client.post(f"{prefix}/accounts/login/", given)
    assert answer.status_code == 503
    assert LOG_IN[prefix] in answer.content.decode()
    assert User.objects.values().get() == before


def test_the_second_step_is_closed_too(account: Any, settings: Any) -> None:
    user = account()
    client = Client()
    log_in(client, "invented")
    settings.READ_ONLY = True
    assert client.post("/accounts/code/", {"code": code_of()}).status_code == 503
    assert user.authenticator_set.get().last_used_at is None


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_desk_is_there_to_look_at(prefix: str, at_desk: Any, settings: Any, shot: Term) -> None:
    client = at_desk()
    path = f"{prefix}/admin/registry/term/"
    assert "addlink" in client.get(path).content.decode()
    settings.READ_ONLY = True
    listed = client.get(path).content.decode()
    shown = client.get(f"{path}{shot.pk}/change/").content.decode()
    for page in (listed, shown):
        assert NOTICE[prefix] in page
        assert "addlink" not in page
        assert 'name="_save"' not in page


def test_logging_out_ends_the_session_and_writes_nothing(at_desk: Any, settings: Any) -> None:
    client = at_desk()
    before = User.objects.values().get()
    settings.READ_ONLY = True
    with nothing_written() as written:
        assert client.post("/accounts/logout/").status_code == 302
    assert written == []
    assert User.objects.values().get() == before
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")
