"""Names that are one in other languages, and names of syllables, are found through the index."""

from __future__ import annotations

import pytest

from registry.dates import parse_edtf
from registry.models import Change, PersonKey
from registry.records import put_entries
from registry.search import PeopleQuery, find_people
from tests.databases import NOW
from tests.records.drafting import draft
from tests.search.population import named

pytestmark = pytest.mark.django_db

NAMES = {
    "a": ("Примеров", "Николай", "Николаевич"),
    "b": ("Примерко", "Осип", "Беркович"),
    "c": ("Ли", "Ме Ро", ""),
    "d": ("Примерова", "Ревекка", "Осиповна"),
    "e": ("Білопримерь", "Олекса", ""),
}


@pytest.fixture
def ids(library: None, change: Change) -> dict[str, int]:
    drafts = [
        draft(
            f"{key}-book-a", "book-a", person_key=key, names=named(*name), death=parse_edtf("1937")
        )
        for key, name in NAMES.items()
    ]
    put_entries(drafts=drafts, change=change, now=NOW)
    return dict(PersonKey.all_records.values_list("key", "person"))


@pytest.mark.parametrize(
    ("asked", "key", "kinds"),
    [
        ("Примеров Микола Миколайович", "a", ["exact", "equivalent", "equivalent"]),
        ("Primerovas Mikalojus", "a", ["reading", "equivalent"]),
        ("Примерко Иосиф Борисович", "b", ["exact", "equivalent", "equivalent"]),
        ("Примерова Рива Иосифовна", "d", ["exact", "equivalent", "equivalent"]),
        ("Ли Мэ-Ро", "c", ["exact", "reading", "exact"]),
        ("Ли Меро", "c", ["syllable", "syllable"]),
        ("Ли Ме Ра", "c", ["syllable"] * 3),
        ("Белопримерь Алексей", "e", ["reading", "equivalent"]),
    ],
)
def test_whoever_is_asked_for_in_another_form_is_found_and_told_why(
    ids: dict[str, int], asked: str, key: str, kinds: list[str]
) -> None:
    [hit] = find_people(PeopleQuery(q=asked)).page().hits
    assert hit.person == ids[key]
    assert hit.match
    assert [reason.kind for reason in hit.match.reasons] == kinds


@pytest.mark.parametrize(
    "query",
    [
        PeopleQuery(q="Ли Ме Ра", exact=True),
        PeopleQuery(q="Ли Бо Гун"),
        PeopleQuery(q="Примеров Николай Петрович"),
        PeopleQuery(family="Ли Ме Ра"),
    ],
)
def test_whoever_was_not_asked_for_is_not(ids: dict[str, int], query: PeopleQuery) -> None:
    page = find_people(query).page()
    assert (page.full, [hit for hit in page.hits if hit.match and not hit.match.near]) == (0, [])
