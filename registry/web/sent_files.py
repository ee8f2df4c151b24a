"""Photographs and scans of a submission: several at once, and shown to its session alone."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from registry.records.drafts.uploads import UploadRefused, check_upload
from registry.records.public.files import FileUnknown
from registry.submissions.files import MOST_AT_ONCE, FileNote, add_file, note_file, remove_file
from registry.submissions.own import OwnFile, OwnSubmission, own_file, own_submission
from registry.submissions.questions import FILES
from registry.submissions.receiving import save_answers
from registry.submissions.states import Doing, SubmissionRefused
from registry.wording.questions import value_words
from registry.wording.submissions import file_refusal

from .answers import answer, safe_only
from .boxes import box
from .owning import own_of, with_own
from .places import Place, address_after, part_title
from .trying import Tried, attempt, closed, within

SECONDS = 15
"""After so long no further file is looked at: a server waits for its workers half a minute."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that was not taken, called as its sender calls it, and why; kept nowhere."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A file with what can be said of it."""

    file: OwnFile
    caption: Any
    date: Any


@with_own
def files(request: HttpRequest, own: OwnSubmission) -> HttpResponse:
    """Show the pictures of a submission; take more, and what is said of them."""
    if Doing.ADD_FILE not in own.can:
        return HttpResponseRedirect(reverse("receipt_open"))
    tried, failed = Tried(), []
    draft = own.state == "draft"
    if request.method == "POST":
        # What was typed first: no file that fails takes a caption with it.
        if not closed(tried) and within(request, "save", tried):
            attempt(tried, lambda: _say(request, own, draft=draft))
        if tried:
            failed = _take(request, own, request.FILES.getlist("files"), tried)
        if tried and not failed:
            return HttpResponseRedirect(_onward(request, own, draft=draft))
        own = own_submission(own.id)
    rights = request.POST.get("rights", own.rights)
    parts = [(part.position, part_title(own, part)) for part in own.parts if part.kind == "person"]
    context = {
        "own": own,
        "page": FILES,
        "draft": draft,
        "files": [_shown(request, file) for file in own.files],
        "parts": parts if len(parts) > 1 else [],
        "rights": box("rights", "files", rights, tried.errors.get("rights", "")),
        "tried": tried,
        "failed": failed,
    }
    status = tried.status if not tried else 422 if failed else 200
    return answer(request, "registry/submit/files.html", context, status=status)


@safe_only
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """Send one size of a picture to the session that owns its submission, and to nobody else."""
    own = own_of(request)
    try:
        content = own_file(own.id, name) if own else None
    except (FileUnknown, OSError) as error:
        raise Http404 from error
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


def _say(request: HttpRequest, own: OwnSubmission, *, draft: bool) -> None:
    """Keep what is said of the files there are, remove those ticked, and whose all of them are."""
    for file in own.files:
        number = file.position
        if request.POST.get(f"remove-{number}"):
            remove_file(submission=own.id, position=number)
        elif f"caption-{number}" in request.POST:
            note_file(submission=own.id, position=number, note=_note(request, number))
    rights = request.POST.get("rights", "")
    if draft and rights != own.rights:
        save_answers(submission=own.id, answers={"rights": rights}, now=timezone.now())


def _note(request: HttpRequest, number: int) -> FileNote:
    part = request.POST.get(f"part-{number}", "")
    return FileNote(
        is_document=request.POST.get(f"kind-{number}") == "document",
        caption=request.POST.get(f"caption-{number}", "").strip(),
        date=request.POST.get(f"date-{number}", "").strip(),
        part=int(part) if re.fullmatch("[0-9]{1,3}", part) else None,
    )


def _take(
    request: HttpRequest, own: OwnSubmission, sent: Sequence[UploadedFile[Any]], tried: Tried
) -> list[Failed]:
    """Take the files that can be taken; one that cannot keeps no other from it."""
    if not sent or not within(request, "upload", tried, amount=len(sent[:MOST_AT_ONCE])):
        return []
    failed = [
        Failed(str(one.name), file_refusal("too-many-at-once")) for one in sent[MOST_AT_ONCE:]
    ]
    started = time.monotonic()
    for one in sent[:MOST_AT_ONCE]:
        words = file_refusal("out-of-time")
        if time.monotonic() - started < SECONDS:
            words = _take_one(own, one)
        if words:
            failed.append(Failed(str(one.name), words))
    return failed


def _take_one(own: OwnSubmission, sent: UploadedFile[Any]) -> str:
    """Take one file; return why not, or nothing."""
    try:
        checked = check_upload(sent)
        add_file(submission=own.id, file=checked, now=timezone.now())
    except UploadRefused as refused:
        return file_refusal(refused.code, refused.limit)
    except SubmissionRefused as refused:
        return file_refusal(refused.code)
    return ""


def _onward(request: HttpRequest, own: OwnSubmission, *, draft: bool) -> str:
    go = request.POST.get("go", "")
    if go == "language":
        return reverse("submit_files")
    if go == "stay":
        return reverse("submit_files") + "#files"
    if not draft:
        return reverse("receipt_open")
    return reverse("submit_tasks") if go == "list" else address_after(own, Place(FILES))


def _shown(request: HttpRequest, file: OwnFile) -> Shown:
    number = file.position
    return Shown(
        file=file,
        caption=_said(request, f"caption-{number}", "caption", file.caption),
        date=_said(request, f"date-{number}", "date", file.date),
    )


def _said(request: HttpRequest, name: str, value: str, known: str) -> dict[str, str]:
    return {
        "name": name,
        "label": value_words(value, "files"),
        "value": request.POST.get(name, known),
    }
