"""The history of a person or a place, and either as it was after any change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import get_language

from registry.records import PersonGone, PersonMoved, PersonUnknown, SiteGone, SiteUnknown
from registry.records.history.as_of import MomentUnknown, person_as_of, site_as_of
from registry.records.history.timelines import person_history, site_history

from .answers import answer, page_number, safe_only
from .errors import gone
from .people import other_address
from .sites import site_context
from .timeline import timeline


def _if_shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer for who is merged, hidden or unknown as their own page does."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PersonMoved as joined:
            return HttpResponsePermanentRedirect(reverse("person_history", args=[joined.to]))
        except PersonGone as hidden:
            return gone(request, suppressed=hidden.suppressed)
        except SiteGone:
            return gone(request)
        except (PersonUnknown, SiteUnknown, MomentUnknown) as error:
            raise Http404 from error

    return safe_only(read)


@_if_shown
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show what changed of a person, newest first."""
    if moved := other_address(request, "person_history", number):
        return moved
    found = person_history(number, language=_language(), page=page_number(request))
    context = {"history": found, "record": reverse("person", args=[number])}
    return answer(request, "registry/history.html", context)


@_if_shown
def person_then(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Show a person as concluded after a change, by what the ledger has of then."""
    found, moment = person_as_of(number, change=change, language=_language())
    context = {
        "person": found,
        "events": timeline(found),
        "moment": moment,
        "record": reverse("person", args=[number]),
        "history": reverse("person_history", args=[number]),
    }
    return answer(request, "registry/person_then.html", context)


@_if_shown
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed of a place, newest first."""
    found = site_history(slug, language=_language(), page=page_number(request))
    context = {"history": found, "record": reverse("site", args=[slug])}
    return answer(request, "registry/history.html", context)


@_if_shown
def site_then(request: HttpRequest, slug: str, change: int) -> HttpResponse:
    """Show a place as it was stated after a change."""
    found, moment = site_as_of(slug, change=change, language=_language())
    context = {
        **site_context(found),
        "moment": moment,
        "record": reverse("site", args=[slug]),
        "history": reverse("site_history", args=[slug]),
    }
    return answer(request, "registry/site_then.html", context)


def _language() -> str:
    return get_language() or "en"
