"""How many queries a page costs: literal numbers, the same for few rows and for 50."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.records import SiteDraft, put_sites
from registry.records.catalogue.sites import SiteNameDraft
from registry.search.matching.retrieving import FEW
from tests.conftest import new_change

PERSON = 15
SEARCH = 20
ROWS = 50
LISTS = [
    "/",
    "/people/?q=Примеров",
    "/people/?sort=name&limit=100",
    "/sites/",
    "/sites/invented-0/",
    "/sources/",
    "/sources/invented-book/",
    "/index/П/",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/api/v1/people?q=Примеров&limit=100",
    "/api/v1/people?limit=100&facets=1",
    "/api/v1/suggest?q=Прим",
    "/api/v1/sites",
    "/api/v1/sites/invented-0",
    "/api/v1/sources",
]


def cost(client: Client, address: str) -> int:
    """Return how many queries an address costs."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(queries)


@pytest.mark.parametrize("path", ["/people/{}/", "/ru/people/{}/", "/api/v1/people/{}"])
def test_person_costs_at_most_15_queries(registry_loaded: Path, client: Client, path: str) -> None:
    costs = {person: cost(client, path.format(person)) for person in range(1, 13)}
    assert {person: number for person, number in costs.items() if number > PERSON} == {}


@pytest.mark.parametrize(
    "query", ["", "?q=Mandelstam", "?q=о&facets=1", "?sort=birth&limit=100&page=1&facets=1"]
)
@pytest.mark.parametrize("path", ["/people/", "/uk/people/", "/api/v1/people"])
def test_search_costs_at_most_20_queries(
    registry_loaded: Path, client: Client, path: str, query: str
) -> None:
    assert cost(client, path + query) <= SEARCH


@pytest.fixture
def grow(make_person: Callable[..., int], make_source: Callable[..., str]) -> Callable[..., None]:
    """Give what adds people, places and sources, each with all that a list tells of them."""

    def add(first: int, last: int) -> None:
        change = new_change("places of the test")
        for number in range(first, last):
            names = tuple(
                SiteNameDraft(language, f"Invented {number}") for language in ("en", "ru", "uk")
            )
            draft = SiteDraft(slug=f"invented-{number}", kinds=("mass-grave",), names=names)
            put_sites(drafts=[draft], change=change)
            make_source(f"invented-{number}")
            make_person(
                given=f"Пример{number}",
                birth=parse_edtf("1890"),
                death=parse_edtf("1938-01-15"),
                fate="executed",
                occupation="invented",
                birth_place="Invented",
                burial_site="invented-0",
                burial_certainty="documented",
            )

    return add


def test_lists_cost_the_same_for_10_rows_and_for_50(
    grow: Callable[[int, int], None], client: Client
) -> None:
    def costs() -> dict[str, int]:
        # The first search after a change reads whoever has changed, once for all that follow.
        client.get("/people/?q=-")
        return {address: cost(client, address) for address in LISTS}

    grow(0, FEW)  # of fewer the search looks for similar names as well
    few = costs()
    grow(FEW, ROWS)
    many = costs()
    assert many == few
    assert {address: number for address, number in many.items() if number > SEARCH} == {}
