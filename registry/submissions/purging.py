"""What goes by itself as time passes: drafts nobody went on with, and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from registry.models import Contact, Submission, SubmissionState

from .days import CONTACT_DAYS, DRAFT_DAYS
from .files import drop_files
from .rows import take
from .states import Doing, SubmissionRefused, Who


@dataclass(frozen=True, slots=True)
class Purged:
    """How many drafts and addresses went."""

    drafts: int
    contacts: int


def purge_submissions(*, now: datetime) -> Purged:
    """Delete drafts nobody went on with for 30 days, and addresses 30 days after the decision.

    A draft is known by its week alone, so its days are counted from the end of it. Each draft is
    a transaction of its own; what is saved meanwhile stays.
    """
    limit = now.date() - timedelta(days=DRAFT_DAYS + 6)
    drafts = 0
    old = Submission.all_records.filter(state=SubmissionState.DRAFT, since__lt=limit)
    for pk in list(old.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                row, _ = take(pk, Doing.PURGE, Who.CLOCK)
                if row.since >= limit:
                    continue
                drop_files(list(row.files(manager="all_records").all()))
                row.delete()
                drafts += 1
        except SubmissionRefused:
            continue
    contacts, _ = Contact.all_records.filter(purge_after__lt=now.date()).delete()
    return Purged(drafts, contacts)


def note_contact_ends(row: Submission, *, now: datetime, at_once: bool = False) -> None:
    """Let the address of a submission go: 30 days from now, or at once."""
    contacts = Contact.all_records.filter(submission=row)
    if at_once:
        contacts.delete()
    else:
        contacts.update(purge_after=now.date() + timedelta(days=CONTACT_DAYS))
