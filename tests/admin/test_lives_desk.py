"""Biographies and links on the desk: written, refused with nothing lost, taken away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Biography, Entry, Relation, Role
from registry.records import public_person
from tests.admin.sending import save

pytestmark = pytest.mark.django_db
ACTS = "/admin/acts"
LIFE = {
    "title": "Выдуманная жизнь",
    "text": "Жил **долго**.",
    "sources": ["invented-book", ""],
    "reason": "Выдуманная причина",
}


@pytest.fixture
def person(make_person: Any) -> int:
    found: int = make_person(birth=parse_edtf("1871"), death=parse_edtf("1938"))
    return found


def test_a_life_is_written_and_taken_away(at_desk: Any, person: int) -> None:
    desk = at_desk()
    page = desk.get(f"/admin/registry/person/{person}/change/").content.decode()
    assert f"{ACTS}/person/{person}/lives/" in page
    assert "not told yet" in desk.get(f"{ACTS}/person/{person}/lives/").content.decode()
    answer = save(desk, f"{ACTS}/person/{person}/lives/ru/", **LIFE)
    assert (answer.status_code, answer["Location"]) == (302, f"{ACTS}/person/{person}/lives/")
    assert "<strong>долго</strong>" in Client().get(f"/ru/people/{person}/").content.decode()
    answer = desk.post(f"{ACTS}/person/{person}/lives/ru/remove/", {"reason": "Причина"})
    assert answer.status_code == 302
    assert not Biography.all_records.exists()


def test_a_life_without_a_source_is_refused_and_nothing_typed_is_lost(
    at_desk: Any, person: int
) -> None:
    desk = at_desk()
    answer = save(desk, f"/uk{ACTS}/person/{person}/lives/ru/", **{**LIFE, "sources": [""]})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Біографія спирається щонайменше на одне джерело." in page
    assert "Жил **долго**." in page
    assert not Biography.all_records.exists()


def test_a_link_is_added_and_taken_away(at_desk: Any, person: int, make_person: Any) -> None:
    desk = at_desk()
    other = make_person(birth=parse_edtf("1875"), death=parse_edtf("1940"))
    entry = Entry.all_records.get(person=person).pk
    page = f"{ACTS}/person/{person}/links/"
    said = {
        "other": f"https://example.org/ru/people/{other}/",
        "kind": "spouse",
        "entry": str(entry),
        "text_en": "married",
        "text_ru": "в браке",
        "reason": "Выдуманная причина",
    }
    assert "neither a number" in desk.post(page, {**said, "other": "кто"}).content.decode()
    assert "linked to themselves" in desk.post(page, {**said, "other": person}).content.decode()
    assert desk.post(page, said).status_code == 302
    [shown] = public_person(person, language="ru").relations
    assert (shown.person, shown.text.value) == (other, "в браке")
    row = Relation.all_records.get()
    assert f"{ACTS}/relation/{row.pk}/remove/" in desk.get(page).content.decode()
    answer = desk.post(f"{ACTS}/relation/{row.pk}/remove/", {"reason": "Выдуманная причина"})
    assert answer["Location"] == page
    assert not Relation.all_records.exists()


def test_a_moderator_changes_neither(at_desk: Any, person: int) -> None:
    desk = at_desk(Role.MODERATOR)
    assert desk.get(f"{ACTS}/person/{person}/lives/").status_code == 200
    assert desk.post(f"{ACTS}/person/{person}/lives/ru/", LIFE).status_code == 403
    assert desk.get(f"{ACTS}/person/{person}/links/").status_code == 403
    assert not Biography.all_records.exists()
