"""Data entry from a book: quick, by keyboard, and nothing is entered twice unawares."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.models import Change, ChangeKind, Entry, Role
from registry.records import put_entries, withdraw_source
from registry.records.entries.drafting import entry_draft
from registry.records.undoing.reverting import undo_change
from tests.admin.sending import errors_of, form_of
from tests.databases import NOW
from tests.records.drafting import draft

pytestmark = pytest.mark.django_db
BOOK, LOOK = "/admin/acts/book/", "/admin/acts/book/look/"
TYPED = {
    "source": "invented-book",
    "locator": "с. 12",
    "residence": "д. Выдуманная",
    "verbatim": "ПРИМЕРОВ Пример Примерович, род. в апреле 1896.",
    "full_name": "ПРИМЕРОВ Пример Примерович",
    "sex": "м",
    "birth_date": "в апреле 1896",
    "arrest_date": "25 листопада 1937",
    "articles": "58-10, 58-11",
    "sentence": "ВМН",
    "execution_date": "осень 37 = 1937-23",
    "rehabilitation_date": "1956",
}
MOST_QUERIES = 37
"""Who it is 4, reading what was typed 5, the act itself 13 in a transaction of its own, and the
index of names up to 15, where it has words that are new."""


@pytest.fixture(autouse=True)
def books(library: None, make_source: Any) -> None:
    make_source(language="ru")


def send(client: Client, path: str = BOOK, **values: str) -> Any:
    return client.post(path, {**TYPED, **values})


def only_entry() -> Entry:
    entry: Entry = Entry.all_records.get()
    return entry


def test_an_entry_is_saved_and_the_page_is_ready_for_the_next(at_desk: Any) -> None:
    client = at_desk()
    answer = send(client)
    assert (answer.status_code, answer["Location"]) == (302, BOOK)
    entry = only_entry()
    found = entry_draft(entry.pk)
    assert (found.key, found.source, found.sex) == ("12.1", "invented-book", "m")
    [name] = found.names
    assert (name.full, name.family, name.given, name.patronymic, name.language) == (
        "ПРИМЕРОВ Пример Примерович", "ПРИМЕРОВ", "Пример", "Примерович", "ru",
    )  # fmt: skip
    [row] = found.repressions
    assert found.birth is not None
    assert (found.birth.printed, found.birth.edtf) == ("в апреле 1896", "1896-04")
    assert row.arrest is not None
    assert row.execution is not None
    assert (row.arrest.edtf, row.article_codes) == ("1937-11-25", ("58-10", "58-11"))
    assert (row.execution.printed, row.execution.edtf) == ("осень 37", "1937-23")
    assert (row.sentence_kind, row.rulings[0].kind) == ("shooting", "rehabilitated")
    assert found.passage is not None
    assert (found.passage.locator, found.passage.language) == ("с. 12", "ru")
    assert (entry.change.kind, entry.change.role) == (ChangeKind.EDIT, Role.EDITOR)
    page = client.get(BOOK).content.decode()
    again = form_of(page)
    assert [again[name] for name in ("source", "locator", "residence")] == [
        ["invented-book"], ["с. 12"], ["д. Выдуманная"],
    ]  # fmt: skip
    assert [again[name] for name in ("verbatim", "full_name", "key")] == [[""], [""], [""]]
    assert "ПРИМЕРОВ Пример Примерович</a> (12.1)" in page
    [area] = re.findall(r"<textarea[^>]*>", page)
    assert "autofocus" in area
    assert '<option value="invented-book">' in page


def test_it_can_be_undone(at_desk: Any) -> None:
    send(at_desk())
    act = {"by": None, "role": Role.EDITOR, "reason": "r", "now": NOW}
    assert undo_change(change=only_entry().change_id, **act).left == []  # type: ignore[arg-type]
    assert only_entry().standing == "reverted"


def test_keys_go_on_along_the_page_and_can_be_chosen(at_desk: Any) -> None:
    client = at_desk()
    for number in range(3):
        assert send(client, full_name=f"Примеров{'абв'[number]} Пример").status_code == 302
    assert send(client, full_name="Иной Пример", key="12-б").status_code == 302
    assert send(client, full_name="Другой Пример", locator="с. 13").status_code == 302
    assert sorted(Entry.all_records.values_list("key", flat=True)) == [
        "12-б", "12.1", "12.2", "12.3", "13.1",
    ]  # fmt: skip
    answer = send(client, full_name="Третий Пример", key="12-б", comment="typed and kept")
    assert "has this key already" in errors_of(client.post(BOOK, seen_of(answer)))
    assert "typed and kept" in answer.content.decode()


def seen_of(answer: Any) -> dict[str, str]:
    return {name: value[0] for name, value in form_of(answer.content.decode()).items()}


def test_an_entry_like_another_of_the_book_is_saved_only_when_it_was_seen(at_desk: Any) -> None:
    client = at_desk()
    send(client)
    answer = send(client, full_name="Примеров П.", birth_date="1896")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There are entries like this one" in page
    assert "в апреле 1896" in page
    assert Entry.all_records.count() == 1
    assert client.post(BOOK, seen_of(answer)).status_code == 302
    assert Entry.all_records.count() == 2


def test_without_a_script_one_looks_before_saving(at_desk: Any) -> None:
    client = at_desk()
    answer = send(client, look="1")
    page = answer.content.decode()
    assert not Entry.all_records.exists()
    assert "ПРИМЕРОВ · Пример · Примерович" in page
    assert "1896-04" in page
    assert "12.1" in page
    assert seen_of(answer)["verbatim"] == TYPED["verbatim"]
    unread = send(client, look="1", birth_date="давно").content.decode()
    assert "not understood, kept as printed" in unread


def test_with_a_script_the_same_is_shown_while_one_types(at_desk: Any) -> None:
    client = at_desk()
    send(client)
    page = send(client, LOOK).content.decode()
    assert page.count("<html") == 0
    assert f'name="seen" value="{only_entry().pk}"' in page
    assert "Perhaps the same in this book" in page
    assert "12.2" in page
    blank = client.post(LOOK, {}).content.decode()
    assert "Perhaps" not in blank


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("source", "", "This is needed."),
        ("source", "no-book", "There is no source “no-book”."),
        ("source", "gone-book", "The source has been withdrawn."),
        ("full_name", "", "There is neither a name"),
        ("sex", "?", "neither m nor f"),
        ("execution_date", "осень 37 = давно", "What stands after ="),
        ("age", "с" * 61, "at most 60"),
        ("rehabilitation_outcome", "как-то", "outcome"),
    ],
)
def test_what_cannot_be_saved_is_refused_and_nothing_is_lost(
    at_desk: Any, make_source: Any, field: str, value: str, words: str
) -> None:
    client = at_desk()
    make_source("gone-book")
    withdraw_source(slug="gone-book", by=None, role=Role.EDITOR, reason="r", now=NOW)
    answer = send(client, **{field: value})
    assert answer.status_code == 200
    assert words in errors_of(answer)
    typed = seen_of(answer)
    sent = {**TYPED, field: value}
    assert {name: typed[name] for name in sent} == sent
    assert not Entry.all_records.exists()
    [wrong] = re.findall(rf'<input[^>]*name="{field}"[^>]*>', answer.content.decode())
    assert "autofocus" in wrong


def test_who_was_quicker_has_the_key(at_desk: Any, monkeypatch: Any, change: Change) -> None:
    client = at_desk()
    put_entries(drafts=[draft("12.1")], change=change, now=NOW)
    monkeypatch.setattr("registry.admin.book_forms.next_key", lambda **_: "12.1")
    assert send(client, full_name="Иной Пример").status_code == 302
    assert Entry.all_records.filter(key="12.2").exists()
    monkeypatch.setattr("registry.admin.book.next_key", lambda **_: "12.1")
    answer = send(client, full_name="Третий Пример")
    assert "has this key already" in errors_of(answer)


def test_a_save_costs_few_queries_however_large_the_book(at_desk: Any, change: Change) -> None:
    client = at_desk()
    costs = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert send(client, full_name=f"Иной{'абв'[number]} Пример").status_code == 302
        costs.append(len(queries))
        rows = [draft(f"12.{n}") for n in range(100, 160)]
        put_entries(drafts=rows, change=change, now=NOW)
    # The first brings the index of names a given name besides the family name.
    assert costs[1] == costs[2] <= costs[0] <= MOST_QUERIES


def test_only_editors_enter_books(at_desk: Any) -> None:
    client = at_desk(Role.MODERATOR)
    assert client.get(BOOK).status_code == 403
    assert BOOK not in client.get("/admin/").content.decode()
    assert BOOK in at_desk(Role.EDITOR).get("/admin/").content.decode()
    assert send(client, LOOK).status_code == 403


def test_the_page_runs_no_script_of_its_own(at_desk: Any) -> None:
    page = at_desk().get(BOOK).content.decode()
    assert re.findall(r"<script(?![^>]*src=)", page) == []
    assert re.findall(r"\sstyle=|\son[a-z]+=", page) == []
    keys = re.findall(r'accesskey="(.)"', page)
    assert len(keys) == len(set(keys)) > 10
