"""The sitemap: an index, and sections of people, in the three languages."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from registry.records import public_sites, public_sources
from registry.records.public.addresses import count_sections, people_in_section

from .answers import safe_only
from .context import LANGUAGES, origin_of, path_in

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("home", "sites", "sources", "index", "about")


@safe_only
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the sections: 0 for pages, places and sources, from 1 up for people."""
    origin = origin_of(request)
    sections = range(count_sections() + 1)
    return _xml(
        "sitemapindex",
        "sitemap",
        (origin + reverse("sitemap_section", args=[number]) for number in sections),
    )


@safe_only
def section(request: HttpRequest, number: int) -> HttpResponse:
    """List the addresses of one section; only what the public may see is in it."""
    if number > count_sections():
        raise Http404
    with override("en"):
        paths = _pages() if number == 0 else _people(number)
    origin = origin_of(request)
    return _xml("urlset", "url", (origin + path_in(code, p) for p in paths for code in LANGUAGES))


def _pages() -> list[str]:
    paths = [reverse(name) for name in PAGES]
    paths += [reverse("site", args=[site.slug]) for site in public_sites(language="en")]
    first = public_sources(language="en")
    pages = [first, *(public_sources(language="en", page=n + 1) for n in range(1, first.pages))]
    return paths + [reverse("source", args=[one.slug]) for page in pages for one in page.items]


def _people(number: int) -> list[str]:
    return [reverse("person", args=[person]) for person in people_in_section(number)]


def _xml(root: str, item: str, addresses: Iterable[str]) -> HttpResponse:
    rows = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>" for address in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">{rows}</{root}>'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
