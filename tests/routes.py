"""Every route of the site by its name, with an address of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

PREFIXES = ("", "/ru", "/uk")


def every_route() -> list[tuple[str, str]]:
    """Return the names of all routes of the URLconf, each with an address of it."""
    return sorted(set(_walk(get_resolver().url_patterns)))


def _walk(patterns: Sequence[Any], path: str = "", spaces: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        own = "" if hasattr(pattern.pattern, "language_prefix") else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, path + own, inner)
        elif isinstance(pattern, URLPattern):
            address = "/" + _example(path + own)
            yield (spaces + pattern.name if pattern.name else _named(address)), address


def _named(address: str) -> str:
    """Return the name of a route that was given none."""
    return resolve(address).view_name


def _example(route: str) -> str:
    route = re.sub(r"\(\?P<app_label>[^)]*\)", "registry", route)
    route = re.sub(r"\(\?P<url>[^)]*\)", "no/such/page", route)
    route = re.sub(r"\(\?P<letter>[^)]*\)", "X", route)
    return re.sub(r"<[^>]*>", "1", route).replace("^", "").replace("$", "")
