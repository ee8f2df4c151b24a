"""Answers without an answer: a code, and words in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, override
from ninja import NinjaAPI
from ninja.errors import ValidationError

from registry.records import (
    EntryGone,
    EntryUnknown,
    PersonGone,
    PersonMoved,
    PersonUnknown,
    SiteGone,
    SiteUnknown,
)

from .languages import DEFAULT, language_of

UNKNOWN = (EntryUnknown, PersonUnknown, SiteUnknown)
GONE = (EntryGone, PersonGone, SiteGone)


class RequestRefused(Exception):
    """A request that cannot be read: `parameters` says by name what is wrong."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        super().__init__(sorted(parameters))
        self.parameters = {name: list(faults) for name, faults in parameters.items()}


def problem(status: int, error: str, message: str, **more: object) -> JsonResponse:
    """Return the answer that says why there is none."""
    answer = JsonResponse(
        {"error": error, "message": message, **more},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Content-Language"] = get_language() or DEFAULT
    return answer


def not_found(request: HttpRequest, _error: object = None) -> HttpResponse:
    """Say that nothing is there, and that this means nothing about anyone."""
    with override(language_of(request)):
        return problem(404, "not-found", _("There is nothing at this address."))


def gone(request: HttpRequest, error: Any) -> HttpResponse:
    """Say that something was here and is no longer shown; of what is suppressed, less."""
    with override(language_of(request)):
        suppressed = getattr(error, "suppressed", False)
        words = (
            _("There is nothing to read here.")
            if suppressed
            else _("What was here is no longer shown.")
        )
        return problem(410, "gone", words)


def moved(request: HttpRequest, error: Any) -> HttpResponse:
    """Lead to the person this one was merged into."""
    location = request.build_absolute_uri(reverse("api:person", args=[error.to]))
    with override(language_of(request)):
        message = _("This record was joined with another, which is at the new address.")
        answer = problem(301, "moved", message, location=location)
    answer["Location"] = location
    return answer


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Say which parameters could not be read, and why."""
    with override(language_of(request)):
        message = _("Some of what was asked could not be read.")
        return problem(400, "bad-request", message, parameters=error.parameters)


def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Say the same of what the framework itself refuses."""
    faults = {str(fault["loc"][-1]): [str(fault["msg"])] for fault in error.errors}
    return refused(request, RequestRefused(faults))


def raised(_request: HttpRequest, error: Any) -> HttpResponse:
    """Leave whatever else happens to the site, which answers in JSON here."""
    raise error


def answer_problems(api: NinjaAPI) -> None:
    """Make the API answer what the domain raises."""
    for unknown in UNKNOWN:
        api.add_exception_handler(unknown, not_found)
    for hidden in GONE:
        api.add_exception_handler(hidden, gone)
    api.add_exception_handler(PersonMoved, moved)
    api.add_exception_handler(RequestRefused, refused)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(Exception, raised)
