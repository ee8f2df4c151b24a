"""Pictures that contributors send: made anew, stored apart from all that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Max

from registry.models import (
    Document,
    MediaType,
    PartOutcome,
    Photograph,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.drafts.uploads import CheckedFile, StoredFile, drop_file, on_disk

from .flags import put_flags
from .rows import check_text, take
from .states import Doing, SubmissionRefused, Who

MOST_FILES = 40
"""Forty pages of a case file are normal."""
MOST_AT_ONCE = 10
LONGEST_CAPTION = 2_000


@dataclass(frozen=True, slots=True)
class FileNote:
    """What a contributor says of a file: a scan or a photograph, what it shows, when it is of."""

    is_document: bool = False
    caption: str = ""
    date: str = ""
    part: int | None = None
    """The position of the part it belongs to."""


def add_file(
    *, submission: int, file: CheckedFile, now: datetime, note: FileNote = FileNote()
) -> int:
    """Keep a file with a submission; return its position.

    Raises SubmissionRefused: `too-many-files`, `already-there`, `not-a-picture` (contributors
    send no PDF), `unknown-part`; UploadRefused where the disk does not take it.
    """
    if file.media_type != MediaType.JPEG:
        raise SubmissionRefused("not-a-picture", field="file")
    with on_disk(file) as stored, transaction.atomic():
        row, _ = take(submission, Doing.ADD_FILE, Who.CONTRIBUTOR)
        sent = row.files(manager="all_records").all()
        if sent.count() >= MOST_FILES:
            raise SubmissionRefused("too-many-files", field="file")
        if sent.filter(checksum=stored.checksum).exists():
            raise SubmissionRefused("already-there", field="file")
        last = sent.aggregate(last=Max("position"))["last"]
        new = SubmittedFile(
            submission=row,
            position=(last or 0) + 1,
            name=stored.name,
            media_type=stored.media_type,
            sizes=[list(size) for size in stored.sizes],
            checksum=stored.checksum,
        )
        _note(new, row, note)
        new.save(force_insert=True)
        _look_again(row, now)
    return int(new.position)


def note_file(*, submission: int, position: int, note: FileNote) -> None:
    """Say what a file shows. Raises SubmissionRefused (`unknown-file`, `too-long`)."""
    with transaction.atomic():
        row, _ = take(submission, Doing.ADD_FILE, Who.CONTRIBUTOR)
        file = _file(row, position)
        _note(file, row, note)
        file.save()


def remove_file(*, submission: int, position: int) -> None:
    """Delete a file that nobody has decided on, from the disk too. Raises SubmissionRefused."""
    with transaction.atomic():
        row, _ = take(submission, Doing.ADD_FILE, Who.CONTRIBUTOR)
        drop_files([_file(row, position)])


def drop_files(files: Sequence[SubmittedFile]) -> None:
    """Delete files once the transaction holds; those the registry took over stay on the disk.

    It may have kept one whose decision was undone: what came after is not overwritten.
    """
    drop_from_disk([file for file in files if file.outcome != PartOutcome.ACCEPTED])
    for file in files:
        file.delete()


def drop_from_disk(files: Sequence[SubmittedFile]) -> None:
    """Take files from the disk once the transaction holds, but those the registry has taken."""
    names = [file.name for file in files]
    taken = {
        name
        for model in (Photograph, Document)
        for name in model.all_records.filter(name__in=names).values_list("name", flat=True)
    }
    for file in files:
        if file.name not in taken:
            transaction.on_commit(partial(drop_file, stored_file(file)))


def stored_file(file: SubmittedFile) -> StoredFile:
    """Return a file as it lies in `MEDIA_ROOT`."""
    sizes = tuple((width, height) for width, height in file.sizes)
    return StoredFile(file.name, MediaType(file.media_type), sizes, file.checksum)


def _note(file: SubmittedFile, row: Submission, note: FileNote) -> None:
    for text, longest in ((note.caption, LONGEST_CAPTION), (note.date, 300)):
        if len(text) > longest:
            raise SubmissionRefused("too-long", field="caption")
        check_text(text, "caption")
    file.is_document, file.caption, file.date = note.is_document, note.caption, note.date
    file.part = None
    if note.part is not None:
        file.part = row.parts(manager="all_records").filter(position=note.part).first()
        if file.part is None:
            raise SubmissionRefused("unknown-part", field="part")


def _file(row: Submission, position: int) -> SubmittedFile:
    file: SubmittedFile | None = row.files(manager="all_records").filter(position=position).first()
    if file is None:
        raise SubmissionRefused("unknown-file", field="file")
    return file


def _look_again(row: Submission, now: datetime) -> None:
    """Tell whoever decides that a file has come since the submission was sent."""
    if row.state != SubmissionState.DRAFT:
        put_flags(row, now=now)
        row.save(update_fields=["flags", "urgent"])
