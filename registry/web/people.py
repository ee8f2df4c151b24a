"""The page of a person, and the index by letter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import get_language

from registry.records import (
    EntryGone,
    EntryUnknown,
    PersonGone,
    PersonMoved,
    PersonUnknown,
    index_letters,
    people_by_letter,
    public_entry,
    public_person,
)

from .answers import answer, page_number, safe_only
from .context import origin_of
from .errors import gone
from .structured import person_data
from .timeline import timeline


def other_address(
    request: HttpRequest, name: str, number: int
) -> HttpResponsePermanentRedirect | None:
    """Lead to the one address a record has from a number written otherwise, as 007."""
    address = reverse(name, args=[number])
    return None if request.path == address else HttpResponsePermanentRedirect(address)


@safe_only
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show everything the public may know of a person."""
    if moved := other_address(request, "person", number):
        return moved
    try:
        found = public_person(number, language=get_language() or "en")
    except PersonMoved as joined:
        return HttpResponsePermanentRedirect(reverse("person", args=[joined.to]))
    except PersonGone as hidden:
        return gone(request, suppressed=hidden.suppressed)
    except PersonUnknown as error:
        raise Http404 from error
    context = {
        "person": found,
        "events": timeline(found),
        "structured": person_data(found, origin_of(request) + request.path),
        "may_correct": not found.restricted,
    }
    return answer(request, "registry/person.html", context)


@safe_only
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show what one source says about one person, field by field."""
    if moved := other_address(request, "entry", number):
        return moved
    try:
        found = public_entry(number, language=get_language() or "en")
    except EntryGone as hidden:
        return gone(request, suppressed=hidden.suppressed)
    except EntryUnknown as error:
        raise Http404 from error
    return answer(request, "registry/entry.html", {"entry": found})


@safe_only
def index(request: HttpRequest) -> HttpResponse:
    """Show the letters that have people."""
    return answer(request, "registry/index.html", {"letters": index_letters()})


@safe_only
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """Show the people whose name begins with a letter, Cyrillic or Latin."""
    letters = index_letters()
    if letter not in {*letters["cyrillic"], *letters["latin"]}:
        raise Http404
    found = people_by_letter(letter, page=page_number(request), language=get_language() or "en")
    context = {"letter": letter, "letters": letters, "page": found}
    return answer(request, "registry/index.html", context)
