"""Security headers on every answer, errors included."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .trouble import NO_DATABASE

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_PRIVATE = re.compile(r"/(?:admin|accounts|submit|receipt)/")
"""What stands behind a log-in or a receipt, in every language."""


class SecurityHeaders:
    """Set the headers; forbid caches to keep what stands behind a log-in, or anything unasked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers set."""
        response = self.get_response(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
        response["X-Content-Type-Options"] = "nosniff"
        if _PRIVATE.search(request.path) or _is_logged_in(request):
            response["Cache-Control"] = "no-store"
        elif not response.has_header("Cache-Control"):
            # What is hidden must be gone at once, also where it was asked for before.
            response["Cache-Control"] = "no-cache"
        return response


def _is_logged_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    try:
        return user is not None and bool(user.is_authenticated)
    except NO_DATABASE:
        # Nobody can tell: the answer, which says so, is kept nowhere.
        return True
