"""What `/healthz` tells programs, and that it tells nothing else."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from registry.models import IndexState

pytestmark = pytest.mark.django_db


def test_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    told = answer.json()
    assert told == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "cache": "ok",
        "disk": "ok",
        "search": "ok",
        "read_only": False,
    }
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert len(answer.content) < 300


def test_an_index_of_other_code_is_told_of_and_is_no_failure(client: Client) -> None:
    IndexState.all_records.create(id=1, fingerprint="of other code")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["search"]) == (200, "outdated")


def test_it_can_only_be_read_and_needs_no_slash(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.get("/ru/healthz").status_code == 404


def test_it_says_that_the_registry_can_only_be_read(client: Client, settings: Any) -> None:
    settings.READ_ONLY = True
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["read_only"]) == (200, True)


def test_a_database_that_is_gone(client: Client) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError("could not connect to db.example as registry")

    with connection.execute_wrapper(fail):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert (answer.json()["status"], answer.json()["database"]) == ("failing", "failing")
    assert "example" not in answer.content.decode()


def test_a_migration_that_was_not_applied(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("registry", "0002_ledger")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


@pytest.mark.parametrize(
    ("found", "told"), [(lambda *_: None, "forgets"), (lambda *_: 1 / 0, "failing")]
)
def test_a_cache_that_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch, found: Any, told: str
) -> None:
    monkeypatch.setattr(cache, "get", found)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["cache"]) == (503, told)


def test_a_disk_that_is_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100 * 2**20))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "full")


def test_a_disk_that_is_gone(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "there"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "missing")
