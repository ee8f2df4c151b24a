"""Places: the list with its map, and one place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from registry.records import SiteGone, SiteUnknown, public_site, public_sites
from registry.records.public.shapes import PublicSite

from .answers import answer, safe_only
from .context import origin_of
from .errors import gone
from .mapping import HEIGHT, WIDTH, place_markers, project
from .structured import site_data


@safe_only
def sites(request: HttpRequest) -> HttpResponse:
    """Show all places on a map of the land, and the same as a list."""
    places = public_sites(language=get_language() or "en")
    context = {
        "places": places,
        "markers": place_markers(places),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return answer(request, "registry/sites.html", context)


@safe_only
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a place is, the rival figures with their sources, and who lies there."""
    try:
        place = public_site(slug, language=get_language() or "en")
    except SiteGone:
        return gone(request)
    except SiteUnknown as error:
        raise Http404 from error
    context = {
        **site_context(place),
        "structured": site_data(place, origin_of(request) + request.path),
    }
    return answer(request, "registry/site.html", context)


def site_context(place: PublicSite) -> dict[str, Any]:
    """Return what the page of a place needs beside its address."""
    marker = None
    if place.latitude is not None and place.longitude is not None:
        marker = project(place.latitude, place.longitude)
    return {
        "place": place,
        "shown": len(place.buried) + len(place.presumed),
        "marker": marker,
        "width": WIDTH,
        "height": HEIGHT,
    }
