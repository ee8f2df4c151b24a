"""What goes by itself as time passes: drafts nobody went on with, addresses, files of nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from registry.models import Contact, Submission, SubmissionState, SubmittedFile
from registry.records.catalogue.photographs import kept_names

from .contacts import forget_contact, forget_contacts
from .days import DRAFT_DAYS
from .files import drop_files
from .rows import take
from .states import Doing, SubmissionRefused, Who

OURS = re.compile(r"[0-9a-f]{32}(-[0-9]+)?\.(jpg|pdf)")
"""The names that stored files have; what else lies in the folder is not ours to delete."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many drafts, addresses and files that no record names went."""

    drafts: int
    contacts: int
    files: int


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
                forget_contact(row)
                row.delete()
                drafts += 1
        except SubmissionRefused:
            continue
    with transaction.atomic():
        contacts = forget_contacts(Contact.all_records.filter(purge_after__lte=now.date()))
    return Purged(drafts, contacts, drop_orphans(now=now))


def drop_orphans(*, now: datetime) -> int:
    """Take from the disk what no record names, and none in the ledger; return how many files.

    A file is written before its row is, so that no row ever lacks its file: whoever is killed
    between the two leaves it. Its own times say nothing, so its age is that of its inode, which
    nobody can set; within a day every upload has its row.
    """
    limit = (now - timedelta(days=1)).timestamp()
    found = [path for path in _ours() if _made_at(path) < limit]
    # Read after the folder: a file whose row has gone meanwhile is gone itself.
    kept = kept_names() | set(SubmittedFile.all_records.values_list("name", flat=True))
    gone = [path for path in found if path.name[:32] not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _ours() -> Iterator[Path]:
    for path in Path(settings.MEDIA_ROOT).glob("*"):
        if OURS.fullmatch(path.name):
            yield path


def _made_at(path: Path) -> float:
    try:
        return path.stat().st_ctime
    except FileNotFoundError:
        # It went this moment.
        return math.inf
