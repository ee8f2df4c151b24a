"""Photographs and scans of people and places: added, edited and removed, by one mechanism."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from registry.dates import FuzzyDate
from registry.models import (
    Change,
    ChangeKind,
    Document,
    MediaType,
    MemorialSite,
    Person,
    PersonStatus,
    Photograph,
    RevisionBody,
    Role,
    Source,
)
from registry.models.base import LANGUAGES
from registry.records.drafts.uploads import CheckedFile, StoredFile, is_stored, on_disk
from registry.records.ledger.acts import Act, Body, CannotRestore, Subject, act
from registry.records.ledger.rows import row_subject
from registry.records.public.files import FileUnknown, Kept

PLAIN = ("credit", "licence", "date", "published")
WORDED = ("caption", "alt")
OF_THE_FILE = ("name", "media_type", "sizes", "checksum")


class FileRefused(ValueError):
    """What cannot be said of a file: `field` and `code` tell why.

    `person`, `site`, `source`: `unknown`; `person`: `merged`, `one-of-both` (a file shows a
    person or a place); `source`: `missing` (what is published has one); `caption`, `alt`:
    `unknown-language`; `file`: `not-a-picture`, `already-there`.
    """

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"{name}: {code}")
        self.field = name
        self.code = code


@dataclass(frozen=True, slots=True)
class FileDraft:
    """What is said of a photograph or a scan: of the person, or of the place, of this name.

    `site` and `source` are slugs; `caption`, and `alt` for who does not see it, are texts by
    language.
    """

    person: int | None = None
    site: str = ""
    source: str = ""
    credit: str = ""
    licence: str = ""
    caption: Mapping[str, str] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=dict)
    date: FuzzyDate | None = None
    published: bool = False


def _group(name: str) -> str:
    """What is restored together: the columns of the file, those of the date, the one shown."""
    if name in OF_THE_FILE:
        return "file"
    if name in {"person_id", "site_id"}:
        return "of"
    return "date" if name.startswith("date_") else name


def _subject(model: Kept) -> Subject:
    rows = row_subject(model.__name__.lower(), model, group=_group)

    def write(reference: str, body: Body | None, doing: Act) -> None:
        if body is not None and not is_stored(_stored(body)):
            # Erased for good: a record of it would show nothing.
            raise CannotRestore("file-gone")
        rows.write(reference, body, doing)

    return Subject(rows.name, rows.read, write, group=_group)


def _stored(body: Body) -> StoredFile:
    sizes = tuple((width, height) for width, height in body["sizes"])
    return StoredFile(body["name"], MediaType(body["media_type"]), sizes, body["checksum"])


PHOTOGRAPH = _subject(Photograph)
DOCUMENT = _subject(Document)
SUBJECTS: dict[Kept, Subject] = {Photograph: PHOTOGRAPH, Document: DOCUMENT}


def add_file(
    *,
    model: Kept,
    file: CheckedFile | StoredFile,
    draft: FileDraft,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> int:
    """Add a photograph or a scan and return its id; what was not stored yet is stored now.

    Raises FileRefused, and UploadRefused where the disk does not take it.
    """
    if model is Photograph and file.media_type != MediaType.JPEG:
        raise FileRefused("file", "not-a-picture")
    with (
        on_disk(file) as stored,
        act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing,
    ):
        row = model(
            name=stored.name,
            media_type=stored.media_type,
            sizes=[list(size) for size in stored.sizes],
            checksum=stored.checksum,
        )
        _fill(row, draft)
        twins = {"checksum": row.checksum, "person": row.person_id, "site": row.site_id}
        if model.all_records.filter(**twins).exists():
            raise FileRefused("file", "already-there")
        row.save(force_insert=True)
        doing.add(SUBJECTS[model], row.pk)
    return row.pk


def edit_file(
    *,
    model: Kept,
    number: int,
    draft: FileDraft,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Say something else of a photograph or a scan; the file stays as it is.

    Returns the change, or None when nothing differs. Raises FileUnknown, FileRefused.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        row = _found(model, number)
        doing.touch(SUBJECTS[model], number)
        _fill(row, draft)
        row.save()
    return doing.change


def remove_file(
    *,
    model: Kept,
    number: int,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Take a photograph or a scan out of every output; the file stays, so that it can be undone.

    Raises FileUnknown.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        row = _found(model, number)
        doing.touch(SUBJECTS[model], number)
        row.delete()
    return doing.change


def file_draft(row: Photograph | Document) -> FileDraft:
    """Return what is said of a photograph or a scan now."""
    site = MemorialSite.all_records.filter(pk=row.site_id).values_list("slug", flat=True).first()
    source = Source.all_records.filter(pk=row.source_id).values_list("slug", flat=True).first()
    said: dict[str, Any] = {name: getattr(row, name) for name in (*PLAIN, *WORDED)}
    return FileDraft(person=row.person_id, site=site or "", source=source or "", **said)


def kept_names() -> set[str]:
    """Return the names of all files that a record has, or that the ledger could bring back."""
    names: set[str] = set()
    for model, subject in SUBJECTS.items():
        names.update(model.all_records.values_list("name", flat=True))
        bodies = RevisionBody.all_records.filter(revision__subject=subject.name)
        for text in bodies.exclude(text__in=("", "null")).values_list("text", flat=True):
            names.add(json.loads(text)["name"])
    return names


def check_file(draft: FileDraft) -> None:
    """Raise FileRefused where this cannot be said of a file."""
    _fill(Document(), draft)


def _found(model: Kept, number: int) -> Photograph | Document:
    row: Photograph | Document | None = model.all_records.filter(pk=number).first()
    if row is None:
        raise FileUnknown(number)
    return row


def _fill(row: Photograph | Document, draft: FileDraft) -> None:
    row.person = _person(draft.person)
    row.site = _named(MemorialSite, "site", draft.site)
    row.source = _named(Source, "source", draft.source)
    if (row.person is None) == (row.site is None):
        raise FileRefused("person", "one-of-both")
    if draft.published and row.source is None:
        raise FileRefused("source", "missing")
    for name in PLAIN:
        setattr(row, name, getattr(draft, name))
    for name in WORDED:
        texts = {language: text for language, text in getattr(draft, name).items() if text}
        if texts.keys() - set(LANGUAGES):
            raise FileRefused(name, "unknown-language")
        setattr(row, name, texts)


def _person(number: int | None) -> Person | None:
    if number is None:
        return None
    person: Person | None = Person.all_records.filter(pk=number).first()
    if person is None:
        raise FileRefused("person", "unknown")
    if person.status == PersonStatus.MERGED:
        raise FileRefused("person", "merged")
    return person


def _named(model: type[MemorialSite | Source], name: str, slug: str) -> Any:
    if not slug:
        return None
    row = model.all_records.filter(slug=slug).first()
    if row is None:
        raise FileRefused(name, "unknown")
    return row
