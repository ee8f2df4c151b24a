"""A full disk and a cache that is gone: honest pages, and never a half-written record."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client

from registry.models import Change, Revision, RevisionBody, Spelling, Term
from registry.web import home
from tests.admin.conftest import code_of, log_in
from tests.admin.sending import form_of
from tests.routes import PREFIXES

pytestmark = pytest.mark.django_db
NO_ROOM = {
    "": "Nothing can be saved at the moment",
    "/ru": "Сейчас ничего нельзя сохранить",
    "/uk": "Зараз нічого не можна зберегти",
}
NO_CACHE = {
    "": "This cannot be done at the moment",
    "/ru": "Сейчас это сделать нельзя",
    "/uk": "Зараз цього зробити не можна",
}
WRITES = ("INSERT", "UPDATE", "DELETE")


def stored() -> list[Any]:
    """Return everything an edit of a term could write."""
    tables = (Change, Revision, RevisionBody, Term, Spelling)
    return [list(table.all_records.order_by("pk").values()) for table in tables]


class Full(Exception):
    """What a driver raises where the disk is full, as Django finds it."""

    sqlite_errorname = "SQLITE_FULL"
    sqlstate = "53100"


@contextmanager
def full_from(number: int) -> Iterator[list[int]]:
    """Let so many statements write, and none after them."""
    written = [0]

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            written[0] += 1
            if written[0] > number:
                raise OperationalError("database or disk is full: /srv/registry") from Full()
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


def test_a_disk_that_fills_up_within_an_act_leaves_nothing_of_it(at_desk: Any, shot: Term) -> None:
    client = at_desk()
    client.raise_request_exception = False
    path = f"/admin/registry/term/{shot.pk}/change/"
    sent = {
        **form_of(client.get(path).content.decode()),
        "label_en": "shot by order",
        "reason": "a clearer word",
    }
    before = stored()
    for number in range(50):
        with full_from(number) as written:
            answer = client.post(path, sent)
        if answer.status_code == 302:
            break
        assert answer.status_code == 503
        assert NO_ROOM[""] in answer.content.decode()
        assert "/srv" not in answer.content.decode()
        assert stored() == before, number
    assert number == written[0] >= 3
    assert stored() != before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_really_full(at_desk: Any) -> None:
    if connection.vendor != "sqlite":
        return  # a disk of PostgreSQL is not filled here; the test above stands for it
    client = at_desk()
    client.raise_request_exception = False

    def add(number: int) -> Any:
        given = {"vocabulary": "fate", "code": f"code-{number}", "reason": "x" * 500}
        labels = {f"label_{one}": f"{number} {one}" * 9 for one in ("en", "ru", "uk")}
        notes = {f"note_{one}": "x" * 20_000 for one in ("en", "ru", "uk")}
        return client.post("/admin/registry/term/add/", {**given, **labels, **notes})

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 60}")
        for number in range(50):
            before = stored()
            answer = add(number)
            if answer.status_code != 302:
                break
        assert answer.status_code == 503
        assert NO_ROOM[""] in answer.content.decode()
        assert stored() == before
        assert client.get("/admin/registry/term/").status_code == 200
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert add(number).status_code == 302


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, number: int, prefix: str
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, "as the system says it", "/srv/media/name-of-a-file")

    monkeypatch.setattr(home, "answer", fail)
    answer = client.get(f"{prefix}/")
    assert answer.status_code == 503
    assert NO_ROOM[prefix] in answer.content.decode()
    assert "name-of-a-file" not in answer.content.decode()


def test_another_fault_of_files_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "none")

    monkeypatch.setattr(home, "answer", fail)
    assert Client(raise_request_exception=False).get("/").status_code == 500


@pytest.fixture
def no_cache(settings: Any) -> Any:
    """Give a switch that takes the cache away."""

    def switch() -> None:
        settings.CACHES = {"default": {"BACKEND": "tests.gone.GoneCache"}}

    return switch


@pytest.mark.parametrize("prefix", PREFIXES)
def test_nobody_logs_in_while_tries_cannot_be_counted(
    prefix: str, account: Any, no_cache: Any
) -> None:
    account()
    before = User.objects.values().get()
    no_cache()
    given = {"login": "invented", "password": "eighteen-quiet-herons"}
    client = Client(raise_request_exception=False)
    answer = client.post(f"{prefix}/accounts/login/", given)
    assert answer.status_code == 503
    assert NO_CACHE[prefix] in answer.content.decode()
    assert "cache.example" not in answer.content.decode()
    assert User.objects.values().get() == before
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")


def test_a_code_cannot_be_tried_while_tries_cannot_be_counted(account: Any, no_cache: Any) -> None:
    account()
    client = Client(raise_request_exception=False)
    log_in(client, "invented")
    no_cache()
    assert client.post("/accounts/code/", {"code": code_of()}).status_code == 503
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")


def test_everything_else_goes_on_without_the_cache(at_desk: Any, shot: Term, no_cache: Any) -> None:
    client = at_desk()
    no_cache()
    for path in ("/", "/people/?q=x", "/sites/", "/about/", "/api/v1/people", "/accounts/login/"):
        assert Client().get(path).status_code == 200, path
    path = f"/admin/registry/term/{shot.pk}/change/"
    sent = {**form_of(client.get(path).content.decode()), "label_en": "x", "reason": "r"}
    assert client.post(path, sent).status_code == 302
    assert client.post("/accounts/logout/").status_code == 302
