"""Error pages with words; for addresses of the API the same as JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

CODES = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    410: "gone",
    500: "server-error",
}
WORDS = {
    400: _("The request was not understood"),
    403: _("Not open to everyone"),
    404: _("Nothing is at this address"),
    405: _("This page can only be read"),
    410: _("This is no longer shown"),
    500: _("The fault is ours"),
}


def _error(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": CODES[status], "message": str(WORDS[status])}, status=status)
    return render(request, template or f"errors/{status}.html", {"status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Say that the request could not be understood."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Say that the page is not for this visitor."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that nothing is at this address, and that this means nothing about anyone."""
    return _error(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    """Say that something was here and is no longer shown, and why that happens."""
    return _error(request, 410)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Say that the page can only be read, and that what was sent changed nothing."""
    response = _error(request, 405)
    response["Allow"] = "GET, HEAD"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    return _error(request, 500)
