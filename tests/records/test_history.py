"""The public history: every change in words, and nothing of what is hidden now."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import (
    Change,
    ChangeKind,
    Entry,
    EntryName,
    Person,
    PersonStatus,
    Role,
    Standing,
)
from registry.records import withdraw_source
from registry.records.history.shapes import Event, HistoryChange
from registry.records.history.timelines import person_history
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.choosing import choose, drop_choice
from registry.records.people.identity import PERSON
from registry.records.public.rows import PersonGone, PersonMoved, PersonUnknown
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW

pytestmark = pytest.mark.django_db
ACT = {"by": None, "role": Role.EDITOR, "now": NOW}
DEAD = {"death": parse_edtf("1938-01-15")}


def entry_of(person: int) -> Entry:
    return Entry.all_records.get(person=person)


def edit(entry: Entry, reason: str = "read again", **values: Any) -> Change:
    with act(kind=ChangeKind.EDIT, reason=reason, **ACT) as doing:
        doing.touch(ENTRY, entry.pk)
        row = Entry.all_records.get(pk=entry.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    assert doing.change is not None
    return doing.change


def move(entry: Entry, to: int, kind: ChangeKind = ChangeKind.SPLIT) -> Change:
    with act(kind=kind, reason="another man", **ACT) as doing:
        doing.touch(ENTRY, entry.pk)
        Entry.all_records.filter(pk=entry.pk).update(person=to)
    assert doing.change is not None
    return doing.change


def set_status(person: int, status: PersonStatus, into: int | None = None) -> None:
    with act(kind=ChangeKind.PUBLISHING, reason="asked for", **ACT) as doing:
        doing.touch(PERSON, person)
        rows = Person.all_records.filter(pk=person)
        rows.update(status=status, status_by_rule=False, merged_into=into)


def told(person: int, language: str = "en") -> list[HistoryChange]:
    return list(person_history(person, language=language).changes.items)


def codes(person: int) -> list[list[str]]:
    return [[event.code for event in change.events] for change in told(person)]


def only_event(change: HistoryChange) -> Event:
    [event] = change.events
    return event


def test_an_edit_is_told_with_the_old_and_the_new_value(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"), occupation="кузнец", **DEAD)
    account = User.objects.create(username="secret-account")
    entry = entry_of(person)
    with act(
        kind=ChangeKind.EDIT, by=account, role=Role.EDITOR, reason="misread", now=NOW
    ) as doing:
        doing.touch(ENTRY, entry.pk)
        Entry.all_records.filter(pk=entry.pk).update(
            birth_edtf="1897", birth_printed="1897", birth_earliest="1897-01-01",
            birth_latest="1897-12-31", occupation="плотник",
        )  # fmt: skip
    first, came = told(person)
    assert (first.reason, first.role, first.kind, first.day) == (
        "misread", "editor", "edit", NOW.date(),
    )  # fmt: skip
    event = only_event(first)
    assert (event.code, event.entry) == ("entry-changed", entry.pk)
    birth, occupation = event.differences
    assert (birth.field, occupation.field) == ("birth", "occupation")
    assert birth.before[0][0].date.edtf == "1891"
    assert birth.after[0][0].date.edtf == "1897"
    assert str(occupation.before[0][0].text) == "кузнец"
    assert only_event(came).code == "entry-added"
    assert "secret" not in repr(told(person))


def test_of_lists_only_the_lines_that_differ_are_told(make_person: Any) -> None:
    person = make_person(**DEAD)
    entry = entry_of(person)
    with act(kind=ChangeKind.EDIT, reason="another spelling", **ACT) as doing:
        doing.touch(ENTRY, entry.pk)
        EntryName(entry=entry, kind="variant", full="Примѣровъ", language="ru").save()
    [names] = only_event(told(person)[0]).differences
    assert names.before == ()
    assert [part.code or str(part.text) for part in names.after[0]] == ["variant", "Примѣровъ"]


def test_an_undoing_names_what_it_undoes(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"), **DEAD)
    made = edit(entry_of(person), birth=parse_edtf("1892"))
    undoing = undo_change(change=made.pk, reason="wrong", **ACT).change
    assert undoing is not None
    newest, edited, _ = told(person)
    assert (newest.undoes, edited.undone_by) == (made.pk, (undoing.pk,))
    assert newest.reason == "wrong"


def test_an_entry_moved_is_told_on_both_sides(make_person: Any) -> None:
    kept, other = make_person(**DEAD), make_person(family="Другов", **DEAD)
    extra = make_person(key="z-extra", family="Лишнев", **DEAD)
    entry = entry_of(extra)
    move(entry, kept)
    move(entry, other)
    assert codes(kept) == [["entry-to"], ["entry-from"], ["entry-added"]]
    gone, came = told(kept)[0].events[0], told(other)[0].events[0]
    assert (gone.other.id, gone.entry) == (other, entry.pk)
    assert str(gone.other.name).startswith("Другов")
    assert (came.code, came.other.id) == ("entry-from", kept)


@pytest.mark.parametrize("hidden", ["withdrawn", "reverted", "source", "person"])
def test_what_is_hidden_now_is_told_without_any_content(make_person: Any, hidden: str) -> None:
    person = make_person(**DEAD)
    mark = "Утечкин"
    other = make_person(key=mark, family=mark, source="book-2", occupation=mark, **DEAD)
    entry = entry_of(other)
    move(entry, person)
    edit(entry, reason=f"reason {mark}", occupation=f"{mark} again")
    if hidden == "source":
        withdraw_source(slug="book-2", reason="forged", **ACT)
    elif hidden == "person":
        move(entry, other)
        set_status(other, PersonStatus.WITHDRAWN)
    else:
        edit(entry, reason="taken back", standing=Standing(hidden))
    found = told(person)
    assert mark not in repr(found)
    assert "book-2" not in repr(found)
    assert str(entry.pk) not in [str(e.entry) for change in found for e in change.events]
    assert ["entry-changed"] in codes(person)


def test_of_the_possibly_living_private_fields_are_not_told(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1990-05-05"), residence="Утечкинск")
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    edit(
        entry_of(person), reason="Утечкин moved", birth=parse_edtf("1991-06-06"),
        residence="Утечкинск, 5", birth_place="Утечкинск",
    )  # fmt: skip
    event = only_event(told(person)[0])
    [birth] = event.differences
    assert (birth.before[0][0].date.edtf, birth.after[0][0].date.edtf) == ("1990", "1991")
    assert event.withheld
    assert "Утечкин" not in repr(told(person))
    assert "06-06" not in repr(told(person))


def test_a_withdrawn_source_is_told_and_named_once_it_is_back(make_person: Any) -> None:
    person = make_person(**DEAD)
    make_person(source="book-2", key="2", person_key="", **DEAD)
    second = Entry.all_records.get(key="2")
    move(second, person)
    withdraw_source(slug="book-2", reason="forged", **ACT)
    event = only_event(told(person)[0])
    assert (event.code, event.source) == ("source-withdrawn", None)
    assert told(person)[0].reason == "forged"


def test_a_choice_is_told_with_its_reason(make_person: Any) -> None:
    person = make_person(**DEAD)
    entry = entry_of(person)
    choose(person=person, field="death", entry=entry.pk, reason="the file was seen", **ACT)
    drop_choice(person=person, field="death", entry=entry.pk, reason="it was not", **ACT)
    dropped, made = (only_event(change) for change in told(person)[:2])
    assert (made.code, made.field, made.entry) == ("choice-made", "death", entry.pk)
    assert made.reason == "the file was seen"
    assert (dropped.code, dropped.field) == ("choice-dropped", "death")


def test_hidden_merged_and_unknown_people_have_no_history(make_person: Any) -> None:
    hidden, kept, joined = (make_person(**DEAD) for _ in range(3))
    set_status(hidden, PersonStatus.WITHDRAWN)
    move(entry_of(joined), kept, ChangeKind.MERGE)
    set_status(joined, PersonStatus.MERGED, kept)
    with pytest.raises(PersonGone):
        told(hidden)
    with pytest.raises(PersonMoved):
        told(joined)
    with pytest.raises(PersonUnknown):
        told(99_999)
    assert codes(kept)[0] == ["person-joined"]
    assert told(kept)[0].events[0].other.id == joined


def test_the_number_of_queries_does_not_grow(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"), **DEAD)
    entry = entry_of(person)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            person_history(person, language="ru")
        return len(queries)

    edit(entry, occupation="кузнец")
    few = cost()
    for number in range(50):
        edit(entry, occupation=f"плотник {number}")
    assert cost() == few
    assert person_history(person, language="en").changes.pages == 2
    assert few <= 25
