"""The first page, the page about the registry, and what programs ask for first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from registry.dates import parse_edtf
from registry.records import died_on, index_letters, public_sites

from .answers import answer, safe_only
from .context import origin_of
from .quality import quality

RANKS = ("1", "2", "3", "4", "5", "6")
PLACES_SHOWN = 12


@safe_only
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what the registry is, the alphabet, the day, and the places."""
    language = get_language() or "en"
    today = timezone.now().date()
    context = {
        "letters": index_letters(),
        "today": parse_edtf(today.isoformat()),
        "died": died_on(today, language=language),
        "places": public_sites(language=language)[:PLACES_SHOWN],
    }
    return answer(request, "registry/home.html", context)


@safe_only
def about(request: HttpRequest) -> HttpResponse:
    """Show who is included, how facts are concluded, how well people are found, who operates it."""
    return answer(request, "registry/about.html", {"ranks": RANKS, "quality": quality()})


@safe_only
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the list of addresses is, and to leave the desk and searches alone."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /accounts/", "Disallow: /*?"]
    lines += [
        f"Disallow: {prefix}/{page}/"
        for prefix in ("", "/ru", "/uk")
        for page in ("submit", "receipt")
    ]
    lines += [f"Sitemap: {origin_of(request)}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
