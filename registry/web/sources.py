"""Sources: the list by rank, and one source with the people it speaks of."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from registry.records import (
    SourceGone,
    SourceUnknown,
    public_source,
    public_sources,
    source_people,
)

from .answers import answer, page_number, safe_only
from .errors import gone


@safe_only
def sources(request: HttpRequest) -> HttpResponse:
    """Show the sources in use, best rank first."""
    found = public_sources(language=get_language() or "en", page=page_number(request))
    return answer(request, "registry/sources.html", {"page": found})


@safe_only
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source, its rank explained, and the people it speaks of."""
    language = get_language() or "en"
    try:
        context = {
            "source": public_source(slug, language=language),
            "page": source_people(slug, page=page_number(request), language=language),
        }
    except SourceGone:
        return gone(request)
    except SourceUnknown as error:
        raise Http404 from error
    return answer(request, "registry/source.html", context)
