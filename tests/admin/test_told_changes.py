"""Changes on the desk are told in words, with what the ledger keeps of them."""

from __future__ import annotations

from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Change, Entry, Person
from tests.admin.sending import save

pytestmark = pytest.mark.django_db


def test_a_change_is_told_in_words_with_what_the_ledger_keeps(
    at_desk: Any, make_person: Any
) -> None:
    for key in ("1", "2"):
        person = make_person(key=key, birth=parse_edtf("1891"), person_key="joint")
    entry = Entry.all_records.get(key="2")
    client = at_desk()
    path = f"/admin/acts/entry/{entry.pk}/reading/"
    assert save(client, path, birth="1892", reason="read anew").status_code == 302
    path = f"/admin/acts/person/{person}/split/"
    assert client.post(path, {"entries": [entry.pk], "reason": "two"}).status_code == 302
    new = Person.all_records.latest("pk").pk
    read, split = Change.all_records.order_by("-pk")[:2][::-1]
    page = client.get(f"/admin/registry/change/{read.pk}/change/").content.decode()
    assert "<del>1891</del> → <ins>1892</ins>" in page
    assert f'href="/admin/registry/entry/{entry.pk}/change/">entry {entry.pk}</a>' in page
    page = client.get(f"/admin/registry/change/{split.pk}/change/").content.decode()
    assert f"<del>{person}</del> → <ins>{new}</ins>" in page
    assert "are about different people" in page
    assert "&quot;person_id&quot;" in page
    history = client.get(f"/admin/registry/entry/{entry.pk}/history/").content.decode()
    assert history.index("two") < history.index("read anew")
    assert "<del>1891</del>" in history


def test_what_was_taken_away_or_hidden_is_told(at_desk: Any, make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"))
    client = at_desk()
    path = f"/admin/acts/person/{person}/lives/ru/"
    life = {"title": "Жизнь", "text": "Жил.", "sources": "invented-book", "reason": "written"}
    assert save(client, path, **life).status_code == 302
    assert client.post(f"{path}remove/", {"reason": "wrong"}).status_code == 302
    page = client.get(
        f"/admin/registry/change/{Change.all_records.latest('pk').pk}/change/"
    ).content.decode()
    assert "It was taken away." in page
    assert "Жил." in page
    path = f"/admin/acts/person/{person}/hide/"
    assert client.post(path, {"status": "held", "reason": "asked"}).status_code == 302
    page = client.get(f"/admin/registry/person/{person}/history/").content.decode()
    assert "held back" in page
