"""What the tests of pages share: nothing counted before, and nothing left of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.web.visiting import Visitor


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    """Forget what was counted for the limits: all tests come from one address."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor(db: None) -> Visitor:
    return Visitor()
