"""Requests nobody should make: an honest page or JSON error with words, never a 500."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from registry.search.filters import PeopleFilter
from tests.addresses import PREFIXES

HONEST = {200, 301, 302, 400, 404, 405, 410}
ABSURD_VALUES = (
    "%00",
    "a%00b",
    "%ED%A0%80",  # a lone surrogate
    "%FF%FE",  # no UTF-8
    "a" * 10_000,
    "%D0%9C" * 5_000,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e309",
    "NaN",
    "%D9%A3",  # an Arabic digit
    "%F0%9F%95%AF",  # a candle
    "%E2%80%AE%D0%B0",  # written backwards
    "%CC%81" * 300,  # accents on nothing
    "'%20OR%201=1%20--",
    "%25%25_%5C",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%7B%7B7*7%7D%7D",
    "..%2F..%2Fetc%2Fpasswd",
    "%0D%0ASet-Cookie:%20a=b",
    "",
)
ABSURD_QUERIES = (
    "%00=1",
    "%ED%A0%80=%ED%A0%80",
    "q",
    "&&&===",
    "q=a&q=b&q=c",
    "fate=a&fate=%00",
    "nonsense=1&%F0%9F%95%AF=2",
    "page=999999",
    "page=1000001",
    "limit=100&page=1000000",
    "birth_from=1938&birth_to=1891",
    "&".join(f"p{number}=1" for number in range(900)),
    "&".join(f"p{number}=1" for number in range(2_000)),  # more than Django reads
)
ABSURD_PATHS = (
    "/people/0/",
    "/people/-1/",
    "/people/99999999999999999999999999/",
    "/people/1%00/",
    "/people/%D9%A1/",
    "/people/1.5/",
    "/entries/0/",
    "/entries/99999999999999999999999999/",
    "/sites/%00/",
    "/sites/%ED%A0%80/",
    "/sites/" + "a" * 10_000 + "/",
    "/sites/none-such/",
    "/sources/none-such/",
    "/sources/%D0%96/",
    "/index/%00/",
    "/index/%ED%A0%80/",
    "/index/%C3%9F/",
    "/index/%F0%9F%95%AF/",
    "/index/%25/",
    "/index/AAAAAAAAAA/",
    "/none-such/",
    "//evil.example/",
    "/..%2F..%2Fetc%2Fpasswd",
    "/%00",
    "/%ED%A0%80/",
    "/" + "a" * 10_000,
)
UNPREFIXED = (
    "/sitemap-99999999999999999999999999.xml",
    "/sitemap-2.xml",
    "/sitemap--1.xml",
    "/static/none-such.css",
    "/static/%00",
    "/static/../memorial/settings.py",
    "/static/..%2F..%2Fmemorial/settings.py",
    "/api/",
    "/api/v1",
    "/api/v1/",
    "/api/v1/none-such",
    "/api/v1/docs",
    "/api/v1/people/0",
    "/api/v1/people/-1",
    "/api/v1/people/1.5",
    "/api/v1/people/1%00",
    "/api/v1/people/99999999999999999999999999",
    "/api/v1/entries/99999999999999999999999999",
    "/api/v1/sites/%00",
    "/api/v1/sites/%ED%A0%80",
    "/api/v1/sites/none-such",
    "/api/v1/sources?page=%D9%A3",
    "/api/v1/sources?page=0",
    "/api/v1/sources?page=1000000",
    "/api/v1/suggest",
    "/api/v1/suggest?q=" + "a" * 10_000,
    "/api/v1/suggest?q=%00",
    "/api/v1/suggest?q=%ED%A0%80",
    "/api/v1/suggest?q=%CC%81%CC%81",
)
HOSTILE_HEADERS = (
    {"accept-language": "\x00"},
    {"accept-language": "x" * 10_000},
    {"accept-language": "ru;q=nan,*;q=-1,uk;q=1e9"},
    {"accept-language": "zz-ZZ,q=1;;;"},
    {"host": "evil.example"},
    {"host": "127.0.0.1:99999999"},
    {"host": "\x00"},
    {"x-forwarded-host": "evil.example"},
    {"x-forwarded-proto": "gopher"},
    {"cookie": "sessionid=garbage; django_language=zz; csrftoken=\x00"},
    {"cookie": "sessionid=" + "a" * 5_000},
    {"cookie": "messages=%00garbage"},
    {"referer": "javascript:alert(1)"},
    {"user-agent": "\xff" * 1_000},
    {"range": "bytes=9999999-1"},
    {"if-modified-since": "yesterday"},
    {"content-length": "-1"},
)
METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW")


@pytest.fixture
def visitor(registry_loaded: Path, client: Client) -> Client:
    """Give a visitor to whom a failure is answered with the page that real visitors see."""
    client.raise_request_exception = False
    return client


def assert_honest(answer: HttpResponse, address: str) -> None:
    """Assert that an answer is no failure, and that an error has words."""
    assert answer.status_code in HONEST, f"{answer.status_code} {address[:200]}"
    if answer.status_code < 400 or answer.status_code == 405:
        return
    text = answer.content.decode()
    if address.startswith("/api/"):
        found = answer.json()
        assert found["error"] in {"bad-request", "not-found", "gone"}, address[:200]
        assert found["message"], address[:200]
    else:
        assert "<h1" in text, f"{answer.status_code} without words: {address[:200]}"


def test_absurd_searches_are_answered_by_the_api(visitor: Client) -> None:
    names = (*PeopleFilter.base_filters, "facets")
    queries = [f"{name}={value}" for name in names for value in ABSURD_VALUES]
    for query in (*queries, *ABSURD_QUERIES):
        assert_honest(visitor.get(f"/api/v1/people?{query}"), f"/api/v1/people?{query}")


def test_absurd_searches_are_answered_by_the_page(visitor: Client) -> None:
    """The page has the same filter as the API: each absurd value in all parameters at once."""
    names = list(PeopleFilter.base_filters)
    alone = [f"q={value}" for value in ABSURD_VALUES]
    together = ["&".join(f"{name}={value}" for name in names) for value in ABSURD_VALUES]
    for query in (*alone, *together, *ABSURD_QUERIES):
        assert_honest(visitor.get(f"/people/?{query}"), f"/people/?{query}")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_absurd_values_are_answered_on_every_page(visitor: Client, prefix: str) -> None:
    pages = ("/", "/people/", "/people/1/", "/sites/", "/sources/", "/index/", "/about/")
    for page in pages:
        for query in ("page=%00", "page=99999999999", "page=%D9%A3", *ABSURD_QUERIES[:4]):
            assert_honest(visitor.get(f"{prefix}{page}?{query}"), f"{prefix}{page}?{query}")


@pytest.mark.parametrize("prefix", [*PREFIXES, "/zz"])
def test_absurd_paths_are_answered(visitor: Client, prefix: str) -> None:
    for path in ABSURD_PATHS:
        assert_honest(visitor.get(prefix + path), prefix + path)


def test_absurd_paths_without_a_language_are_answered(visitor: Client) -> None:
    for path in UNPREFIXED:
        assert_honest(visitor.get(path), path)


@pytest.mark.parametrize("headers", HOSTILE_HEADERS, ids=lambda one: str(one)[:40])
@pytest.mark.parametrize("path", ["/", "/ru/people/1/", "/api/v1/people/1", "/api/v1/people?q=a"])
def test_absurd_headers_are_answered(visitor: Client, path: str, headers: dict[str, str]) -> None:
    answer = visitor.get(path, headers=headers)
    assert_honest(answer, path)
    assert "evil.example" not in answer.content.decode()
    assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/", "/people/", "/uk/people/1/", "/api/v1/people", "/static/x"])
def test_other_methods_are_answered(visitor: Client, path: str, method: str) -> None:
    answer = visitor.generic(method, path, b"\x00" * 1_000, content_type="application/json")
    assert answer.status_code in HONEST, (method, path)


def test_search_page_does_not_run_what_is_asked(visitor: Client) -> None:
    for prefix in PREFIXES:
        text = visitor.get(f"{prefix}/people/?q=<script>alert(1)</script>").content.decode()
        assert "<script>alert(1)" not in text
