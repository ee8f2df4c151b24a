"""The page that asks for another person or entry: by number, by address, or by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_lazy as _

from registry.records.public.lines import person_lines
from registry.records.public.shapes import PersonLine
from registry.search import PeopleQuery, find_people

from .comparing import told

ASKED = "with"
"""The parameter that names the other."""
CANDIDATES = 20
FAR_PEOPLE = _("Number, address or name")
FAR_ENTRIES = _("Number or address")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose name was asked for: enough to tell whether it may be them."""

    id: int
    name: str
    life: str
    place: str
    fate: str


def asked_for(request: HttpRequest) -> str:
    """Return what was asked for, without what no index takes."""
    return request.GET.get(ASKED, "").replace("\x00", "").strip()[:200]


def candidates(text: str, *, without: int) -> list[Candidate]:
    """Return the people shown whose names answer best, but for one."""
    hits = find_people(replace(PeopleQuery(), q=text)).page(1, CANDIDATES + 1).hits
    people = [hit.person for hit in hits if hit.person != without][:CANDIDATES]
    return [_candidate(line) for line in person_lines(people, language=get_language() or "en")]


def _candidate(line: PersonLine) -> Candidate:
    days = [told(line.birth), told(line.death)]
    return Candidate(
        id=line.id,
        name=line.name.value,
        life="–".join(day or "?" for day in days) if any(days) else "",
        place=line.birth_place.value if line.birth_place else "",
        fate=line.fate.value if line.fate else "",
    )


def seek(
    request: HttpRequest,
    *,
    title: Any,
    about: Any,
    back: str,
    label: Any,
    found: Sequence[Candidate] = (),
    refusal: Any = "",
    ledger: str = "",
) -> HttpResponse:
    """Show the page; `refusal` says why the one asked for is none, `ledger` where that stands."""
    context = {
        "title": title,
        "about": about,
        "back": back,
        "label": label,
        "asked": asked_for(request),
        "found": found,
        "refusal": refusal,
        "ledger": ledger,
    }
    shown = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, "admin/registry/seek.html", shown)
