"""An index made anew is the one that was kept in step, and can be made in pieces."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from registry.models import FORMS_A_PERSON, IndexState, KeyTrace, NameForm, NameWord, WordReading
from registry.records.ledger import reindexing
from registry.records.ledger.reindexing import people_to_index, rebuild_index
from registry.search import PeopleQuery, find_people
from tests.search.indexed import as_indexed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(make_person: Any) -> list[int]:
    return [
        make_person(family=family, fate="умер") for family in ("Примеров", "Образцов", "Тестов")
    ]


def forget_everything() -> None:
    for table in (NameForm, WordReading, NameWord, KeyTrace):
        table.all_records.all().delete()


def test_an_index_made_anew_equals_the_one_kept_in_step(people: list[int]) -> None:
    kept = as_indexed()
    start = people[1] * FORMS_A_PERSON
    NameForm.all_records.filter(id__range=(start, start + FORMS_A_PERSON - 1)).delete()
    other = NameWord.all_records.get(folded="тестов")
    NameForm.all_records.filter(id=people[0] * FORMS_A_PERSON).update(family=other)
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert as_indexed().forms == kept.forms
    assert out.getvalue() == "3 people are indexed anew.\n"


def test_an_index_made_from_nothing_equals_the_one_kept_in_step(people: list[int]) -> None:
    kept = as_indexed()
    forget_everything()
    call_command("rebuild_search", stdout=StringIO())
    assert as_indexed() == kept
    call_command("rebuild_search", stdout=StringIO())
    assert as_indexed() == kept


def test_what_was_cut_off_goes_on(people: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "BATCH", 1)
    forget_everything()
    walk = rebuild_index()
    assert next(walk) == (people[0], 1)
    walk.close()
    assert set(as_indexed().forms) == {people[0]}
    assert people_to_index() == 2
    assert list(rebuild_index()) == [(people[1], 1), (people[2], 1)]
    assert find_people(PeopleQuery(q="Тестов")).page().hits[0].person == people[2]
    assert people_to_index() == 3
    assert IndexState.all_records.get().building == ""


def test_trees_that_a_migration_made_meanwhile_are_no_hindrance(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that remakes the table of forms makes all of its trees, though they come at the end."""
    kept = as_indexed()
    monkeypatch.setattr(reindexing, "BATCH", 1)
    forget_everything()
    walk = rebuild_index()
    next(walk)
    walk.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX nameform_family ON registry_nameform (family_id)")
    call_command("rebuild_search", stdout=StringIO())
    assert as_indexed() == kept
