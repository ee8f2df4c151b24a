"""Files lie on the disk exactly as long as a row names them, whatever fails on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction

from registry.models import MediaType, PartKind, Photograph, Role, Submission, SubmittedFile
from registry.records.catalogue.photographs import FileDraft, edit_file
from registry.records.drafts.uploads import CheckedFile, UploadRefused, check_upload
from registry.records.public.files import FileUnknown
from registry.submissions import files as files_module
from registry.submissions.deciding import undo_decision
from registry.submissions.files import (
    MOST_FILES,
    FileNote,
    add_file,
    note_file,
    remove_file,
)
from registry.submissions.own import own_file, own_submission
from registry.submissions.purging import drop_orphans
from registry.submissions.receiving import (
    add_part,
    remove_part,
    save_answers,
    save_part,
    send_submission,
    withdraw_submission,
)
from registry.submissions.states import SubmissionRefused
from tests.databases import NOW
from tests.files.pictures import jpeg

from .sending import TESTIMONY, accept_all, begin, moderator, reject_all

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason", "now": NOW}
Commits = Callable[..., Any]


def picture(number: int = 1) -> CheckedFile:
    """Return a picture in two sizes, as the process that makes it anew would."""
    content = f"примерная картинка {number}".encode()
    return CheckedFile(MediaType.JPEG, ((30, 20), (60, 40)), (b"small", content))


def lying(media: Path) -> set[str]:
    """Return the beginnings of the names of all that lies on the disk."""
    return {path.name[:32] for path in media.glob("*")}


def named() -> set[str]:
    return set(SubmittedFile.all_records.values_list("name", flat=True))


def with_files(count: int = 2) -> int:
    """Return a draft with so many files."""
    number = begin().submission
    save_answers(submission=number, answers={"rights": "мои"}, now=NOW)
    for one in range(1, count + 1):
        assert add_file(submission=number, file=picture(one), now=NOW) == one
    return number


def refused(act: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(SubmissionRefused) as told:
        act(*args, **kwargs)
    return told.value.code, told.value.field


def test_a_file_is_kept_under_a_random_name_with_what_is_said_of_it(media: Path) -> None:
    number = with_files(1)
    note_file(
        submission=number,
        position=1,
        note=FileNote(is_document=True, caption="справка", date="осень 1937", part=1),
    )
    [file] = own_submission(number).files
    assert (file.position, file.width, file.height, file.is_document) == (1, 30, 20, True)
    assert (file.caption, file.date, file.part, file.outcome) == ("справка", "осень 1937", 1, "")
    assert own_file(number, file.preview) == b"small"
    assert own_file(number, file.preview.replace("-30", "-60")) == picture(1).contents[1]
    for name in ("", "..", "/etc/passwd", file.preview + "\x00", "../" + file.preview, "x.jpg"):
        with pytest.raises(FileUnknown):
            own_file(number, name)
    with pytest.raises(FileUnknown):
        own_file(begin().submission, file.preview)


def test_a_real_picture_goes_the_same_way(media: Path) -> None:
    number = begin().submission
    add_file(submission=number, file=check_upload(jpeg(300, 200)), now=NOW)
    [file] = own_submission(number).files
    assert (file.width, file.height) == (240, 160)
    assert own_file(number, file.preview).startswith(b"\xff\xd8")


def test_what_is_refused_leaves_nothing_on_the_disk(media: Path) -> None:
    number = with_files(1)
    before = lying(media)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    paper = CheckedFile(MediaType.PDF, (), (b"%PDF-1.4",))
    assert refused(add_file, file=paper, **here) == ("not-a-picture", "file")
    assert refused(add_file, file=picture(1), **here) == ("already-there", "file")
    note = FileNote(part=7)
    assert refused(add_file, file=picture(2), note=note, **here) == ("unknown-part", "part")
    note = FileNote(caption="я" * 2_001)
    assert refused(add_file, file=picture(2), note=note, **here) == ("too-long", "caption")
    for text in ("\x00", "\ud800"):
        note = FileNote(date=text)
        assert refused(add_file, file=picture(2), note=note, **here) == ("nul", "caption")
    assert refused(add_file, submission=404, file=picture(2), now=NOW)[0] == "unknown-submission"
    send_submission(**here)
    withdraw_submission(**here)
    assert refused(add_file, file=picture(2), **here) == ("not-now", "")
    assert lying(media) == before


def test_forty_files_are_taken_and_no_more(media: Path) -> None:
    assert MOST_FILES == 40
    number = with_files(40)
    assert refused(add_file, submission=number, file=picture(41), now=NOW) == (
        "too-many-files", "file",
    )  # fmt: skip
    assert len(lying(media)) == 40
    remove_file(submission=number, position=7)
    assert add_file(submission=number, file=picture(41), now=NOW) == 41
    assert refused(remove_file, submission=number, position=7) == ("unknown-file", "file")
    assert refused(remove_file, submission=number, position=10**30) == ("unknown-file", "file")


def test_a_disk_that_is_full_leaves_neither_row_nor_file(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin().submission

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as now_full:
        now_full.setattr(os, "fsync", full)
        with pytest.raises(UploadRefused) as told:
            add_file(submission=number, file=picture(), now=NOW)
    assert told.value.code == "not-stored"
    assert not SubmittedFile.all_records.exists()
    assert lying(media) == set()


def test_what_fails_after_the_row_leaves_neither(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin().submission

    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(files_module, "_look_again", fail)
    with pytest.raises(RuntimeError):
        add_file(submission=number, file=picture(), now=NOW)
    assert not SubmittedFile.all_records.exists()
    assert lying(media) == set()


def test_a_file_leaves_the_disk_with_its_row_and_not_before(
    media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    number = with_files(2)
    first = SubmittedFile.all_records.get(position=1).name
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        remove_file(submission=number, position=1)
        transaction.set_rollback(True)
    assert len(lying(media)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(submission=number, position=1)
        assert first in lying(media)
    assert lying(media) == named() == lying(media) - {first}
    send_submission(submission=number, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_submission(submission=number, now=NOW)
    assert list(media.iterdir()) == []
    assert not SubmittedFile.all_records.exists()


def test_a_part_taken_out_leaves_its_files(media: Path) -> None:
    number = with_files(1)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    part = add_part(kind=PartKind.PERSON, **here)
    note_file(submission=number, position=1, note=FileNote(part=part))
    remove_part(position=part, **here)
    assert own_submission(number).files[0].part is None
    # One that was never filled goes when it is sent, and leaves them, too.
    part = add_part(kind=PartKind.PERSON, **here)
    note_file(submission=number, position=1, note=FileNote(part=part))
    send_submission(**here)
    assert own_submission(number).files[0].part is None


def test_files_of_what_was_decided_stay_on_the_disk(
    media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    number = with_files(2)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    send_submission(**here)
    with django_capture_on_commit_callbacks(execute=True):
        accept_all(number)
    shown = Photograph.public.order_by("pk")
    assert [row.name for row in shown] == [
        row.name for row in SubmittedFile.all_records.order_by("position")
    ]
    with django_capture_on_commit_callbacks(execute=True):
        undo_decision(submission=number, by=moderator(), **ACT)
    assert not Photograph.all_records.exists()
    assert len(lying(media)) == 2
    [first, _] = own_submission(number).files
    assert (first.outcome, own_file(number, first.preview)) == ("", b"small")
    accept_all(number)
    assert Photograph.public.count() == 2


def test_a_file_an_editor_has_worked_on_is_not_lost_by_an_undoing_and_a_withdrawal(
    media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    number = with_files(1)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    send_submission(**here)
    accept_all(number)
    photograph = Photograph.public.get()
    draft = FileDraft(
        person=photograph.person_id, source=TESTIMONY, published=True, caption={"en": "a house"}
    )
    edit_file(model=Photograph, number=photograph.pk, draft=draft, by=None, **ACT)
    undone = undo_decision(submission=number, by=moderator(), **ACT)
    # The photograph stays, and so the submission stays decided: never half of both. That whom it
    # shows has no entry any more is told besides.
    assert {(left.subject, left.code) for left in undone.left} == {
        ("photograph", "changed-since"), ("photograph", "left-alone"),
        ("submission", "changed-since"),
    }  # fmt: skip
    assert Submission.all_records.get().state == "accepted"
    assert refused(withdraw_submission, **here)[0] == "not-now"
    with django_capture_on_commit_callbacks(execute=True):
        drop_orphans(now=NOW + timedelta(days=9_000))
    assert photograph.name in lying(media)


def test_rejected_files_can_still_be_seen_with_the_receipt_and_are_nobody_elses(
    media: Path,
) -> None:
    number = with_files(1)
    save_part(submission=number, position=1, values={"fate": "умер"}, now=NOW)
    send_submission(submission=number, now=NOW)
    reject_all(number)
    [file] = own_submission(number).files
    assert (file.outcome, file.reason) == ("rejected", "rights")
    assert own_file(number, file.preview) == b"small"
    assert not Photograph.all_records.exists()


def test_the_times_of_files_tell_nothing(media: Path) -> None:
    with time_machine.travel(NOW, tick=False):
        with_files(2)
    for path in media.iterdir():
        assert (path.stat().st_mtime, path.stat().st_atime) == (946_684_800, 946_684_800)
