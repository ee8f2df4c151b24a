"""The public history of what hangs on a person: choices, lives, links, files, and of merges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import (
    ChangeKind,
    Entry,
    PersonKey,
    PersonStatus,
    Photograph,
    Relation,
    Revision,
    Role,
    Source,
)
from registry.records import reinstate_source, withdraw_source
from registry.records.catalogue.photographs import (
    FileDraft,
    add_file,
    edit_file,
    file_draft,
    remove_file,
)
from registry.records.catalogue.sources import edit_source, source_draft
from registry.records.drafts.uploads import check_upload
from registry.records.history.shapes import Event, Line, OtherPerson, ToldValue
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.biographies import BiographyDraft, remove_biography, write_biography
from registry.records.people.choosing import choose
from registry.records.people.identity import PERSON
from registry.records.people.relating import Link, remove_relation, state_relation
from registry.records.undoing.erasing import erase_record
from registry.records.undoing.reverting import undo_change
from tests.files.pictures import jpeg
from tests.records.test_history import (
    ACT,
    DEAD,
    codes,
    edit,
    entry_of,
    move,
    only_event,
    set_status,
    told,
)

pytestmark = pytest.mark.django_db
EDIT: dict[str, Any] = {**ACT, "reason": "written anew"}
WITHHELD = PersonStatus.RESTRICTED


def words(event: Event) -> dict[str, tuple[list[str], list[str]]]:
    """Return what an event tells, by field, as lists of lines before and after."""
    return {each.field: (_lines(each.before), _lines(each.after)) for each in event.differences}


def _lines(lines: Iterable[Line]) -> list[str]:
    return ["|".join(_said(part) for part in line) for line in lines]


def _said(part: ToldValue) -> str:
    said = str(part.text or "") or (part.date.edtf if part.date else part.code)
    return f"{part.field}={said}" if part.field else said


def test_what_came_of_an_entry_after_it_left_is_not_told(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(**DEAD)
    make_person(key="z", person_key="z", **DEAD)
    entry = Entry.all_records.get(key="z")
    move(entry, person)
    move(entry, other)
    edit(entry, occupation="плотник")
    assert codes(person) == [["entry-to"], ["entry-from"], ["entry-added"]]
    assert codes(other)[:2] == [["entry-changed"], ["entry-from"]]


def test_a_source_described_anew_is_no_change_of_a_person(make_person: Any) -> None:
    person = make_person(**DEAD)
    source = Source.all_records.get()
    edit_source(draft=replace(source_draft(source), title="Another title"), **EDIT)
    withdraw_source(slug=source.slug, **EDIT)
    reinstate_source(slug=source.slug, **EDIT)
    assert codes(person) == [["source-back"], ["source-withdrawn"], ["entry-added"]]
    back, gone = (only_event(change) for change in told(person)[:2])
    assert back.source == gone.source
    assert str(back.source.title if back.source else "") == "Another title"


@pytest.mark.parametrize("hidden", ["entry", "person"])
def test_a_choice_of_what_is_hidden_now_tells_only_that_it_was_made(
    make_person: Any, hidden: str
) -> None:
    person = make_person(person_key="p", **DEAD)
    make_person(person_key="p", source="book-2", key="2", **DEAD)
    entry = Entry.all_records.get(key="2")
    choose(person=person, field="death", entry=entry.pk, **{**ACT, "reason": "Утечкин"})
    if hidden == "entry":
        withdraw_source(slug="book-2", **EDIT)
    else:
        set_status(person, WITHHELD)
    found = [event for change in told(person) for event in change.events]
    assert [event for event in found if event.code == "choice-made"] == [Event("choice-made")]
    assert "Утечкин" not in repr(told(person))


def life(person: int, text: str = "Первая.\n\nВторая.") -> BiographyDraft:
    return BiographyDraft(person, "ru", "Жизнь", text, ("invented-book",))


def test_a_life_is_told_paragraph_by_paragraph(make_person: Any) -> None:
    person = make_person(**DEAD)
    write_biography(draft=life(person), **EDIT)
    write_biography(draft=life(person, "Первая.\n\nТретья."), **EDIT)
    changed, added = (only_event(change) for change in told(person)[:2])
    assert words(changed) == {"biography_text": (["Вторая."], ["Третья."])}
    assert added == Event("biography-added", language="ru")
    remove_biography(person=person, language="ru", **EDIT)
    assert only_event(told(person)[0]) == Event("biography-removed", language="ru")
    set_status(person, WITHHELD)
    assert only_event(told(person)[1]) == Event("biography-removed")


def test_a_link_is_told_on_both_sides(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(family="Другов", **DEAD)
    entry = entry_of(person).pk
    link = Link(person, other, "parent", entry, "in writing", {"ru": "письменно"})
    state_relation(link=link, **EDIT)
    state_relation(link=replace(link, wording={}), **EDIT)
    remove_relation(relation=Relation.all_records.get().pk, **EDIT)
    assert codes(person)[:3] == [["relation-removed"], ["relation-changed"], ["relation-added"]]
    mine, theirs = (only_event(told(one, "ru")[1]) for one in (person, other))
    assert words(mine) == {"note": (["письменно"], ["in writing"])}
    assert (mine.kind, mine.other.id, mine.entry) == ("parent", other, entry)  # type: ignore[union-attr]
    assert (theirs.kind, theirs.other.id) == ("child", person)  # type: ignore[union-attr]
    set_status(other, PersonStatus.WITHDRAWN)
    assert only_event(told(person)[0]) == Event("relation-removed")


def test_of_an_erased_link_nothing_is_told(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(**DEAD)
    state_relation(link=Link(person, other, "sibling", entry_of(other).pk), **EDIT)
    court = {**ACT, "role": Role.ADMINISTRATOR, "reason": "an invented court"}
    erase_record(subject="relation", reference=str(Relation.all_records.get().pk), **court)
    assert codes(person) == [["entry-added"]]


def test_what_is_shown_of_a_person_is_told(make_person: Any) -> None:
    person = make_person(**DEAD)
    set_status(person, WITHHELD)
    [shown] = only_event(told(person)[0]).differences
    assert (shown.field, shown.before, shown.after) == (
        "status",
        ((ToldValue(code="by-rule", words="status"),),),
        ((ToldValue(code="restricted", words="status"),),),
    )


def test_of_who_was_joined_only_the_joining_is_told(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(**DEAD)
    set_status(other, PersonStatus.HELD)
    move(entry_of(other), person, ChangeKind.MERGE)
    set_status(other, PersonStatus.MERGED, person)
    assert codes(person) == [["person-joined"], ["entry-from"], ["entry-added"], ["entry-added"]]
    assert only_event(told(person)[0]).other == OtherPerson(other)


def test_that_a_person_is_known_under_a_second_key_is_no_event(make_person: Any) -> None:
    person = make_person(person_key="a", **DEAD)
    with act(kind=ChangeKind.IMPORT, **EDIT) as doing:
        doing.touch(PERSON, person)
        PersonKey(key="b", person_id=person).save()
    assert Revision.all_records.filter(change=doing.under, subject="person").exists()
    assert codes(person) == [["entry-added"]]


def test_of_an_erased_entry_only_the_erasing_is_told(make_person: Any) -> None:
    person = make_person(person_key="p", **DEAD)
    make_person(person_key="p", source="book-2", key="2", occupation="Утечкин", **DEAD)
    entry = Entry.all_records.get(key="2")
    edit(entry, "Утечкин moved", residence="Утечкинск")
    court = {**ACT, "role": Role.ADMINISTRATOR, "reason": "an invented court"}
    erase_record(subject="entry", reference=str(entry.pk), **court)
    erased, changed = told(person)[:2]
    assert (only_event(erased), erased.reason) == (
        Event("entry-changed", erased=True),
        "an invented court",
    )
    assert (only_event(changed), changed.reason) == (Event("entry-changed", erased=True), "")
    assert "Утечкин" not in repr(told(person))


def test_an_undoing_that_left_a_person_as_they_are_is_not_named(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(**DEAD)
    entries = [entry_of(one).pk for one in (person, other)]
    with act(kind=ChangeKind.EDIT, **EDIT) as doing:
        doing.touch(ENTRY, *entries)
        Entry.all_records.filter(pk__in=entries).update(occupation="плотник")
    edit(entry_of(person), occupation="столяр")
    undoing = undo_change(change=doing.under.pk, **EDIT).change
    assert undoing is not None
    assert [change.undone_by for change in told(person)] == [(), (), ()]
    assert told(other)[1].undone_by == (undoing.pk,)


def picture(person: int, **said: Any) -> int:
    """Add a photograph and return its number."""
    values = {"person": person, "source": "invented-book", "published": True, **said}
    file = check_upload(jpeg(300, 200))
    return add_file(model=Photograph, file=file, draft=FileDraft(**values), **EDIT)


def test_a_photograph_is_told_while_it_is_shown(make_person: Any, media: Path) -> None:
    person = make_person(**DEAD)
    number = picture(
        person, caption={"ru": "До", "uk": "Досі"}, date=parse_edtf("1930"), credit="Некто"
    )
    row = Photograph.all_records.get(pk=number)
    anew = replace(file_draft(row), caption={"en": "After"}, licence="CC0", credit="")
    edit_file(model=Photograph, number=number, draft=anew, **EDIT)
    changed, added = (only_event(change) for change in told(person, "uk")[:2])
    assert (changed.code, added.code) == ("photograph-changed", "photograph-added")
    assert words(added) == {
        "file_caption": ([], ["Досі"]),
        "date": ([], ["1930"]),
        "biography_credit": ([], ["Некто"]),
    }
    assert words(changed) == {
        "file_caption": (["Досі"], ["After"]),
        "biography_credit": (["Некто"], []),
        "biography_licence": ([], ["CC0"]),
    }
    remove_file(model=Photograph, number=number, **EDIT)
    assert told(person)[0].events == (Event("photograph-removed"),)
    assert "Досі" not in repr(told(person, "uk"))
    assert only_event(told(person)[1]) == Event("photograph-changed")


def test_a_photograph_never_published_is_not_told_of(make_person: Any, media: Path) -> None:
    person = make_person(**DEAD)
    picture(person, published=False)
    assert codes(person) == [["entry-added"]]
