"""An entry discredited as a whole answers no parameter but that of its source."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from registry.models import Change, Entry
from registry.records import put_entries, refresh_people
from registry.search import PeopleQuery, find_people
from registry.search.filters import PeopleFilter
from tests.databases import NOW
from tests.records.drafting import draft
from tests.search.population import named, said

pytestmark = pytest.mark.django_db


def test_an_entry_discredited_as_a_whole_answers_nothing_but_its_source(
    people: dict[str, int], change: Change
) -> None:
    def is_found(address: str) -> bool:
        return people["a"] in set(PeopleFilter(QueryDict(address)).qs.values_list("pk", flat=True))

    put_entries(drafts=[said("a", "Примеров", "book-b", birth="1891")], change=change, now=NOW)
    asked = (
        "arrest_from=1937&arrest_to=1937", "article=58-10", "operation=order-00447",
        "sentencing_body=troika", "archive_file=р-12", "place=тверь", "occupation=слесарь",
        "rehabilitated=rehabilitated", "region=oryol", "nationality=russian", "fate=executed",
    )  # fmt: skip
    entries = Entry.all_records.filter(person=people["a"], source__slug="book-a")
    entries.update(discredited={"*": "invented"})
    refresh_people([people["a"]], now=NOW)
    assert [address for address in asked if is_found(address)] == []
    assert is_found("source=book-a")
    assert is_found("arrest_from=1950&undated=on")
    entries.update(discredited={"birth_date": "invented"})
    refresh_people([people["a"]], now=NOW)
    assert [address for address in asked if not is_found(address)] == []


def test_a_name_that_is_not_believed_is_no_reason_why_somebody_was_found(
    library: None, change: Change
) -> None:
    names = {"book-a": ("Гостьев", "Небыл", "Ложнович"), "book-b": ("Гостьев", "Небыл")}
    drafts = [
        draft(book, book, person_key="guest", names=named(*name)) for book, name in names.items()
    ]
    put_entries(drafts=drafts, change=change, now=NOW)
    older = Entry.all_records.filter(source__slug="book-a")
    older.update(discredited={"*": "invented"})
    refresh_people([older.get().person_id], now=NOW)

    [hit] = find_people(PeopleQuery(q="Гостьев Небыл")).page().hits

    assert hit.match is not None
    assert hit.match.name == "Гостьев Небыл"
