"""Columns in files: written whole or not at all, true at once, and not needed to be right."""

from __future__ import annotations

import importlib
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry.dates import parse_edtf
from registry.models import ChangedPerson, ColumnsVersion, Person, PersonStatus, Role
from registry.preservation.dumping import TRIGGERS
from registry.records.people.statuses import hide_person
from registry.search import PeopleQuery
from registry.search.columns import Columns, PlainColumns, current, storing, write_columns
from tests.databases import NOW
from tests.processes import output, python

in_force = importlib.import_module("registry.search.columns.current")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.COLUMNS_ROOT = tmp_path / "columns"
    return tmp_path / "columns"


@pytest.fixture
def people(make_person: Callable[..., int]) -> list[int]:
    """Three people whose order is that of their ids."""
    return [
        make_person(family=family, sex="m", death=parse_edtf("1937"))
        for family in ("Абвин", "Бвгин", "Вгдин")
    ]


def listed(sort: str = "name") -> list[int]:
    return current().narrow(None, PeopleQuery()).page(sort, 0, 100)


def test_whoever_is_hidden_is_gone_from_everything_at_once(people: list[int]) -> None:
    write_columns(at_least=0)
    assert listed() == people
    hide_person(
        person=people[1], status=PersonStatus.WITHDRAWN, by=None, role=Role.EDITOR,
        reason="a court", now=NOW,
    )  # fmt: skip
    for query, asked in ((PeopleQuery(), None), (PeopleQuery(sex=("m",)), np.array(people))):
        found = current().narrow(asked, query)
        assert found.count == 2
        assert people[1] not in found.ids
        assert people[1] not in found.keep(people)
        assert dict(found.counts())["sex"] == {1: 2}
        for sort in ("name", "birth", "death"):
            assert people[1] not in found.page(sort, 0, 100)


def test_columns_are_read_again_only_for_whom_it_is_needed(
    people: list[int], django_assert_num_queries: Any
) -> None:
    assert write_columns(at_least=0) == 3
    assert not ChangedPerson.all_records.exists()
    assert listed() == people
    with django_assert_num_queries(1):
        assert listed() == people
    Person.all_records.filter(pk=people[0]).update(sort_key="я")
    assert listed() == [*people[1:], people[0]]
    assert [own.people.tolist() for own in current().few] == [people[:1]]  # type: ignore[union-attr]
    with django_assert_num_queries(1):
        assert listed() == [*people[1:], people[0]]


def test_who_changes_while_columns_are_written_is_not_forgotten(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = storing.read_columns

    def in_the_middle() -> Any:
        found = read()
        Person.all_records.filter(pk=people[2]).update(sex="f")
        return found

    monkeypatch.setattr(storing, "read_columns", in_the_middle)
    assert write_columns(at_least=0) == 3
    assert list(ChangedPerson.all_records.values_list("person", flat=True)) == people[2:]
    assert current().narrow(None, PeopleQuery(sex=("f",))).ids.tolist() == people[2:]


def test_few_changes_are_not_worth_writing(people: list[int], folder: Path) -> None:
    assert write_columns() is None
    assert not folder.exists()
    call_command("refresh_columns")
    assert not folder.exists()


def test_one_process_writes_at_a_time(people: list[int]) -> None:
    storing.root().mkdir(parents=True)
    with storing._alone() as alone:
        assert alone
        assert write_columns(at_least=0) is None
    assert write_columns(at_least=0) == 3


def test_without_its_files_the_database_answers(people: list[int]) -> None:
    write_columns(at_least=0)
    name = ColumnsVersion.all_records.get().name
    (storing.root() / name / storing.ABOUT).write_text('{"format": 0, "arrays": []}')
    in_force._current.clear()
    assert isinstance(current(), PlainColumns)
    assert listed() == people
    Person.all_records.filter(pk=people[0]).update(status="held")
    assert listed() == people[1:]
    # Such columns are worth writing, though one person has changed.
    assert write_columns() == 2
    assert isinstance(current(), Columns)
    assert listed() == people[1:]


def test_a_folder_that_cannot_be_written_to_is_said(people: list[int], folder: Path) -> None:
    folder.write_text("no folder")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("refresh_columns", at_least=0)
    assert listed() == people


def test_more_changes_than_can_be_kept_are_asked_of_the_database(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_force, "MOST_CHANGED", 2)
    assert isinstance(current(), PlainColumns)
    assert listed() == people
    write_columns(at_least=0)
    assert isinstance(current(), Columns)
    assert listed() == people


def test_many_changes_are_read_little_by_little_and_said_to_be(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_columns(at_least=0)
    assert listed() == people
    monkeypatch.setattr(in_force, "READ_AT_ONCE", 1)
    Person.all_records.update(sex="f")
    seen = [current().narrow(None, PeopleQuery()) for _ in range(3)]
    assert [(found.count, found.is_exact) for found in seen] == [
        (1, False), (2, False), (3, True),
    ]  # fmt: skip
    # In whatever order they are read, who was hidden meanwhile is in none of the answers.
    Person.all_records.update(sex="m")
    Person.all_records.filter(pk=people[2]).update(status="held")
    seen = [current().narrow(None, PeopleQuery()) for _ in range(3)]
    assert not any(people[2] in found.ids for found in seen)
    assert (seen[-1].ids.tolist(), seen[-1].is_exact) == (people[:2], True)


def test_who_is_found_by_name_is_shown_at_once(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_columns(at_least=0)
    monkeypatch.setattr(in_force, "READ_AT_ONCE", 1)
    Person.all_records.update(sex="f")
    late = sorted(current().late)  # type: ignore[union-attr]
    monkeypatch.setattr(in_force, "READ_AT_ONCE", 10)
    columns = current.__globals__["_current"][connection.alias]
    found = columns.narrow(np.array(late), PeopleQuery(sex=("f",)))
    assert (found.ids.tolist(), found.is_exact) == (late, True)
    monkeypatch.setattr(in_force, "READ_AT_ONCE", 1)
    found = columns.narrow(np.array(late), PeopleQuery(sex=("f",)))
    assert (found.ids.tolist(), found.is_exact) == (late[:1], False)


@pytest.mark.django_db
def test_the_triggers_that_note_changes_are_armed() -> None:
    """A migration that makes a table anew on SQLite takes its triggers away: arm them again."""
    noting = importlib.import_module("registry.migrations.0007_columns")
    names = {
        f"{table}_noted_{act}"
        for table in noting.PEOPLE_OF
        for act in (("update",) if table == "registry_source" else ("insert", "update", "delete"))
    }
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        armed = {name for (name,) in cursor.fetchall()}
    assert names <= armed


# A process of its own, on a registry of some people; `sys.argv` says where the columns are, and
# before which file the process kills itself (0: never).
WRITE = """
import json, os, signal, sys
import django
django.setup()
from django.conf import settings
from registry.models import Person
from registry.search import PeopleQuery
from registry.search.columns import current, storing, write_columns
settings.COLUMNS_ROOT, when = sys.argv[1], int(sys.argv[2])
if not Person.all_records.exists():
    for n in range(50):
        Person.all_records.create(sort_key=f"{n:02}", entry_count=1, sex="mf"[n % 2])
save, saved = storing.np.save, 0
def dying(*args, **rest):
    global saved
    saved += 1
    if saved == when:
        os.kill(os.getpid(), signal.SIGKILL)
    save(*args, **rest)
storing.np.save = dying
written = write_columns(at_least=0)
found = current().narrow(None, PeopleQuery(sex=("m",)))
files = sorted(os.listdir(storing.root()))
print(json.dumps([written, type(current()).__name__, found.count, files]))
"""


def test_columns_killed_while_they_are_written_are_never_in_force(
    databases: list[str], folder: Path
) -> None:
    database, _ = databases
    for file in (1, 7):
        done = python(database, WRITE, str(folder), str(file))
        assert done.returncode == -signal.SIGKILL, done.stderr
        [own] = folder.iterdir()
        assert len([version for version in own.iterdir() if version.is_dir()]) == 1
    written, kind, count, files = output(database, WRITE, str(folder), "0")
    assert (written, kind, count) == (50, "Columns", 25)
    assert len(files) == 2, "the lock and the columns"
    # Killed again with columns in force: those stay.
    assert python(database, WRITE, str(folder), "9").returncode == -signal.SIGKILL
    left = {version.name for version in own.iterdir()}
    assert set(files) < left
    *answer, files = output(database, WRITE, str(folder), "0")
    assert answer == [50, "Columns", 25]
    # Those before stay until the next, for whoever is about to open them.
    assert len(files) == 3
    assert not [name for name in files if name.endswith(storing.UNFINISHED)]
