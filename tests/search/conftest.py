"""The invented people of the search, loaded through the domain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.models import Change, Person, PersonKey
from registry.records import SiteDraft, SiteNameDraft, put_entries, put_sites
from tests.databases import NOW
from tests.records.drafting import put_books, put_vocabularies
from tests.search.population import POPULATION


@pytest.fixture
def people(change: Change, make_source: Callable[..., str]) -> dict[str, int]:
    put_books(change)
    put_vocabularies(change)
    make_source("signs")
    grave = (SiteNameDraft("en", "Invented grave"), SiteNameDraft("ru", "Могила", "signs"))
    sites = [
        SiteDraft("grave", ("mass-grave",), names=grave),
        SiteDraft("camp", ("camp",), names=(SiteNameDraft("pl", "Obóz"),)),
    ]
    put_sites(drafts=sites, change=change)
    outcomes = put_entries(drafts=POPULATION, change=change, now=NOW)
    assert {outcome.kind for outcome in outcomes} == {"new"}
    found = dict(PersonKey.all_records.values_list("key", "person"))
    statuses = Person.all_records.in_bulk()
    assert {key: statuses[pk].status for key, pk in found.items()} == {
        "a": "public", "b": "public", "c": "public", "d": "public",
        "x": "restricted", "h": "held",
    }  # fmt: skip
    return found
