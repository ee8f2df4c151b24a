"""Every public address of the site, with what stands in its place of a number or a slug.

A route that is in the URLconf and not here fails the tests that walk them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

PREFIXES = ("", "/ru", "/uk")
STAFF = ("accounts/", "admin/")

PAGES = {
    "": ["/"],
    "people/": ["/people/", "/people/?sort=name&limit=100"],
    "people/<int:number>/": ["/people/{person}/"],
    "people/<int:number>/history/": ["/people/{person}/history/"],
    "people/<int:number>/history/<int:change>/": ["/people/{person_then}/"],
    "entries/<int:number>/": ["/entries/{entry}/"],
    "sites/": ["/sites/"],
    "sites/<slug:slug>/": ["/sites/{site}/"],
    "sites/<slug:slug>/history/": ["/sites/{site}/history/"],
    "sites/<slug:slug>/history/<int:change>/": ["/sites/{site_then}/"],
    "sources/": ["/sources/"],
    "sources/<slug:slug>/": ["/sources/{source}/"],
    "index/": ["/index/"],
    "^index/(?P<letter>[^/]{1,4})/$": ["/index/{letter}/"],
    "about/": ["/about/"],
}
UNPREFIXED = {
    "healthz": ["/healthz"],
    "robots.txt": ["/robots.txt"],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap-<int:number>.xml": ["/sitemap-0.xml", "/sitemap-1.xml"],
    "files/<str:part>": ["/files/{file}"],
    "api/v1/people": ["/api/v1/people?limit=100&facets=1"],
    "api/v1/people/<int:number>": ["/api/v1/people/{person}"],
    "api/v1/suggest": ["/api/v1/suggest?q={name}"],
    "api/v1/entries/<int:number>": ["/api/v1/entries/{entry}"],
    "api/v1/sites": ["/api/v1/sites"],
    "api/v1/sites/<slug:slug>": ["/api/v1/sites/{site}"],
    "api/v1/sources": ["/api/v1/sources"],
    "api/v1/openapi.json": ["/api/v1/openapi.json"],
}
FORMS = {
    "submit/": ["/submit/"],
    "submit/leave/": ["/submit/leave/"],
    "submit/form/": ["/submit/form/"],
    "submit/form/check/": ["/submit/form/check/"],
    "submit/form/files/": ["/submit/form/files/"],
    "submit/form/files/<str:name>": [],
    "submit/form/<int:part>/similar/": ["/submit/form/1/similar/"],
    "submit/form/<int:part>/out/": ["/submit/form/2/out/"],
    "submit/form/<int:part>/<slug:code>/": ["/submit/form/1/birth/", "/submit/form/0/how/"],
    "submit/<slug:kind>/": ["/submit/person/", "/submit/correction/", "/submit/site/"],
    "submit/<slug:kind>/<int:number>/": [
        "/submit/addition/{person}/", "/submit/correction/{person}/", "/submit/files/{person}/",
    ],
    "submit/correction/<int:number>/<str:field>/": [
        "/submit/correction/{person}/name/", "/submit/correction/{person}/birth/",
    ],
    "submit/<slug:kind>/at/<slug:slug>/": ["/submit/site/at/{site}/", "/submit/files/at/{site}/"],
    "receipt/": ["/receipt/"],
    "receipt/open/": ["/receipt/open/"],
    "receipt/withdraw/": ["/receipt/withdraw/"],
}  # fmt: skip
"""Pages of contributors: no two answers of a form are equal, as each has a token of its own."""
NO_ADDRESS = {"api/v1/", "api/v1/<path:rest>"}
"""Routes that only say that nothing is there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is put into addresses; `person_then` and `site_then` are as `12/history/5`."""

    person: Sequence[int] = ()
    person_then: Sequence[str] = ()
    entry: Sequence[int] = ()
    site: Sequence[str] = ()
    site_then: Sequence[str] = ()
    source: Sequence[str] = ()
    letter: Sequence[str] = ()
    file: Sequence[str] = ()
    name: Sequence[str] = field(default=("Примеров",))


def routes() -> set[str]:
    """Return every public route of the URLconf, as it is written there, without a language."""
    found: set[str] = set()
    for prefix, route in _walk(get_resolver().url_patterns, ""):
        if not f"{prefix}{route}".startswith(STAFF):
            found.add(f"{prefix}{route}")
    return found


def _walk(patterns: Sequence[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = "" if hasattr(pattern.pattern, "language_prefix") else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + route)
        else:
            yield prefix, route


def public_addresses(shown: Shown, languages: Sequence[str] = PREFIXES) -> list[str]:
    """Return every public address, pages in each language."""
    pages = [one for page in PAGES.values() for one in page]
    found = [prefix + one for prefix in languages for one in _filled(pages, shown)]
    return found + _filled([one for page in UNPREFIXED.values() for one in page], shown)


def form_addresses(shown: Shown, languages: Sequence[str] = PREFIXES) -> list[str]:
    """Return every address of the forms of contributors, in each language."""
    pages = [one for page in FORMS.values() for one in page]
    return [prefix + one for prefix in languages for one in _filled(pages, shown)]


def _filled(templates: Sequence[str], shown: Shown) -> list[str]:
    found = []
    for template in templates:
        name = template.partition("{")[2].partition("}")[0]
        values = getattr(shown, name) if name else ("",)
        found += [template.format(**{name: value}) if name else template for value in values]
    return found
