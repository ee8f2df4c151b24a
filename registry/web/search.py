"""The search page: one box, fields, facets, chips, and why each hit was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import IntegerField, TextInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from registry.records import person_lines
from registry.records.public.shapes import PersonLine
from registry.search import FacetValue, FoundPage, Match
from registry.search.filters import LONGEST_TEXT, PeopleFilter

from .answers import answer, safe_only

OPEN = 3
"""How many facets stand open, beside those in use; the others are one click away."""
PLACES_IN_FORM = ("q", "page", "limit")
"""Parameters with a place of their own on the page, or none."""


@dataclass(frozen=True, slots=True)
class ChipLink:
    """One filter in force; `address` is this search without it."""

    parameter: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet; `address` is this search with it, or without it when selected."""

    code: str
    label: str
    count: int
    selected: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet; `values` without a label are named by the template from their code."""

    parameter: str
    links: tuple[FacetLink, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class HitLine:
    """A person found and why."""

    line: PersonLine
    match: Match | None

    @property
    def is_near(self) -> bool:
        """Whether the name is only near to the one asked for."""
        return self.match is not None and self.match.near


@safe_only
def search(request: HttpRequest) -> HttpResponse:
    """Show the search and, once something is asked, what was found."""
    shortened = _shortened(request.GET)
    is_cut = shortened != request.GET
    # What links and the title repeat is as long as what is read.
    request.GET = shortened  # type: ignore[assignment]
    filters = PeopleFilter(request.GET)
    _numbers_as_text(filters)
    asked = bool(request.GET)
    if asked and "" in request.GET.values() and not filters.unknown and filters.form.is_valid():
        # A form sends its empty fields too; the address that stays names only what is asked.
        return HttpResponseRedirect(_address(filters.address()))
    context = {
        "form": filters.form,
        "q": filters.query.q,
        "asked": asked,
        "open": bool(filters.form.errors),
        "unknown": filters.unknown,
        "chips": _chips(filters),
        "own_place": PLACES_IN_FORM,
        "is_cut": is_cut,
        "longest": LONGEST_TEXT,
    }
    if asked:
        found = filters.found.page()
        hits = _hits(found)
        start = (found.number - 1) * filters.query.limit
        context |= {
            "found": found,
            "hits": hits,
            "full": [hit for hit in hits if not hit.is_near],
            "near": [hit for hit in hits if hit.is_near],
            "start": start + 1,
            "near_start": max(start, found.full) + 1,
            "facets": _facets(filters, found.count),
        }
    return answer(request, "registry/search.html", context)


def _shortened(query: QueryDict) -> QueryDict:
    """Return the question with nothing in it longer than what the search reads."""
    found = QueryDict(mutable=True)
    for name, values in query.lists():
        found.setlist(name[:LONGEST_TEXT], [value[:LONGEST_TEXT] for value in values])
    return found


def _numbers_as_text(filters: PeopleFilter) -> None:
    """Let a year be typed freely: a number box shows nothing of what it cannot read."""
    for field in filters.form.fields.values():
        if isinstance(field, IntegerField):
            field.widget = TextInput(attrs={"inputmode": "numeric", "maxlength": 4})


def _address(query: str) -> str:
    return f"{reverse('people')}?{query}" if query else reverse("people")


def _chips(filters: PeopleFilter) -> list[ChipLink]:
    return [
        ChipLink(
            parameter=chip.parameter,
            label=chip.label,
            address=_address(filters.address_without(chip)),
        )
        for chip in filters.chips
    ]


def _hits(found: FoundPage) -> list[HitLine]:
    matches = {hit.person: hit.match for hit in found.hits}
    lines = person_lines([hit.person for hit in found.hits], language=get_language() or "en")
    return [HitLine(line, matches[line.id]) for line in lines]


def _facets(filters: PeopleFilter, count: int) -> list[Facet]:
    """Return the facets that can narrow the result, or of which another value can be chosen."""
    language = get_language() or "en"
    filled = [(name, values) for name, values in filters.facets.items() if values]
    chosen = {name for name, values in filled if any(value.selected for value in values)}
    return [
        Facet(name, tuple(_links(filters, name, values, language)), number < OPEN or name in chosen)
        for number, (name, values) in enumerate(filled)
        if count > 1 or name in chosen
    ]


def _links(
    filters: PeopleFilter, name: str, values: Iterable[FacetValue], language: str
) -> Iterable[FacetLink]:
    chosen: tuple[str, ...] = getattr(filters.query, name)
    for value in values:
        others = tuple(code for code in chosen if code != value.code)
        picked = others if value.selected else (*chosen, value.code)
        yield FacetLink(
            code=value.code,
            label=value.labels.get(language) or value.labels.get("en", ""),
            count=value.count,
            selected=value.selected,
            address=_address(filters.address(**{name: picked, "page": None})),
        )
