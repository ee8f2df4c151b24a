"""The addresses of contributors: how long they are kept, and that their mail goes with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from registry.models import Contact, Submission

from .days import CONTACT_DAYS
from .outbox import drop_mails


def keep_contact(row: Submission, address: str) -> None:
    """Keep one address of a submission, in the place of the one there was."""
    if Contact.all_records.filter(submission=row).exclude(address=address).exists():
        forget_contact(row)
    Contact.all_records.update_or_create(
        submission=row, defaults={"address": address, "purge_after": None}
    )


def forget_contact(row: Submission) -> None:
    """Delete the address of a submission at once."""
    forget_contacts(Contact.all_records.filter(submission=row))


def forget_contacts(contacts: QuerySet[Any, Any]) -> int:
    """Delete addresses with all mail that waits for them; return how many they were."""
    addresses = set(contacts.values_list("address", flat=True))
    count, _ = contacts.delete()
    for address in addresses:
        drop_mails(address=address)
    return count


def note_contact_ends(row: Submission, *, now: datetime) -> None:
    """Let the address of what is decided go 30 days from now."""
    ends = now.date() + timedelta(days=CONTACT_DAYS)
    Contact.all_records.filter(submission=row).update(purge_after=ends)


def note_contact_stays(row: Submission) -> None:
    """Let the address of what waits again stay."""
    Contact.all_records.filter(submission=row).update(purge_after=None)
