"""What the prepared databases hold, written through the domain: each function is one of them.

A test asks for one by the name of its fixture (`PREPARED` in `tests.databases`), and is spared
writing the same records anew.
"""

from __future__ import annotations

from registry.exchange import load_registry
from registry.models import Change, ChangeKind, Person, PersonKey, Role
from registry.records import (
    SiteDraft,
    SiteNameDraft,
    SourceDraft,
    begin_change,
    put_entries,
    put_sites,
    put_sources,
)
from tests.databases import NOW, ROOT
from tests.records.drafting import put_books, put_vocabularies
from tests.search.population import POPULATION


def registry_loaded() -> None:
    """Write the records of `fixtures/`."""
    load_registry(ROOT / "fixtures", by=None, now=NOW)


def library() -> Change:
    """Write four invented books, and the terms that their entries name; return the change."""
    change = begin_change(
        kind=ChangeKind.IMPORT, by=None, role=Role.SYSTEM, reason="a library", now=NOW
    )
    put_books(change)
    put_vocabularies(change)
    return change


def invented_people() -> None:
    """Write the library, and the people of the search."""
    change = library()
    signs = SourceDraft("signs", "memory-book", 3, "Invented signs", living_rule="restrict")
    put_sources(drafts=[signs], change=change)
    grave = (SiteNameDraft("en", "Invented grave"), SiteNameDraft("ru", "Могила", "signs"))
    sites = [
        SiteDraft("grave", ("mass-grave",), names=grave),
        SiteDraft("camp", ("camp",), names=(SiteNameDraft("pl", "Obóz"),)),
    ]
    put_sites(drafts=sites, change=change)
    outcomes = put_entries(drafts=POPULATION, change=change, now=NOW)
    assert {outcome.kind for outcome in outcomes} == {"new"}
    statuses = dict(Person.all_records.values_list("pk", "status"))
    found = PersonKey.all_records.values_list("key", "person")
    assert {key: statuses[pk] for key, pk in found} == {
        "a": "public", "b": "public", "c": "public", "d": "public",
        "x": "restricted", "h": "held",
    }  # fmt: skip
