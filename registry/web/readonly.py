"""Read-only mode: a switch for the time of a repair or a move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .errors import read_only_now

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
STILL_TAKEN = frozenset({"account_logout"})
"""Logging out, which then only ends the session. Logging in would write when it was."""
ANSWERS_ITSELF = frozenset(
    {
        "submit_begin", "submit_about", "submit_fact", "submit_at", "submit_check", "submit_files",
        "submit_similar", "submit_take_out", "submit_page", "receipt_open", "receipt_withdraw",
    }
)  # fmt: skip
"""Pages that say themselves that they are closed, and show again what was typed into them."""


class ReadOnly:
    """Refuse whatever could change something while `READ_ONLY` is set; what is read stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, as the decision needs the name of the address; say so where a page did not."""
        response = self.get_response(request)
        if not settings.READ_ONLY or request.method in SAFE or response.status_code == 503:
            return response
        match = request.resolver_match
        took_nothing = match is not None and match.url_name in ANSWERS_ITSELF
        return read_only_now(request) if took_nothing else response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],  # noqa: ARG002 (Django gives it)
        args: tuple[Any, ...],  # noqa: ARG002
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Answer 503 with words, or let the request through."""
        if not settings.READ_ONLY or request.method in SAFE:
            return None
        match = request.resolver_match
        if match is not None and match.url_name in STILL_TAKEN | ANSWERS_ITSELF:
            return None
        return read_only_now(request)
