"""Photographs and scans by the names of their files: only what is shown now."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from registry.records.public.files import FileGone, FileUnknown, public_file

from .answers import safe_only
from .errors import gone

MOST_SECONDS = 60
"""How long a cache may show what was hidden since."""


@safe_only
def file(request: HttpRequest, part: str) -> HttpResponse:
    """Send a file that is shown; a browser asks again after a minute, and gets no answer twice."""
    try:
        found = public_file(part)
    except FileGone:
        return gone(request)
    except FileUnknown as error:
        raise Http404 from error
    response = HttpResponse(found.content, headers=found.headers)
    response["Cache-Control"] = f"public, max-age={MOST_SECONDS}"
    # A file never changes: its name is as good as its hash.
    etag = response["ETag"] = f'"{found.part}"'
    known = get_conditional_response(request, etag=etag, response=response)
    return known if isinstance(known, HttpResponse) else response
