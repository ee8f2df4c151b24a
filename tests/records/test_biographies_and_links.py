"""Lives told by editors, and links between people: kept, sourced, undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Biography, Entry, Relation, Role
from registry.records import public_person, withdraw_source
from registry.records.people.biographies import (
    BiographyDraft,
    BiographyRefused,
    read_biography,
    remove_biography,
    write_biography,
)
from registry.records.people.relating import Link, RelationRefused, remove_relation, state_relation
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "written", "now": NOW}


@pytest.fixture
def person(make_person: Any) -> int:
    found: int = make_person(birth=parse_edtf("1871"), death=parse_edtf("1938"))
    return found


def life(person: int, /, **changes: Any) -> BiographyDraft:
    draft = BiographyDraft(
        person, "ru", "Выдуманная жизнь", "Жил **долго**.", ("invented-book",), "Редактор", "CC0"
    )
    return replace(draft, **changes)


def told(person: int) -> tuple[str, ...]:
    return tuple(text.html for text in public_person(person, language="ru").biographies)


def test_a_life_is_written_shown_changed_and_undone(person: int) -> None:
    first = write_biography(draft=life(person), **ACT)
    assert told(person) == ("<p>Жил <strong>долго</strong>.</p>\n",)
    assert read_biography(person=person, language="ru") == life(person)
    assert write_biography(draft=life(person), **ACT) is None
    second = write_biography(draft=life(person, text="Жил мало."), **ACT)
    assert first is not None
    assert second is not None
    assert undo_change(change=second.pk, **ACT).left == []
    assert read_biography(person=person, language="ru") == life(person)
    assert undo_change(change=first.pk, **ACT).left == []
    assert told(person) == ()
    assert not Biography.all_records.exists()


def test_a_life_taken_away_comes_back_with_its_sources(person: int) -> None:
    write_biography(draft=life(person), **ACT)
    gone = remove_biography(person=person, language="ru", **ACT)
    assert told(person) == ()
    assert gone is not None
    assert remove_biography(person=person, language="ru", **ACT) is None
    assert undo_change(change=gone.pk, **ACT).left == []
    assert read_biography(person=person, language="ru") == life(person)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"sources": ()}, "sources", "no-source"),
        ({"sources": ("nowhere",)}, "sources", "unknown-source"),
        ({"title": " "}, "title", "empty"),
        ({"text": ""}, "text", "empty"),
        ({"language": "русский"}, "language", "unknown-language"),
        ({"person": 999_999}, "person", "unknown-person"),
    ],
)
def test_what_is_no_biography_is_refused(
    changes: dict[str, Any], field: str, code: str, person: int
) -> None:
    with pytest.raises(BiographyRefused) as refused:
        write_biography(draft=life(person, **changes), **ACT)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not Biography.all_records.exists()


def test_a_life_whose_only_source_was_withdrawn_is_not_shown(make_person: Any, person: int) -> None:
    make_person(source="other-book", key="own")
    write_biography(draft=life(person, sources=("other-book",)), **ACT)
    assert told(person)
    withdraw_source(slug="other-book", **ACT)
    assert told(person) == ()


def test_markup_in_a_life_is_text(person: int) -> None:
    text = (
        "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://elsewhere.example/y.png)"
    )
    write_biography(draft=life(person, text=text), **ACT)
    [html] = told(person)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def link(person: int, other: int, /, **changes: Any) -> Link:
    entry = Entry.all_records.get(person=person).pk
    made = Link(person, other, "spouse", entry, "married", {"ru": "в браке", "uk": "у шлюбі"})
    return replace(made, **changes)


def test_a_link_is_stated_worded_anew_removed_and_undone(person: int, make_person: Any) -> None:
    other = make_person(birth=parse_edtf("1875"), death=parse_edtf("1940"))
    first = state_relation(link=link(person, other), **ACT)
    [shown] = public_person(person, language="ru").relations
    assert (shown.person, shown.kind, shown.text.value) == (other, "spouse", "в браке")
    assert state_relation(link=link(person, other), **ACT) is None
    again = state_relation(link=link(person, other, text="wed"), **ACT)
    assert again is not None
    row = Relation.all_records.get()
    gone = remove_relation(relation=row.pk, **ACT)
    assert public_person(person, language="ru").relations == ()
    assert undo_change(change=gone.pk, **ACT).left == []
    assert undo_change(change=again.pk, **ACT).left == []
    assert Relation.all_records.get().text == "married"
    assert first is not None
    assert undo_change(change=first.pk, **ACT).left == []
    assert not Relation.all_records.exists()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kind": "friend"}, "kind", "unknown-kind"),
        ({"entry": 999_999}, "entry", "unknown-entry"),
        ({"other": 999_999}, "other", "unknown-person"),
        ({"text": "x" * 501}, "text", "too-long"),
    ],
)
def test_what_is_no_link_is_refused(
    changes: dict[str, Any], field: str, code: str, person: int, make_person: Any
) -> None:
    other = make_person()
    with pytest.raises(RelationRefused) as refused:
        state_relation(link=link(person, other, **changes), **ACT)
    assert (refused.value.field, refused.value.code) == (field, code)
    with pytest.raises(RelationRefused) as refused:
        state_relation(link=link(person, person), **ACT)
    assert refused.value.code == "same-person"
    assert not Relation.all_records.exists()
