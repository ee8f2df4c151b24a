"""The headers of the security rules stand on every answer, errors and static files included."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ANSWERS = [
    ("/", 200),
    ("/ru/", 200),
    ("/uk/people/?q=Mandelstam", 200),
    ("/people/1/", 200),
    ("/people", 301),
    ("/people/999999/", 404),
    ("/none-such/", 404),
    ("/robots.txt", 200),
    ("/sitemap.xml", 200),
    ("/api/v1/people", 200),
    ("/api/v1/people?limit=0", 400),
    ("/api/v1/people/999999", 404),
    ("/api/v1/none-such", 404),
    ("/api/v1/openapi.json", 200),
    ("/static/registry/registry.css", 200),
    ("/static/none-such.css", 404),
    ("/admin/", 302),
    ("/accounts/login/", 200),
]


def assert_headers(answer: HttpResponse) -> None:
    """Assert what every answer has, and that no cookie follows a visitor who only reads."""
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in answer.headers


@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_headers_are_on_every_answer(
    registry_loaded: Path, client: Client, address: str, status: int
) -> None:
    answer = client.get(address)
    answer.close()
    assert answer.status_code == status
    assert_headers(answer)
    if not address.startswith(("/admin", "/accounts")):
        assert not answer.cookies
    else:
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/people/1/", "/ru/people/1/", "/api/v1/people/1"])
def test_headers_and_words_are_on_a_failure(
    registry_loaded: Path, client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("planted, with МАРКЕР in it")

    module = "registry.api.routes" if path.startswith("/api") else "registry.web.people"
    monkeypatch.setattr(f"{module}.public_person", fail)
    client.raise_request_exception = False
    answer = client.get(path)
    assert answer.status_code == 500
    assert_headers(answer)
    text = answer.content.decode()
    assert "МАРКЕР" not in text
    assert answer.json()["message"] if path.startswith("/api") else "<h1" in text


def test_foreign_host_is_refused_in_words(db: None, client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert_headers(answer)
    assert "<h1" in answer.content.decode()
