"""What is mailed, and to whom: that something waits, and never what it says."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, override

from registry.models import Contact, Submission
from registry.records.public.received import shown_number

from .outbox import is_queued, queue_mail

STAFF_LANGUAGE = "en"


def tell_staff(*, now: datetime) -> None:
    """Tell staff that something waits; one mail at a time, however much has come."""
    address = settings.STAFF_MAIL
    if not address or is_queued(address):
        return
    with override(STAFF_LANGUAGE):
        queue_mail(
            address=address,
            language=STAFF_LANGUAGE,
            subject=gettext("A submission waits"),
            body=gettext("Something waits for a decision in the desk of the registry."),
            now=now,
        )


def tell_contributor(row: Submission, *, now: datetime) -> None:
    """Tell a contributor who left an address that there is something to read with the receipt."""
    contact = Contact.all_records.filter(submission=row).first()
    if contact is None or "@" not in contact.address:
        return
    with override(row.language):
        queue_mail(
            address=contact.address,
            language=row.language,
            subject=gettext("Submission %(number)s") % {"number": shown_number(row.number)},
            body=gettext(
                "There is news on submission %(number)s. Read it with your receipt, on the page"
                " “Receipt” of the registry. Please do not answer this mail: nobody reads the"
                " answers."
            )
            % {"number": shown_number(row.number)},
            now=now,
        )
