"""The addresses of the API: each reads the request, asks the domain once, and shapes the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import override
from ninja.renderers import JSONRenderer

from registry.records import (
    public_entry,
    public_person,
    public_site,
    public_sites,
    public_sources,
)
from registry.records.public.summaries import PersonSummary, labels_of_terms, person_summaries
from registry.search import FoundPage, suggest as find_suggestions
from registry.search.filters import PeopleFilter

from . import parameters, schemas, site_schemas
from .languages import in_language, language_of
from .methods import ReadAPI
from .problems import answer_problems, not_found
from .shaping import (
    Address,
    Shaper,
    date_of,
    match_of,
    name_of,
    row_of,
    source_of,
    terms_of,
    terms_of_entry,
)
from .site_shaping import site_row, site_whole

SUGGESTIONS = 10
DESCRIPTION = (
    "What the registry tells, for programs: the same people, entries, places and sources as its "
    "pages, and nothing that is not public. Read-only. Texts that are worded for the reader are "
    "given in the language of Accept-Language (en, ru or uk; English otherwise). Dates are EDTF."
)
PROBLEMS = {404: schemas.Problem}
HIDDEN = {404: schemas.Problem, 410: schemas.Problem}

renderer = JSONRenderer()
# Names in every script stay legible.
renderer.json_dumps_params = {"ensure_ascii": False}

api = ReadAPI(
    title="Registry of the victims of Soviet political repression",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    renderer=renderer,
    urls_namespace="api",
)
answer_problems(api)


def address_in(request: HttpRequest) -> Address:
    """Return what gives the permanent address of a page, in English."""

    def address(page: str, argument: object) -> str:
        with override("en"):
            return request.build_absolute_uri(reverse(page, args=[argument]))

    return address


def _vary(request: HttpRequest, response: HttpResponse) -> None:
    patch_vary_headers(response, ["Accept-Language"])
    response["Content-Language"] = language_of(request)


@api.get(
    "/people",
    url_name="people",
    response={200: schemas.PeopleOut, 400: schemas.Problem},
    openapi_extra={"parameters": parameters.people_parameters()},
)
@in_language
def people(request: HttpRequest, response: HttpResponse) -> schemas.PeopleOut:
    """Find people; the parameters are those of the search page."""
    _vary(request, response)
    asked = parameters.read_people_filter(request)
    page = asked.found.page()
    rows = person_summaries([hit.person for hit in page.hits], language=language_of(request))
    counted = parameters.read_tick(request.GET, "facets")
    facets = asked.facets if counted else None
    return schemas.PeopleOut(
        count=page.count,
        count_is_exact=page.count_is_exact,
        similar=page.count - page.full,
        next=_next_people(request, asked, page, facets=counted),
        results=_rows(rows, page, address_in(request)),
        facets=None
        if facets is None
        else {
            name: [
                schemas.FacetValueOut(
                    code=value.code,
                    count=value.count,
                    selected=value.selected,
                    label=dict(value.labels),
                )
                for value in values
            ]
            for name, values in facets.items()
        },
        ignored=asked.unknown,
    )


def _rows(found: list[PersonSummary], page: FoundPage, address: Address) -> list[schemas.PersonRow]:
    matches = {hit.person: hit.match for hit in page.hits}
    return [row_of(one, address, matches[one.line.id]) for one in found]


def _next_people(
    request: HttpRequest, asked: PeopleFilter, page: FoundPage, *, facets: bool
) -> str | None:
    if page.number >= page.pages:
        return None
    query = asked.address(page=page.number + 1) + ("&facets=1" if facets else "")
    return request.build_absolute_uri(f"{reverse('api:people')}?{query}")


@api.get(
    "/people/{int:number}",
    url_name="person",
    response={200: schemas.PersonOut, 301: schemas.Problem, **HIDDEN},
)
@in_language
def person(request: HttpRequest, response: HttpResponse, number: int) -> schemas.PersonOut:
    """Tell everything the public may know of a person, each fact with who agrees and differs."""
    _vary(request, response)
    found = public_person(number, language=language_of(request))
    shaper = Shaper(
        entries={entry.mark: entry.id for entry in found.entries},
        labels=labels_of_terms(terms_of(found)),
        address=address_in(request),
    )
    return shaper.person(found, parameters.ignored(request))


@api.get(
    "/suggest",
    url_name="suggest",
    response={200: schemas.SuggestionsOut, 400: schemas.Problem},
    openapi_extra={"parameters": [parameters.parameter("q", parameters.TEXT)]},
)
@in_language
def suggest(request: HttpRequest, response: HttpResponse) -> schemas.SuggestionsOut:
    """Suggest people and spellings for what has been typed so far."""
    _vary(request, response)
    suggested = find_suggestions(parameters.read_text(request.GET, "q"), limit=SUGGESTIONS)
    matches = {hit.person: hit.match for hit in suggested.hits}
    found = person_summaries(list(matches), language=language_of(request))
    address = address_in(request)
    return schemas.SuggestionsOut(
        results=[
            schemas.SuggestionOut(
                id=one.line.id,
                url=address("person", one.line.id),
                name=name_of(one.name),
                birth=date_of(one.line.birth),
                death=date_of(one.line.death),
                match=match_of(matches[one.line.id]),
            )
            for one in found
        ],
        spellings=list(suggested.spellings),
        ignored=parameters.ignored(request, {"q"}),
    )


@api.get(
    "/entries/{int:number}",
    url_name="entry",
    response={200: schemas.EntryOut, **HIDDEN},
)
@in_language
def entry(request: HttpRequest, response: HttpResponse, number: int) -> schemas.EntryOut:
    """Tell what one source says about one person."""
    _vary(request, response)
    found = public_entry(number, language=language_of(request))
    shaper = Shaper(
        entries={found.mark: found.id},
        labels=labels_of_terms(terms_of_entry(found)),
        address=address_in(request),
    )
    return shaper.entry(found, ignored=parameters.ignored(request))


@api.get("/sites", url_name="sites", response=site_schemas.SitesOut)
@in_language
def sites(request: HttpRequest, response: HttpResponse) -> site_schemas.SitesOut:
    """List every place."""
    _vary(request, response)
    address = address_in(request)
    rows = [site_row(site, address) for site in public_sites(language=language_of(request))]
    return site_schemas.SitesOut(
        count=len(rows), next=None, results=rows, ignored=parameters.ignored(request)
    )


@api.get(
    "/sites/{slug:slug}",
    url_name="site",
    response={200: site_schemas.SiteOut, **HIDDEN},
)
@in_language
def site(request: HttpRequest, response: HttpResponse, slug: str) -> site_schemas.SiteOut:
    """Tell what is known of a place, and who lies there."""
    _vary(request, response)
    language = language_of(request)
    found = public_site(slug, language=language)
    ids = [line.id for line in (*found.buried, *found.presumed)]
    people = person_summaries(ids, language=language)
    return site_whole(found, people, address_in(request), parameters.ignored(request))


@api.get(
    "/sources",
    url_name="sources",
    response={200: site_schemas.SourcesOut, 400: schemas.Problem},
    openapi_extra={"parameters": [parameters.PAGE]},
)
@in_language
def sources(request: HttpRequest, response: HttpResponse) -> site_schemas.SourcesOut:
    """List the sources in use, by rank, then title."""
    _vary(request, response)
    number = parameters.read_page(request.GET)
    found = public_sources(language=language_of(request), page=number)
    address = address_in(request)
    following = urlencode({"page": number + 1})
    return site_schemas.SourcesOut(
        count=found.count,
        next=request.build_absolute_uri(f"{reverse('api:sources')}?{following}")
        if number < found.pages
        else None,
        # Past the last page there is nothing, where a page for people would show the last one.
        results=[source_of(one, address) for one in found.items] if number <= found.pages else [],
        ignored=parameters.ignored(request, {"page"}),
    )


@api.get("/{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> Any:
    """Answer addresses that are none in JSON too."""
    return not_found(request, rest)
