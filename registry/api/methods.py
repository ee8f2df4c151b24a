"""The API is only read: by GET, and by HEAD as by GET; anything else is refused in JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, override
from ninja import NinjaAPI

from .languages import language_of
from .problems import problem

View = Callable[..., Any]


class ReadAPI(NinjaAPI):
    """An API whose every address is only read."""

    @property
    def urls(self) -> Any:
        """Return the addresses, each of which answers GET and HEAD."""
        patterns: Any
        patterns, *names = super().urls
        for pattern in patterns:
            pattern.callback = only_read(pattern.callback)
        return (patterns, *names)


def only_read(view: View) -> View:
    """Let a view be read: HEAD is answered as GET, whose body the server leaves away."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return not_allowed(request)
        asked, request.method = request.method, "GET"
        try:
            response: HttpResponse = view(request, *args, **kwargs)
        finally:
            request.method = asked
        return response

    # Nothing is ever changed here: there is nothing to forge.
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Say that the address can only be read."""
    with override(language_of(request)):
        answer = problem(405, "method-not-allowed", _("This address can only be read."))
    answer["Allow"] = "GET, HEAD"
    return answer
