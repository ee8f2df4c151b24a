"""Photographs and scans are added, edited and removed as acts, and can come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Change, Document, Person, Photograph, Revision
from registry.records import public_person, public_site
from registry.records.catalogue.photographs import (
    DOCUMENT,
    PHOTOGRAPH,
    FileDraft,
    FileRefused,
    add_file,
    check_file,
    edit_file,
    file_draft,
    remove_file,
)
from registry.records.drafts.uploads import UploadRefused, check_upload, drop_file, store_file
from registry.records.ledger.acts import CannotRestore, act
from registry.records.ledger.changes import canonical
from registry.records.public.files import FileUnknown
from tests.files.conftest import ACT
from tests.files.pictures import jpeg

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "credit": "An invented archive",
    "licence": "CC BY 4.0",
    "caption": {"en": "In an invented yard", "ru": "В выдуманном дворе"},
    "alt": {"en": "A dark half and a light half"},
    "date": parse_edtf("1935~"),
}
PAPER = b"%PDF-1.4\n%%EOF"


def test_a_photograph_is_an_act_with_its_revision(add: Callable[..., Any], person: int) -> None:
    row = add(person=person, **SAID)
    assert row.sizes == [[240, 159], [301, 200]]
    revision = Revision.all_records.get(subject="photograph")
    assert (revision.reference, revision.change.kind) == (str(row.pk), "edit")
    assert revision.body.text == canonical(PHOTOGRAPH.read([str(row.pk)])[str(row.pk)])
    assert file_draft(row) == FileDraft(
        person=person, source="invented-book", published=True, **SAID
    )


def test_the_public_sees_it_in_its_language_with_its_source(
    add: Callable[..., Any], person: int, make_source: Callable[..., str]
) -> None:
    make_source("invented-album")
    row = add(person=person, **SAID)
    add(person=person, source="invented-album", caption={"uk": "Вигадане"})
    add(person=person, published=False)
    add(Document, PAPER, person=person)
    told = public_person(person, language="ru")
    first, second = told.photographs
    assert (str(first.caption), str(first.alt)) == (
        "В выдуманном дворе",
        "A dark half and a light half",
    )
    assert first.file == f"{row.name}-301.jpg"
    assert [(size.width, size.height) for size in first.sizes] == [(240, 159), (301, 200)]
    assert (first.source.slug, first.marks) == ("invented-book", (1,))
    assert (str(second.caption), second.alt, second.marks) == ("Вигадане", None, ())
    [scan] = told.documents
    assert (scan.media_type, scan.sizes) == ("application/pdf", ())
    assert scan.file.endswith(".pdf")


def test_a_place_has_photographs_too(add: Callable[..., Any], place: str) -> None:
    row = add(site=place, source="invented-guide")
    add(Document, site=place, source="invented-guide")
    told = public_site(place, language="en")
    assert [one.file for one in told.photographs] == [f"{row.name}-301.jpg"]
    assert len(told.documents) == 1
    assert file_draft(row).site == place


def test_editing_and_removing_are_acts_and_the_file_stays(
    add: Callable[..., Any], person: int, media: Path
) -> None:
    row = add(person=person, **SAID)
    files = sorted(media.iterdir())
    said = file_draft(row)
    assert edit_file(model=Photograph, number=row.pk, draft=said, **ACT) is None
    other = FileDraft(person=person, credit="Another archive", caption={"en": "", "uk": "Подвір'я"})
    change = edit_file(model=Photograph, number=row.pk, draft=other, **ACT)
    assert change is not None
    row.refresh_from_db()
    assert (row.credit, row.caption, row.published) == (
        "Another archive",
        {"uk": "Подвір'я"},
        False,
    )
    removed = remove_file(model=Photograph, number=row.pk, **ACT)
    assert removed is not None
    assert Revision.all_records.get(change=removed, subject="photograph").body.text == "null"
    assert not Photograph.all_records.exists()
    assert sorted(media.iterdir()) == files
    with pytest.raises(FileUnknown):
        edit_file(model=Photograph, number=row.pk, draft=other, **ACT)
    with pytest.raises(FileUnknown):
        remove_file(model=Document, number=row.pk, **ACT)


def test_what_was_removed_can_assert_again_what_it_did(
    add: Callable[..., Any], person: int
) -> None:
    row = add(Document, person=person, **SAID)
    reference = str(row.pk)
    before = DOCUMENT.read([reference])[reference]
    remove_file(model=Document, number=row.pk, **ACT)
    assert DOCUMENT.read([reference]) == {}
    with act(kind="undo", **ACT) as doing:
        doing.touch(DOCUMENT, reference)
        DOCUMENT.write(reference, before, doing)
    assert DOCUMENT.read([reference]) == {reference: before}
    assert file_draft(Document.all_records.get(pk=row.pk)) == file_draft(row)
    with act(kind="undo", **ACT) as doing:
        doing.touch(DOCUMENT, reference)
        DOCUMENT.write(reference, None, doing)
    assert not Document.all_records.exists()


def test_what_is_erased_from_the_disk_cannot_come_back(
    add: Callable[..., Any], person: int, media: Path
) -> None:
    row = add(person=person)
    before = PHOTOGRAPH.read([str(row.pk)])[str(row.pk)]
    remove_file(model=Photograph, number=row.pk, **ACT)
    for path in media.iterdir():
        path.unlink()
    with pytest.raises(CannotRestore, match="file-gone"), act(kind="undo", **ACT) as doing:
        PHOTOGRAPH.write(str(row.pk), before, doing)


def test_what_is_said_together_is_restored_together() -> None:
    groups = {name: PHOTOGRAPH.group(name) for name in ("sizes", "checksum", "date_edtf", "credit")}
    assert groups == {"sizes": "file", "checksum": "file", "date_edtf": "date", "credit": "credit"}
    assert PHOTOGRAPH.group("person_id") == PHOTOGRAPH.group("site_id")


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"person": 999_999}, "person", "unknown"),
        ({"site": "no-such-place"}, "site", "unknown"),
        ({"person": 0, "source": "no-such-source"}, "source", "unknown"),
        ({}, "person", "one-of-both"),
        ({"person": 0, "site": "invented-wood"}, "person", "one-of-both"),
        ({"person": 0, "published": True}, "source", "missing"),
        ({"person": 0, "caption": {"fr": "x"}}, "caption", "unknown-language"),
        ({"person": 0, "alt": {"xx": "x"}}, "alt", "unknown-language"),
    ],
)
def test_what_cannot_be_said_is_refused(
    said: dict[str, Any], field: str, code: str, person: int, place: str
) -> None:
    whole = {**said, "person": person} if said.get("person") == 0 else said
    with pytest.raises(FileRefused) as refused:
        check_file(FileDraft(**whole))
    assert (refused.value.field, refused.value.code) == (field, code)


def test_someone_who_was_merged_gets_no_photograph(
    make_person: Callable[..., int], person: int
) -> None:
    other = make_person(given="Другой", person_key="other")
    Person.all_records.filter(pk=other).update(status="merged", merged_into=person)
    with pytest.raises(FileRefused, match="person: merged"):
        check_file(FileDraft(person=other))


def test_a_refusal_leaves_no_file_and_no_change(
    add: Callable[..., Any], person: int, media: Path
) -> None:
    row = add(person=person, data=jpeg())
    changes, files = Change.all_records.count(), sorted(media.iterdir())
    with pytest.raises(FileRefused, match="file: already-there"):
        add(person=person, data=jpeg())
    scan = check_upload(PAPER, scans=True)
    with pytest.raises(FileRefused, match="file: not-a-picture"):
        add_file(model=Photograph, file=scan, draft=FileDraft(person=person), **ACT)
    with pytest.raises(FileRefused, match="one-of-both"):
        add(data=jpeg(90, 90))
    assert (Change.all_records.count(), sorted(media.iterdir())) == (changes, files)
    # What was stored before, with a submission, is not this act's to take away.
    kept = store_file(check_upload(jpeg(91, 91)))
    with pytest.raises(FileRefused):
        add_file(model=Photograph, file=kept, draft=FileDraft(), **ACT)
    draft = FileDraft(person=person)
    assert add_file(model=Photograph, file=kept, draft=draft, **ACT) > row.pk


def test_a_full_disk_writes_no_half_record(
    person: int, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media.write_text("no folder")
    with pytest.raises(UploadRefused, match="not-stored"):
        add_file(model=Photograph, file=check_upload(jpeg()), draft=FileDraft(person=person), **ACT)
    assert not Photograph.all_records.exists()
    assert not Change.all_records.filter(reason="a test").exists()


def test_files_that_were_dropped_are_unlinked_by_name(media: Path) -> None:
    stored = store_file(check_upload(jpeg()))
    drop_file(stored)
    assert list(media.iterdir()) == []
