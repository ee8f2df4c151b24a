"""A cache that is gone: whatever is asked of it fails, as it does with each kind in its own way."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import BaseCache


class GoneCache(BaseCache):
    def __init__(self, *_args: Any) -> None:
        super().__init__({})

    def get(self, *_args: Any, **_kwargs: Any) -> Any:
        raise ConnectionError("Error 111 connecting to cache.example:6379")

    add = set = delete = touch = get
