"""The addresses of the site, and some that fail in each way there is."""

from __future__ import annotations

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from memorial import urls
from memorial.urls import handler400, handler403, handler404, handler500
from registry.web.answers import safe_only
from registry.web.errors import gone

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

FAILURES: dict[int, Exception] = {
    400: SuspiciousOperation("planted"),
    403: PermissionDenied("planted"),
    404: Http404("planted"),
    500: RuntimeError("planted"),
}


@safe_only
def fail(request: HttpRequest, status: int) -> HttpResponse:
    """Fail as the address says; 405 is a page with a form that is sent to itself."""
    if status == 410:
        return gone(request)
    if status == 405:
        page = '<!DOCTYPE html><title>x</title><form method="post"><button>x</button></form>'
        return HttpResponse(page)
    raise FAILURES[status]


urlpatterns: list[Any] = [
    *urls.urlpatterns,
    *i18n_patterns(path("fail/<int:status>/", fail), prefix_default_language=False),
]
