"""Read-only mode, a database that is gone, and a demonstration: honest pages with words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import Error, InterfaceError, OperationalError, connection
from django.test import Client

from registry.models import Role
from registry.records.ledger.accounts import create_staff_account
from tests.databases import NOW

pytestmark = pytest.mark.django_db
READ_ONLY_WORDS = {
    "": "The registry can only be read at the moment",
    "/ru": "Реестр сейчас можно только читать",
    "/uk": "Реєстр зараз можна тільки читати",
}
GONE_WORDS = {
    "": "The records cannot be reached",
    "/ru": "Записи сейчас недоступны",
    "/uk": "Записи зараз недоступні",
}


@contextmanager
def broken(error: type[Error]) -> Iterator[None]:
    """Break the connection: whatever is asked of the database fails."""

    def fail(*_args: object) -> None:
        raise error("server closed the connection")

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def editor() -> Client:
    cache.clear()
    password = create_staff_account(username="invented", role=Role.EDITOR, now=NOW)
    client = Client(raise_request_exception=False)
    answer = client.post("/accounts/login/", {"login": "invented", "password": password})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize("prefix", READ_ONLY_WORDS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_taken_in_while_the_registry_is_read_only(
    client: Client, settings: Any, prefix: str, method: str
) -> None:
    settings.READ_ONLY = True

    for path in ("/", "/people/", "/admin/registry/source/add/", "/accounts/password/"):
        answer = getattr(client, method)(prefix + path)
        assert answer.status_code == 503
        assert READ_ONLY_WORDS[prefix] in answer.content.decode()


def test_read_only_is_told_to_programs(client: Client, settings: Any) -> None:
    settings.READ_ONLY = True

    answer = client.post("/api/v1/people")

    assert answer.status_code == 503
    assert answer.json() == {"error": "read-only", "message": READ_ONLY_WORDS[""]}


def test_everything_can_be_read_while_the_registry_is_read_only(
    registry_loaded: Path, client: Client, settings: Any
) -> None:
    settings.READ_ONLY = True

    for path in ("/", "/people/?q=Мандельштам", "/sites/", "/api/v1/people", "/accounts/login/"):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code in {200, 405}


def test_forged_form_is_told_the_registry_is_read_only(settings: Any) -> None:
    settings.READ_ONLY = True

    assert Client(enforce_csrf_checks=True).post("/admin/").status_code == 503


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("prefix", GONE_WORDS)
def test_page_is_honest_when_the_database_is_gone(
    client: Client, prefix: str, error: type[Error]
) -> None:
    with broken(error):
        for path in ("/", "/people/1/", "/people/?q=x", "/sites/", "/sources/", "/index/"):
            answer = client.get(prefix + path)
            assert answer.status_code == 503
            assert GONE_WORDS[prefix] in answer.content.decode()
            assert "closed the connection" not in answer.content.decode()
        assert client.get(f"{prefix}/about/").status_code == 200


def test_programs_are_told_when_the_database_is_gone(client: Client) -> None:
    with broken(OperationalError):
        answer = client.get("/api/v1/people")

    assert answer.status_code == 503
    assert answer.json() == {"error": "unavailable", "message": GONE_WORDS[""]}


@pytest.mark.parametrize("path", ["/", "/about/", "/admin/", "/none-such/", "/api/v1/people"])
def test_staff_are_told_when_the_database_is_gone(editor: Client, path: str) -> None:
    with broken(OperationalError):
        answer = editor.get(path)

    assert answer.status_code == {"/about/": 200, "/none-such/": 404}.get(path, 503)
    assert answer["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("prefix", ["", "/ru", "/uk"])
def test_demonstration_shows_the_pages_of_the_site(
    client: Client, settings: Any, prefix: str
) -> None:
    settings.DEBUG = True

    for path in ("/none-such/", "/people/999999/", "/index/Ё/", "/admin", "/sites/none-such"):
        answer = client.get(prefix + path, follow=True)
        assert "<main" in answer.content.decode()
        assert "SECRET_KEY" not in answer.content.decode()
        assert "urlpatterns" not in answer.content.decode()
    host = client.get(f"{prefix}/", headers={"Host": "elsewhere.example"})
    assert host.status_code == 400
    assert "<main" in host.content.decode()
    assert "elsewhere" not in host.content.decode()
    assert "ALLOWED_HOSTS" not in host.content.decode()


def test_demonstration_answers_programs_with_json(client: Client, settings: Any) -> None:
    settings.DEBUG = True

    assert client.get("/api/v1/none-such").json()["error"] == "not-found"
    assert client.get("/api/v1/people/999999").json()["error"] == "not-found"
    answer = client.get("/api/v1/people", headers={"Host": "elsewhere.example"})
    assert answer.json()["error"] == "bad-request"


def test_demonstration_appends_the_slash(client: Client, settings: Any) -> None:
    settings.DEBUG = True

    assert client.get("/ru/sites")["Location"] == "/ru/sites/"
