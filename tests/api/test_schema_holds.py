"""Every answer of the API is what its schema says, for requests made up by schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.api import api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES, OF_PEOPLE = 100, 150
"""Requests made up for each address; more for that with the most parameters."""


SCHEMA = api.get_openapi_schema()
OPERATIONS = sorted(SCHEMA["paths"])


@pytest.fixture
def described(registry_loaded: Path) -> Iterator[Any]:
    """Give the schema as the site itself tells it, without a network."""
    signals = (request_started, request_finished)
    for signal in signals:  # they would close the connection that holds the test's transaction
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_are_what_the_schema_says(described: Any, path: str) -> None:

    @hypothesis.settings(
        max_examples=OF_PEOPLE if path == "/api/v1/people" else EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=described[path]["GET"].as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()


def test_schema_names_every_address() -> None:
    assert OPERATIONS == [
        "/api/v1/entries/{number}",
        "/api/v1/people",
        "/api/v1/people/{number}",
        "/api/v1/sites",
        "/api/v1/sites/{slug}",
        "/api/v1/sources",
        "/api/v1/suggest",
    ]
