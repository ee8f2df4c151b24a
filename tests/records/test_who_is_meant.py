"""Whose entries are one person's: keys, and what an import may not join."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.models import (
    Change,
    Entry,
    Person,
    PersonKey,
    PersonStatus,
)
from registry.records import (
    Outcome,
    PersonDraft,
    name_people,
    put_entries,
)
from registry.records.drafts.entries import (
    EntryDraft,
)
from tests.databases import NOW
from tests.records.drafting import (
    concluded_columns,
    draft,
)
from tests.search.indexed import as_indexed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(library: None, make_source: Callable[..., str]) -> None:
    make_source("invented-book")


def put(change: Change, *drafts: EntryDraft) -> list[Outcome]:
    return put_entries(drafts=drafts, change=change, now=NOW)


def person_of(key: str) -> Person:
    person: Person = Person.all_records.get(entries__key=key)
    return person


def test_an_entry_without_a_name_is_of_a_known_person(change: Change) -> None:
    put(change, draft("1", person_key="p"), draft("2", person_key="p", names=()))
    assert person_of("1") == person_of("2")
    assert put(change) == []


def test_a_key_joins_entries_across_batches_and_sources(change: Change) -> None:
    name_people(people=[PersonDraft("p", 700)], change=change)
    assert not Person.public.exists()
    put(change, draft("1", person_key="p"), draft("2", "book-a", person_key="p"), draft("3"))
    put(change, draft("4", "book-b", person_key="p"), draft("5"))
    people = {key: person_of(key).pk for key in "12345"}
    assert people["1"] == people["2"] == people["4"] == 700
    assert len(set(people.values())) == 3
    assert person_of("1").entry_count == 3
    assert list(PersonKey.all_records.values_list("key", flat=True)) == ["p"]


def test_a_newer_version_may_name_the_key_first(change: Change) -> None:
    put(change, draft("1"))
    put(change, draft("1", person_key="p"), draft("2", person_key="p"))
    put(change, draft("3", person_key="p"))
    assert person_of("1") == person_of("2") == person_of("3")
    assert person_of("1").entry_count == 3


def test_a_newer_version_with_the_key_of_another_is_refused(change: Change) -> None:
    """To join two people is an editor's act, and not an import's."""
    put(change, draft("1", person_key="p"), draft("2", person_key="q"), draft("3"))
    before = (concluded_columns(), as_indexed())
    strange, own, newer = put(
        change,
        draft("1", person_key="q", birth_place="Орёл"),
        draft("2", person_key="q", birth_place="Тверь"),
        draft("3", person_key="p"),
    )
    for refused in (strange, newer):
        assert (refused.kind, refused.reason, refused.fields, refused.entry) == (
            "refused", "other-person", ("person_key",), None,
        )  # fmt: skip
    assert own.kind == "changed"
    assert len({person_of(key).pk for key in "123"}) == 3
    assert Entry.all_records.get(key="1").birth_place == ""
    assert concluded_columns()["p"] == before[0]["p"]
    [kept] = put(change, draft("1", birth_place="Орёл"))
    assert kept.kind == "changed"


def test_a_new_key_is_of_the_first_newer_version_that_names_it(change: Change) -> None:
    """In one batch as in two: else the second would say a key that is not its person's."""
    put(change, draft("1"), draft("2"))
    outcomes = put(change, draft("1", person_key="p"), draft("2", person_key="p"))
    assert [(one.kind, one.reason) for one in outcomes] == [
        ("changed", ""), ("refused", "other-person"),
    ]  # fmt: skip
    assert PersonKey.all_records.get(key="p").person == person_of("1")


def test_a_merged_key_leads_to_whom_it_was_merged_into(change: Change) -> None:
    put(change, *(draft(key, person_key=key) for key in "abc"))
    for gone, kept in (("a", "b"), ("b", "c")):
        Person.all_records.filter(pk=person_of(gone).pk).update(
            status=PersonStatus.MERGED, merged_into=person_of(kept)
        )
    put(change, draft("d", person_key="a"))
    assert person_of("d") == person_of("c")
