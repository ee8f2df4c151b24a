"""As of a day past: what hung on a person then, and what is left out because of today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Entry, PersonStatus, Photograph, Relation, Role
from registry.records import SiteDraft, SiteNameDraft, put_sites, reinstate_source, withdraw_source
from registry.records.catalogue.photographs import edit_file, file_draft
from registry.records.drafts.entries import PassageDraft
from registry.records.history.as_of import MomentUnknown, person_as_of, site_as_of
from registry.records.history.timelines import site_history
from registry.records.ledger.acts import act
from registry.records.people.biographies import write_biography
from registry.records.people.choosing import choose
from registry.records.people.merging import merge_people
from registry.records.people.relating import RELATION, Link, remove_relation, state_relation
from registry.records.public.rows import PersonGone
from registry.records.undoing.erasing import erase_record
from tests.conftest import new_change
from tests.records.test_history import DEAD, edit, entry_of, move, set_status
from tests.records.test_history_as_of import then
from tests.records.test_history_more import EDIT, life, picture

pytestmark = pytest.mark.django_db


def by_key(key: str) -> Entry:
    return Entry.all_records.get(key=key)


def test_where_nothing_of_then_is_shown_there_is_no_moment(make_person: Any) -> None:
    person = make_person(key="1", source="book-1", **DEAD)
    second = entry_of(make_person(key="2", source="book-2", **DEAD))
    moved = move(second, person)
    withdraw_source(slug="book-1", **EDIT)
    with pytest.raises(MomentUnknown):
        then(person, by_key("1").change_id)
    assert [entry.id for entry in then(person, moved.pk).entries] == [second.pk]


def test_what_was_erased_since_is_left_out(make_person: Any) -> None:
    person = make_person(key="1", person_key="p", occupation="кузнец", **DEAD)
    make_person(key="2", person_key="p", source="book-2", occupation="Утечкин", **DEAD)
    made = edit(by_key("2"), occupation="Утечкин снова")
    court = {**EDIT, "role": Role.ADMINISTRATOR}
    erase_record(subject="entry", reference=str(by_key("2").pk), **court)
    found, moment = person_as_of(person, change=made.pk, language="en")
    assert [entry.id for entry in found.entries] == [by_key("1").pk]
    assert (moment.left_out, moment.is_latest) == (True, False)
    assert "Утечкин" not in repr(found)


def test_an_entry_counts_from_the_change_that_brought_it(make_person: Any) -> None:
    person = make_person(key="1", person_key="p", **DEAD)
    make_person(key="2", person_key="p", source="book-2", **DEAD)
    first, both = (then(person, by_key(key).change_id) for key in "12")
    assert [entry.id for entry in first.entries] == [by_key("1").pk]
    assert [entry.source.slug for entry in both.entries] == ["book-2", "invented-book"]


def test_an_entry_of_another_person_then_is_not_of_this_one(make_person: Any) -> None:
    person = make_person(key="1", **DEAD)
    other = make_person(key="2", **DEAD)
    made = edit(by_key("1"), occupation="кузнец")
    move(by_key("2"), person)
    assert [entry.id for entry in then(person, made.pk).entries] == [by_key("1").pk]
    with pytest.raises(PersonGone):
        then(other, by_key("2").change_id)


def test_an_entry_of_a_source_withdrawn_then_did_not_count(make_person: Any) -> None:
    person = make_person(key="1", person_key="p", **DEAD)
    make_person(key="2", person_key="p", source="book-2", **DEAD)
    gone = withdraw_source(slug="book-2", **EDIT)
    back = reinstate_source(slug="book-2", **EDIT)
    found, moment = person_as_of(person, change=gone.pk, language="en")  # type: ignore[union-attr]
    assert [entry.id for entry in found.entries] == [by_key("1").pk]
    assert not moment.left_out
    assert len(then(person, back.pk).entries) == 2  # type: ignore[union-attr]


def test_what_was_chosen_for_who_was_joined_is_theirs_alone(make_person: Any) -> None:
    person = make_person(key="1", birth=parse_edtf("1891"), **DEAD)
    other = make_person(key="2", source="book-2", birth=parse_edtf("1899"), **DEAD)
    choose(person=other, field="birth", entry=by_key("2").pk, **EDIT)
    made = edit(by_key("1"), occupation="кузнец")
    joined = merge_people(left=person, right=other, **EDIT)
    before, after = (then(person, change).facts["birth"] for change in (made.pk, joined.pk))
    assert (before.rule, before.value.date.edtf) == ("only", "1891")  # type: ignore[union-attr]
    assert (after.rule, after.value.date.edtf) == ("choice", "1899")  # type: ignore[union-attr]


def test_links_of_then_are_told_while_both_ends_are_shown(make_person: Any) -> None:
    person = make_person(**DEAD)
    other, third = (make_person(family=name, **DEAD) for name in ("Другов", "Утечкин"))
    entries = {one: entry_of(one).pk for one in (person, other, third)}
    state_relation(link=Link(person, other, "parent", entries[person], "sure"), **EDIT)
    stated = state_relation(link=Link(third, person, "sibling", entries[third]), **EDIT)
    assert stated is not None
    for row in Relation.all_records.order_by("pk"):
        remove_relation(relation=row.pk, **EDIT)
    both = then(person, stated.pk).relations
    assert [(row.kind, row.person) for row in both] == [("parent", other), ("sibling", third)]
    assert str(both[0].text) == "sure"
    set_status(third, PersonStatus.WITHDRAWN)
    assert [row.person for row in then(person, stated.pk).relations] == [other]
    set_status(other, PersonStatus.RESTRICTED)
    assert then(person, stated.pk).relations == ()


def test_a_link_older_than_the_ledger_was_there_before_its_first_change(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(family="Другов", **DEAD)
    entry = entry_of(person)
    row = Relation(person_id=person, other_id=other, kind="sibling", entry=entry, text="old")
    row.save()
    first = edit(entry, occupation="кузнец")
    with act(kind=first.kind, **EDIT) as doing:
        doing.touch(RELATION, row.pk)
        Relation.all_records.update(text="new")
    texts = [then(person, pk).relations[0].text for pk in (first.pk, doing.under.pk)]
    assert [str(text) for text in texts] == ["old", "new"]


def test_lives_and_pictures_are_there_from_their_day_on(make_person: Any, media: Path) -> None:
    person = make_person(passage=PassageDraft(locator="с. 5", text="строка"), **DEAD)
    first = edit(entry_of(person), occupation="кузнец")
    number = picture(person, published=False)
    draft = replace(file_draft(Photograph.all_records.get(pk=number)), published=True)
    shown = edit_file(model=Photograph, number=number, draft=draft, **EDIT)
    told = write_biography(draft=life(person), **EDIT)
    assert shown is not None
    assert told is not None
    found = [then(person, change.pk) for change in (first, shown, told)]
    counts = [(len(one.photographs), len(one.biographies)) for one in found]
    assert counts == [(0, 0), (1, 0), (1, 1)]
    passages = {one.entries[0].passage.text.value for one in found}  # type: ignore[union-attr]
    assert passages == {"строка"}


def test_a_place_was_not_there_before_it_was_stated(make_person: Any, media: Path) -> None:
    person = make_person(**DEAD)
    number = picture(person)
    names = (SiteNameDraft("en", "Invented place"),)
    made = new_change("a place")
    put_sites(drafts=[SiteDraft(slug="invented", kinds=("camp",), names=names)], change=made)
    draft = replace(file_draft(Photograph.all_records.get(pk=number)), person=None, site="invented")
    edit_file(model=Photograph, number=number, draft=draft, **EDIT)
    told = site_history("invented", language="en").changes.items
    assert [[event.code for event in change.events] for change in told][-1] == ["photograph-added"]
    with pytest.raises(MomentUnknown):
        site_as_of("invented", change=told[-1].number, language="en")
    assert str(site_as_of("invented", change=made.pk, language="en")[0].name) == "Invented place"
