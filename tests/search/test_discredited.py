"""An entry discredited as a whole answers no parameter but that of its source."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from registry.models import Change, Entry
from registry.records import put_entries, refresh_people
from registry.search.filters import PeopleFilter
from tests.databases import NOW
from tests.search.population import said

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
