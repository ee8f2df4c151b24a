"""How a page is answered, and how an address is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from .errors import not_allowed

LAST_PAGE = 1_000_000


def answer(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a public page; it varies with the language the browser asks for (the banner)."""
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def page_number(request: HttpRequest) -> int:
    """Return the number of the page asked for; anything but a number from 1 up means the first."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal()):
        return 1
    # Longer than any list: the domain answers with the last page.
    return min(max(int(asked[:8]), 1), LAST_PAGE)


def safe_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be read, and answer everything else in words.

    Exempt from the check of forged forms: it would answer first, that the page is not open to
    everyone, and there is nothing here to forge.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return not_allowed(request)
        return view(request, *args, **kwargs)

    return csrf_exempt(read)
