"""Everything published of the first records is said by the entries it is marked with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import agree
from registry.models import Entry, PersonKey, Relation
from registry.names import fold
from registry.records import public_person
from registry.records.conclusions.facts import token_set
from registry.records.public.shapes import (
    PublicEntry,
    PublicFact,
    PublicPerson,
    PublicValue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LANGUAGES = ("en", "ru", "uk")
MOST_QUERIES = 15


@pytest.fixture
def ids(registry_loaded: Path) -> dict[str, int]:
    return dict(PersonKey.all_records.values_list("key", "person"))


@pytest.fixture
def rows(registry_loaded: Path) -> dict[tuple[str, str], dict[str, Any]]:
    lines = (registry_loaded / "entries.jsonl").read_text(encoding="utf-8").splitlines()
    return {(row["source"], row["key"]): row for row in map(json.loads, lines)}


@cache
def told_of(person: int, language: str) -> PublicPerson:
    """Return a person as told in a language, read once for all tests: the records never differ."""
    with CaptureQueriesContext(connection) as captured:
        told = public_person(person, language=language)
    assert len(captured) <= MOST_QUERIES
    return told


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyone_is_told_in_every_language_in_few_queries(
    ids: dict[str, int], language: str
) -> None:
    assert ids
    for pk in ids.values():
        told = told_of(pk, language)
        assert told.id == pk
        assert told.name.full
        assert not told.restricted


def same(stated: PublicValue, told: PublicValue) -> bool:
    if told.date or stated.date:
        return stated.date == told.date
    return (stated.code, stated.site, stated.certainty) == (
        told.code,
        told.site,
        told.certainty,
    ) and (stated.text == told.text)


def fitting(stated: PublicValue, told: PublicValue) -> bool:
    """Whether the statement and what is told of it can both be true."""
    if stated.date and told.date:
        return agree(stated.date, told.date) != "differ"
    if stated.code and told.code:
        return stated.code == told.code
    texts = [value.text for value in (stated, told) if value.text]
    if {text.lang for text in texts} & {"ru", "uk"}:
        # One text is within the other as the entries have them; their wording declines.
        return True
    left, right = (token_set(text.value) for text in texts)
    return left <= right or right <= left


def said(entry: PublicEntry, field: str) -> list[PublicValue]:
    """What one entry says of a field; an execution says that and when someone died."""
    values = [value for name, value in entry.fields if name == field]
    executions = [row.facts["execution"] for row in entry.repressions if "execution" in row.facts]
    if field == "death":
        values += [value for fact in executions for value in fact.values]
    if field == "fate" and executions:
        values.append(PublicValue(marks=(entry.mark,), code="executed"))
    return values


def in_episode(entry: PublicEntry, field: str) -> list[PublicValue]:
    return [
        value
        for row in entry.repressions
        if field in row.facts
        for value in row.facts[field].values
    ]


def check_value(told: PublicValue, stated: dict[int, list[PublicValue]], where: str) -> None:
    assert told.marks, where
    for mark in told.marks:
        assert any(fitting(value, told) for value in stated[mark]), (where, mark)
    own = [value for mark in told.marks for value in stated[mark]]
    texts = {text for value in own for text in (value.text, *value.printed)}
    assert any(same(value, told) or value.code == told.code != "" for value in own), where
    assert set(told.printed) <= texts, where


def check_fact(
    fact: PublicFact, entries: dict[int, PublicEntry], look: Any, where: str
) -> Iterator[int]:
    stated = {mark: look(entry, fact.field) for mark, entry in entries.items()}
    told = [*fact.values, *fact.rivals]
    for value in told:
        check_value(value, stated, where)
        yield 1
    marks = [mark for value in told for mark in value.marks]
    assert len(marks) == len(set(marks)), where
    for one in fact.discredited:
        check_value(one.value, stated, where)
        for entry in (entries[mark] for mark in one.value.marks):
            if one.rule:
                assert one.rule == "unreliable-source", where
                assert entry.source.unreliable_for, where
            else:
                assert one.reason.value, where
                assert entry.discredited, where
        yield 1


def bare(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in row.__slots__ if name != "marks")


def check_rows(told: Any, entries: dict[int, PublicEntry], name: str, where: str) -> Iterator[int]:
    """Check that every row of a kind is word for word a row of each entry it is marked with."""
    for row in told:
        assert row.marks, (where, name)
        for mark in row.marks:
            entry = entries[mark]
            own = list(getattr(entry, name))
            own += [one for part in entry.repressions for one in getattr(part, name, ())]
            if name == "roles":
                same_text = {(one.kind, fold(one.text.value)) for one in own}
                assert (row.kind, fold(row.text.value)) in same_text, (where, name, mark)
            else:
                assert bare(row) in [bare(one) for one in own], (where, name, mark)
        yield 1


def check_person(told: PublicPerson) -> int:
    """Check every value, name, ruling, stay and role of a person; return how many."""
    entries = {entry.mark: entry for entry in told.entries}
    assert sorted(entries) == list(range(1, len(entries) + 1))
    where = told.name.full
    done = 0
    for name, fact in told.facts.items():
        assert fact.field == name
        assert fact.values or fact.rivals or fact.discredited
        done += sum(check_fact(fact, entries, said, f"{where}: {name}"))
    assert told.name in told.names
    assert told.reader_name is None or told.reader_name in told.names
    done += sum(check_rows(told.names, entries, "names", where))
    for episode in told.episodes:
        for name, fact in episode.facts.items():
            marked = f"{where}: episode {episode.number} {name}"
            done += sum(check_episode_fact(fact, entries, marked))
        done += sum(check_rows(episode.rulings, entries, "rulings", where))
        done += sum(check_rows(episode.stays, entries, "stays", where))
    for kind in ("rulings", "stays", "roles"):
        done += sum(check_rows(getattr(told, kind), entries, kind, where))
    for clash in told.contradictions:
        assert clash.marks
        assert set(clash.marks) <= set(entries)
    return done


def check_episode_fact(
    fact: PublicFact, entries: dict[int, PublicEntry], where: str
) -> Iterator[int]:
    """An entry may state one episode in two rows, so a mark may stand at two values."""
    stated = {mark: in_episode(entry, fact.field) for mark, entry in entries.items()}
    for value in (*fact.values, *fact.rivals):
        check_value(value, stated, where)
        yield 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_published_value_is_said_by_the_entries_it_is_marked_with(
    ids: dict[str, int], language: str
) -> None:
    for pk in ids.values():
        assert check_person(told_of(pk, language))


def test_every_link_is_stated_by_an_entry_of_one_of_the_two(ids: dict[str, int]) -> None:
    for pk in ids.values():
        told = told_of(pk, "en")
        own = {entry.id for entry in told.entries}
        by_mark = {entry.mark: entry.id for entry in told.entries}
        for link in told.relations:
            stated = [by_mark[mark] for mark in link.marks]
            assert stated or link.elsewhere
            assert not set(link.elsewhere) & own
            for entry in (*stated, *link.elsewhere):
                found = Relation.all_records.filter(entry=entry, person__in=[pk, link.person])
                assert found.filter(other__in=[pk, link.person]).exists()
            mirror = told_of(link.person, "en").relations
            [back] = [m for m in mirror if m.person == pk and m.other_text == link.text]
            assert back.text == link.other_text


DATED = {"birth_date": "birth", "death_date": "death"}
TEXTS = (
    "birth_place", "citizenship", "social_origin", "education", "occupation", "residence",
    "relatives", "death_place", "death_cause", "archive_file", "basis", "comment",
)  # fmt: skip


def test_every_entry_says_what_its_line_of_the_file_says(
    ids: dict[str, int], rows: dict[tuple[str, str], dict[str, Any]]
) -> None:
    told = {one.id: one for pk in ids.values() for one in told_of(pk, "en").entries}
    kept = {
        (entry.source.slug, entry.key): told[entry.pk]
        for entry in Entry.all_records.select_related("source")
    }
    assert kept.keys() == rows.keys()
    for identity, row in rows.items():
        shown = kept[identity]
        fields = dict(shown.fields)
        for column, field in DATED.items():
            given = row.get(column)
            given = given.get("edtf") if isinstance(given, dict) else given
            value = fields.get(field)
            assert (value.date.edtf if value and value.date else None) == given
        for name in TEXTS:
            value = fields.get(name)
            assert (value.text.value if value and value.text else None) == row.get(name)
        assert len(shown.names) == len(row.get("names", []))
        assert len(shown.repressions) == len(row.get("repressions", []))
        assert set(shown.discredited) == set(row.get("discredited", {}))
