"""Entries of one book that may be the same, and the keys of a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.dates import parse_edtf
from registry.models import Change
from registry.records.drafts.entries import NameDraft, PassageDraft
from registry.records.entries.alike import find_alike, next_key
from tests.records.drafting import draft, put_books, put_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(change: Change, make_source: Callable[..., str]) -> None:
    make_source("invented-book")
    put_books(change)


def test_the_next_key_of_a_page(change: Change) -> None:
    assert next_key(source="invented-book", locator="с. 12") == "12.1"
    put_one(change, draft("12.1"), draft("12.9"), draft("12.x"), draft("123.40"))
    put_one(change, draft("12.50", "book-a"))
    assert next_key(source="invented-book", locator="12") == "12.10"
    assert next_key(source="invented-book", locator="т. 2, с. 345") == "2-345.1"
    assert next_key(source="invented-book", locator="Ёлочная глава") == "елочная-глава.1"
    assert next_key(source="invented-book", locator="") == "n.1"


@pytest.mark.parametrize(
    ("family", "given", "key", "found"),
    [
        ("Примеров", "Пример", "", ["1", "3"]),
        ("ПРИМЕРОВ", "пример", "", ["1", "3"]),
        ("Примеров", "П.", "", ["1", "3"]),
        ("Примеров", "Иной", "", []),
        ("Примеров-Второй", "Пример", "", []),
        ("Примерова", "Примера", "2", ["2"]),
        ("", "", "2", ["2"]),
        ("", "", "", []),
    ],
)
def test_entries_alike_are_found_in_the_same_book(
    change: Change, family: str, given: str, key: str, found: list[str]
) -> None:
    short = NameDraft("main", "Примеров П.", "Примеров", "П.", "", "ru", "Cyrl")
    other = NameDraft("main", "Примерова Примера", "Примерова", "Примера", "", "ru", "Cyrl")
    put_one(
        change,
        draft("1", birth=parse_edtf("1891"), passage=PassageDraft("с. 5")),
        draft("2", names=(other,)),
        draft("3", names=(short,)),
        draft("4", "book-a"),
    )
    rows = find_alike(source="invented-book", family=family, given=given, key=key)
    assert [row.key for row in rows] == found
    assert all(row.same_key == (row.key == key) for row in rows)
    if "1" in found:
        assert (rows[0].birth, rows[0].locator) == ("1891", "с. 5")
