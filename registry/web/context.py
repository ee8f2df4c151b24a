"""What every page knows: who operates the site, its languages, whether it only reads."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost, TooManyFieldsSent
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language, gettext, override
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES: dict[str, str] = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Alternate:
    """This page in one language; `offer` is filled for the one the visitor's browser prefers."""

    code: str
    name: str
    path: str
    url: str
    current: bool
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """The site as templates see it; `origin` is empty where the host is not one of ours."""

    operator: str
    contact: str
    read_only: bool
    language: str
    origin: str
    canonical: str
    alternates: tuple[Alternate, ...]
    offered: Alternate | None


def site(request: HttpRequest) -> dict[str, Site]:
    """Give templates `site`. Reads no database, so that error pages have it too."""
    language = get_language() or settings.LANGUAGE_CODE
    # As it stands in an address: what a browser would read otherwise is encoded.
    path = escape_uri_path(request.path)
    origin = origin_of(request)
    preferred = preferred_language(request.headers.get("Accept-Language", ""))
    query = _query_of(request)
    alternates = tuple(
        Alternate(
            code=code,
            name=name,
            path=path_in(code, path) + (f"?{query}" if query else ""),
            url=origin + path_in(code, path) if origin else "",
            current=code == language,
            offer=_offer(code) if code == preferred and code != language else "",
        )
        for code, name in LANGUAGES.items()
    )
    found = Site(
        operator=settings.OPERATOR_NAME,
        contact=settings.OPERATOR_CONTACT,
        read_only=settings.READ_ONLY,
        language=language,
        origin=origin,
        canonical=origin + path_in(language, path) if origin else "",
        alternates=alternates,
        offered=next((one for one in alternates if one.offer), None),
    )
    return {"site": found}


def _query_of(request: HttpRequest) -> str:
    """Return the query, or nothing where it was refused: the page that says so needs none."""
    try:
        return request.GET.urlencode()
    except TooManyFieldsSent:
        return ""


def origin_of(request: HttpRequest) -> str:
    """Return scheme and host of this site, or nothing when the request names a foreign host."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def path_in(language: str, path: str) -> str:
    """Return the address of the same page in another language; English has no prefix.

    It begins with one slash: with two it would name another host.
    """
    whole = path.lstrip("/")
    first, _, rest = whole.partition("/")
    prefixed = first in LANGUAGES and first != settings.LANGUAGE_CODE
    bare = "/" + (rest.lstrip("/") if prefixed else whole)
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


def preferred_language(header: str) -> str:
    """Return the language of this site the browser prefers, or nothing."""
    for tag, _quality in parse_accept_lang_header(header):
        language = tag.partition("-")[0]
        if language in LANGUAGES:
            return language
    return ""


def _offer(code: str) -> str:
    """Return the offer of this page in a language, in that language."""
    with override(code):
        return gettext("This page is also there in English.")
