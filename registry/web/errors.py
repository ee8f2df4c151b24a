"""Error pages with words; for addresses of the API the same as JSON."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .trouble import trouble_of

CODES = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    410: "gone",
    500: "server-error",
    503: "unavailable",
}
WORDS = {
    400: _("The request was not understood"),
    403: _("Not open to everyone"),
    404: _("Nothing is at this address"),
    405: _("This page can only be read"),
    410: _("This is no longer shown"),
    500: _("The fault is ours"),
}
WORDS_OF_CODE = {
    "read-only": _("The registry can only be read at the moment"),
    "unavailable": _("The records cannot be reached"),
    "no-room": _("Nothing can be saved at the moment"),
    "no-cache": _("This cannot be done at the moment"),
    "suppressed": _("There is nothing to read here"),
}
"""Why a page cannot be had now (503), or at all."""
_LOGGER = logging.getLogger(__name__)


def _error(request: HttpRequest, status: int, *, code: str = "") -> HttpResponse:
    code = code or CODES[status]
    words = WORDS_OF_CODE.get(code) or WORDS[status]
    if request.path.startswith("/api/"):
        return JsonResponse({"error": code, "message": str(words)}, status=status)
    context = {"status": status, "code": code, "words": words}
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Say that the request could not be understood."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Say that the page is not for this visitor."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that nothing is at this address, and that this means nothing about anyone."""
    return _error(request, 404)


def gone(request: HttpRequest, *, suppressed: bool = False) -> HttpResponse:
    """Say that something was here and is no longer shown, and why that happens.

    Of what is suppressed less is told: not even that.
    """
    return _error(request, 410, code="suppressed" if suppressed else "")


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Say that the page can only be read, and that what was sent changed nothing."""
    response = _error(request, 405)
    response["Allow"] = "GET, HEAD"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, or which part of the machine is gone."""
    # Django calls this while it handles the exception.
    code = trouble_of(sys.exc_info()[1])
    return unavailable(request, code) if code else _error(request, 500)


def unavailable(request: HttpRequest, code: str) -> HttpResponse:
    """Say that this cannot be had now, and why; reads neither database nor cache."""
    return _error(request, 503, code=code)


def read_only_now(request: HttpRequest) -> HttpResponse:
    """Say that nothing is taken in while the registry can only be read."""
    return unavailable(request, "read-only")


class HonestErrors:
    """Answer with the site's own pages, whatever `DEBUG` is.

    With `DEBUG` on Django shows its own page for an unknown address or a foreign host, with
    every setting of the site; a visitor of a demonstration needs words. A fault of the program
    keeps the page for programmers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and put the site's page in the place of Django's."""
        response = self.get_response(request)
        if settings.DEBUG and response.status_code in _PAGES_OF_DEBUG and not _is_json(response):
            return _error(request, response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer honestly when the database, the disk or the cache is gone."""
        code = trouble_of(exception)
        if not code:
            return None
        _LOGGER.error(code, exc_info=exception)
        return unavailable(request, code)


_PAGES_OF_DEBUG = (400, 404)


def _is_json(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("application/json")
