"""An index made anew is the one that was kept in step, and can be made in pieces."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from registry.models import NameToken
from registry.records import reindexing
from registry.records.reindexing import rebuild_index
from registry.search import PeopleQuery, find_people

pytestmark = pytest.mark.django_db


def tokens() -> list[tuple[Any, ...]]:
    rows = NameToken.all_records.values_list("person", "name", "role", "folded", "key")
    return sorted(rows)


@pytest.fixture
def people(make_person: Any) -> list[int]:
    return [
        make_person(family=family, fate="умер") for family in ("Примеров", "Образцов", "Тестов")
    ]


def test_an_index_made_anew_equals_the_one_kept_in_step(people: list[int]) -> None:
    kept = tokens()
    NameToken.all_records.filter(person=people[1]).delete()
    NameToken.all_records.filter(person=people[0]).update(key="x")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert tokens() == kept
    assert out.getvalue() == "3 people are indexed anew.\n"


def test_what_was_cut_off_goes_on(people: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "BATCH", 1)
    NameToken.all_records.all().delete()
    walk = rebuild_index()
    assert next(walk) == (people[0], 1)
    assert {row[0] for row in tokens()} == {people[0]}
    assert list(rebuild_index(after=people[0])) == [(people[1], 1), (people[2], 1)]
    assert find_people(PeopleQuery(q="Тестов")).page().hits[0].person == people[2]
