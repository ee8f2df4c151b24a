"""The loaded database is there for who asks, and stays as it was whatever a test does."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.models import Person
from tests.databases import disarmed_ledger

PEOPLE = 76


@pytest.mark.django_db
def test_database_is_empty_for_who_does_not_ask() -> None:
    assert not Person.all_records.exists()


def test_registry_is_loaded_for_who_asks(registry_loaded: Path) -> None:
    assert Person.all_records.count() == PEOPLE
    assert (registry_loaded / "entries.jsonl").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_committing_test_writes_to_a_copy(registry_loaded: Path, time: str) -> None:
    assert Person.all_records.count() == PEOPLE, time
    with disarmed_ledger():
        Person.all_records.update(full="written over")
