"""What waits, in the order in which it is to be decided, and who is at it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from registry.models import OPEN_STATES, Submission, SubmissionState

from .mails import tell_contributor
from .receiving import write_message
from .rows import check_text, take
from .states import Doing, SubmissionRefused, Who

CLAIM = timedelta(minutes=30)
"""How long a submission is somebody's alone after they have last looked at it."""
LONGEST_NOTE = 5_000


def waiting_submissions() -> QuerySet[Any, Any]:
    """Return what waits: the urgent first, then what has waited longest."""
    rows: QuerySet[Any, Any] = Submission.all_records.filter(state__in=OPEN_STATES)
    return rows.order_by("-urgent", "since", "id")


def naming_submissions() -> QuerySet[Any, Any]:
    """Return what waits no more and may name whoever sent it: see `registry.submissions.named`."""
    rows: QuerySet[Any, Any] = Submission.all_records.filter(urgent=True)
    return rows.exclude(state__in=OPEN_STATES)


def claim_submission(*, submission: int, by: AbstractBaseUser, now: datetime) -> str:
    """Note that somebody is at a submission; return whose it is already, or nothing.

    A claim is a courtesy: it ends by itself, and hinders nobody from deciding. Raises
    SubmissionRefused.
    """
    with transaction.atomic():
        row, _ = take(submission, Doing.CLAIM, Who.STAFF)
        other = row.claimed_by if row.claimed_until and row.claimed_until > now else None
        if other is not None and other.pk != by.pk:
            return str(other.get_username())
        row.claimed_by_id, row.claimed_until = by.pk, now + CLAIM
        row.save(update_fields=["claimed_by", "claimed_until"])
    return ""


def release_submission(*, submission: int, by: AbstractBaseUser) -> None:
    """Let a claim of one's own go."""
    Submission.all_records.filter(pk=submission, claimed_by=by.pk).update(
        claimed_by=None, claimed_until=None
    )


def note_submission(*, submission: int, note: str) -> None:
    """Keep a note to colleagues, which the contributor never reads.

    Raises SubmissionRefused (`too-long`).
    """
    if len(note) > LONGEST_NOTE:
        raise SubmissionRefused("too-long", field="note")
    check_text(note, "note")
    with transaction.atomic():
        row, _ = take(submission, Doing.NOTE, Who.STAFF)
        row.note = note.strip()
        row.save(update_fields=["note"])


def ask_contributor(*, submission: int, text: str, by: AbstractBaseUser, now: datetime) -> None:
    """Ask a question, which is read and answered with the receipt.

    Raises SubmissionRefused (`empty`, `too-long`).
    """
    with transaction.atomic():
        row, then = take(submission, Doing.ASK, Who.STAFF)
        write_message(row, text, from_staff=True)
        row.state = then
        row.claimed_by_id, row.claimed_until = by.pk, now + CLAIM
        row.save(update_fields=["state", "claimed_by", "claimed_until"])
        tell_contributor(row, now=now)


def count_waiting() -> dict[str, int]:
    """Return how many wait (`all`), how many of them are `urgent`, and how many that wait no more
    may name whoever sent them (`named`).
    """
    rows = waiting_submissions().order_by()
    counted: dict[str, int] = rows.aggregate(
        all=Count("pk"), urgent=Count("pk", filter=Q(urgent=True))
    )
    return {**counted, "named": naming_submissions().order_by().count()}


def find_submissions(text: str) -> QuerySet[Any, Any]:
    """Return submissions by their public number, however it is parted."""
    digits = "".join(sign for sign in text if sign.isdecimal())
    rows: QuerySet[Any, Any] = Submission.all_records.exclude(state=SubmissionState.DRAFT)
    return rows.filter(Q(number=digits[:8]))
