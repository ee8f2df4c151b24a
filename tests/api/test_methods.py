"""The API is only read, and says so in JSON; HEAD is GET without a body."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.web.test_hard_times import GONE_WORDS, broken

ADDRESSES = ("people", "people/1", "suggest?q=x", "entries/1", "sites", "sources", "openapi.json",
             "none-such", "people/999999", "people?limit=0")  # fmt: skip
WORDS = {
    "en": "This address can only be read.",
    "ru": "По этому адресу можно только читать.",
    "uk": "За цією адресою можна лише читати.",
}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_in_json(
    registry_loaded: Path, client: Client, method: str
) -> None:
    for path in ADDRESSES:
        answer = getattr(client, method)(f"/api/v1/{path}")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), path
        assert answer.json() == {"error": "method-not-allowed", "message": WORDS["en"]}


@pytest.mark.parametrize("language", WORDS)
def test_the_refusal_is_in_the_language_asked_for(client: Client, language: str) -> None:
    answer = client.post("/api/v1/people", headers={"accept-language": language})
    assert answer.json()["message"] == WORDS[language]
    assert answer["Content-Language"] == language


def test_a_forged_form_is_refused_alike() -> None:
    for path in ADDRESSES:
        assert Client(enforce_csrf_checks=True).post(f"/api/v1/{path}").status_code == 405


def test_head_is_get_without_a_body(registry_loaded: Path, client: Client) -> None:
    for path in ADDRESSES:
        got, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert head.headers["Content-Type"] == got.headers["Content-Type"]
        assert head.headers.get("Content-Language") == got.headers.get("Content-Language")


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
def test_programs_are_told_that_the_database_is_gone(
    client: Client, settings: Any, debug: bool
) -> None:
    settings.DEBUG = debug
    for path in ("people", "people/1", "entries/1", "sites", "sites/x", "sources", "suggest?q=x"):
        with broken(OperationalError):
            answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 503
        assert answer.json() == {"error": "unavailable", "message": GONE_WORDS[""]}
