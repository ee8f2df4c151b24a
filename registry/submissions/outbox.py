"""Mails that wait to be sent: taken over from the branch that builds the outbox."""

from __future__ import annotations

from django.conf import settings

NO_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def sends_mail() -> bool:
    """Tell whether this site sends any mail: where it does not, nobody is asked for an address."""
    return bool(settings.EMAIL_BACKEND != NO_BACKEND)


def queue_mail(*, address: str, language: str, subject: str, body: str) -> None:
    """Queue one mail; the table comes with the outbox."""


def is_queued(address: str) -> bool:
    """Tell whether a mail to this address waits."""
    return bool(address)
