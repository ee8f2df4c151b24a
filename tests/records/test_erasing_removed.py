"""What editors took away before a court ordered the erasure is erased too, with its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registry.models import Change, Entry, Photograph, Relation, Revision, Role
from registry.records.catalogue.photographs import FileDraft, add_file, remove_file
from registry.records.drafts.uploads import check_upload
from registry.records.people.biographies import BiographyDraft, remove_biography, write_biography
from registry.records.people.relating import Link, remove_relation, state_relation
from registry.records.undoing.erasing import (
    ErasureRefused,
    erase_record,
    erase_undone,
    removed_files,
)
from registry.records.undoing.reverting import undo_change
from tests.files.pictures import jpeg
from tests.records.drafting import draft, put_one
from tests.records.test_erasing import ACT, MARK, bodies, person, tables_with

__all__ = ["person"]
pytestmark = pytest.mark.django_db
EDITOR: dict[str, Any] = {**ACT, "role": Role.EDITOR}
COURT: dict[str, Any] = {**ACT, "role": Role.ADMINISTRATOR}


def link_and_remove(one: int, other: int, entry: int) -> Change:
    state_relation(link=Link(one, other, "spouse", entry, text=MARK), **EDITOR)
    return remove_relation(relation=Relation.all_records.get().pk, **EDITOR)


def test_what_was_removed_before_is_erased_with_the_person(
    person: int, change: Change, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    other = put_one(change, draft("3", "book-a"))
    life = BiographyDraft(person, "en", "Life", MARK, ("book-a",))
    write_biography(draft=life, **EDITOR)
    removed = [remove_biography(person=person, language="en", **EDITOR)]
    said = FileDraft(person=person, source="book-a", caption={"ru": MARK}, published=True)
    number = add_file(model=Photograph, file=check_upload(jpeg()), draft=said, **EDITOR)
    removed.append(remove_file(model=Photograph, number=number, **EDITOR))
    removed.append(link_and_remove(other, person, Entry.all_records.get(key="3").pk))
    assert list(media.iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        erase_record(subject="person", reference=str(person), **COURT)
    assert list(media.iterdir()) == []
    assert tables_with(MARK) == set()
    for made in removed:
        assert made is not None
        assert {each.code for each in undo_change(change=made.pk, **EDITOR).left} == {"erased"}


def test_a_link_removed_before_is_erased_with_its_entry(person: int, change: Change) -> None:
    other = put_one(change, draft("3", "book-a"))
    entry = Entry.all_records.get(key="3")
    link_and_remove(other, person, entry.pk)
    erase_record(subject="entry", reference=str(entry.pk), **COURT)
    [reference] = (
        Revision.all_records.filter(subject="relation")
        .values_list("reference", flat=True)
        .distinct()
        .order_by()
    )
    assert bodies("relation", reference) == ["", "null"]


def test_a_photograph_removed_before_is_erased_alone(
    person: int, change: Change, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    said = FileDraft(person=person, source="book-a", caption={"ru": MARK}, published=True)
    number = add_file(model=Photograph, file=check_upload(jpeg()), draft=said, **EDITOR)
    gone = remove_file(model=Photograph, number=number, **EDITOR)
    assert gone is not None
    owner = f"person:{person}"
    assert [row[:2] for row in removed_files(owner)] == [("photograph", str(number))]
    with django_capture_on_commit_callbacks(execute=True):
        made = erase_record(subject="photograph", reference=str(number), **COURT)
    assert made is not None
    assert made.reason == COURT["reason"]
    assert list(media.iterdir()) == []
    assert MARK not in " ".join(bodies("photograph", str(number)))
    assert removed_files(owner) == []
    assert {left.code for left in undo_change(change=gone.pk, **EDITOR).left} == {"erased"}
    with pytest.raises(ErasureRefused, match="unknown-record"):
        erase_record(subject="photograph", reference=str(number), **COURT)


def test_what_was_never_there_is_not_erased(person: int) -> None:
    for subject in ("photograph", "biography", "entry", "person"):
        with pytest.raises(ErasureRefused, match="unknown-record"):
            erase_record(subject=subject, reference="999999", **COURT)


def test_where_nothing_was_undone_nothing_is_erased(person: int, change: Change) -> None:
    kept = Change.all_records.count()
    assert erase_undone(changes=[change.pk], reason="taken back", now=ACT["now"]) is None
    assert Change.all_records.count() == kept
    assert tables_with(MARK) != set()
