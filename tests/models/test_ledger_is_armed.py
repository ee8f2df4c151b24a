"""The ledger refuses to be changed, by Django and by SQL, on whichever database this runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from registry.models import Change, Revision, RevisionBody
from registry.records import write_revision
from tests.databases import disarmed_ledger

pytestmark = pytest.mark.django_db

TABLES = ("registry_change", "registry_revision", "registry_revisionbody")
COLUMNS = {"registry_change": "reason", "registry_revision": "hash"}


@pytest.fixture
def row(change: Change) -> Revision:
    write_revision(change=change, subject="person", reference="1", body={"name": "Примеров"})
    found: Revision = Revision.all_records.get()
    return found


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="only appended to"), transaction.atomic():
        act()


def test_orm_cannot_update_the_ledger(row: Revision) -> None:
    refused(lambda: Change.all_records.update(reason="another"))
    refused(lambda: Revision.all_records.update(hash="another"))
    refused(lambda: RevisionBody.all_records.update(text="another"))
    change = row.change
    change.reason = "another"
    refused(change.save)


@pytest.mark.parametrize("model", [Revision, RevisionBody, Change])
def test_orm_cannot_delete_from_the_ledger(row: Revision, model: type[Model]) -> None:
    queryset = model._base_manager.all()
    refused(lambda: queryset._raw_delete(queryset.db))


@pytest.mark.parametrize("table", TABLES)
def test_sql_cannot_delete_from_the_ledger(row: Revision, table: str) -> None:
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute(f"DELETE FROM {table}"))


@pytest.mark.parametrize(("table", "column"), COLUMNS.items())
def test_sql_cannot_update_the_ledger(row: Revision, table: str, column: str) -> None:
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute(f"UPDATE {table} SET {column} = 'another'"))


@pytest.mark.parametrize("table", TABLES)
def test_sql_cannot_replace_a_row_of_the_ledger(row: Revision, table: str) -> None:
    if connection.vendor != "sqlite":
        return  # only SQLite knows REPLACE
    with connection.cursor() as cursor:
        copy = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        refused(lambda: cursor.execute(copy))
        refused(lambda: cursor.execute(copy.replace("INSERT OR REPLACE", "REPLACE")))


def test_sql_cannot_replace_a_revision_by_one_with_its_body(row: Revision) -> None:
    """Whatever column is unique finds a row for REPLACE to delete, not the id alone."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA index_list(registry_revision)")
        unique = [name for _, name, only, *_ in cursor.fetchall() if only]
        assert len(unique) == 1, "another unique column: 0002_ledger must name it"
        columns = "change_id, subject, reference, body_id, hash"
        refused(
            lambda: cursor.execute(
                f"INSERT OR REPLACE INTO registry_revision ({columns}) "
                f"SELECT {columns.replace('hash', repr('another'))} FROM registry_revision"
            )
        )
    assert Revision.all_records.get() == row


@pytest.mark.parametrize("table", TABLES)
def test_sql_cannot_truncate_the_ledger(row: Revision, table: str) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite knows no TRUNCATE: its DELETE is what the test above refuses
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE waits for no deferred check
        refused(lambda: cursor.execute(f"TRUNCATE {table} CASCADE"))


def test_body_of_a_revision_can_be_emptied_and_nothing_else(row: Revision) -> None:
    RevisionBody.all_records.update(text="")
    assert RevisionBody.all_records.get().text == ""
    refused(lambda: RevisionBody.all_records.update(text="something else"))
    refused(lambda: RevisionBody.all_records.update(id=row.body_id + 1))
    assert Revision.all_records.get().hash == row.hash


def test_ledger_is_armed_again_after_it_was_disarmed(row: Revision) -> None:
    with disarmed_ledger():
        Change.all_records.update(reason="for a moment")
    refused(lambda: Change.all_records.update(reason="another"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_committed_ledger_is_emptied_between_tests(row: Revision, time: str) -> None:
    assert Change.all_records.count() == 1, time
    refused(lambda: Change.all_records.update(reason="another"))
