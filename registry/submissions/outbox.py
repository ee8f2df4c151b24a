"""Mail goes into a table first, in the transaction of what it tells of, and out by a command.

So a dead mail server never breaks a page, and nobody is told of what was not saved. A mail that
is tried is counted as tried before it is sent: of two processes one gets it, and one that is
killed on the way leaves it to be tried again an hour or two later. Nothing here logs an address
or a text.
"""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from registry.models import OutboxMail

HOUR = timedelta(hours=1)
DELAYS = (HOUR, 3 * HOUR, 9 * HOUR, 24 * HOUR, 48 * HOUR)
"""How long a mail waits after each try that failed; after one more it is given up."""
TRIES = len(DELAYS) + 1
MOST_IN_A_ROW = 3
"""So many that the server drops in the middle, one after another, are its doing: the rest waits."""
FORGOTTEN_AFTER = timedelta(weeks=6)
"""Whatever still lies here then goes: what was given up, and what nobody ever tried to send."""
LONGEST_ADDRESS = 254
"""RFC 5321, and the column."""
NO_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class Sending:
    """What came of a run: mails `sent`, `postponed`, `given_up`, and how many still wait.

    `stopped` is empty, or why the run ended before its time: `no-mail` (no server is set),
    `unreachable`, `log-in-refused`.
    """

    sent: int = 0
    postponed: int = 0
    given_up: int = 0
    waiting: int = 0
    stopped: str = ""


def sends_mail() -> bool:
    """Tell whether this site sends any mail: where it does not, nobody is asked for an address."""
    return bool(settings.EMAIL_BACKEND != NO_BACKEND)


def queue_mail(
    *, address: str, language: str, subject: str, body: str, now: datetime | None = None
) -> bool:
    """Let a mail be sent once the caller's transaction is there.

    False where this site sends no mail, or the address is none: what the mail tells of stands
    without it.
    """
    if not sends_mail() or not is_mail_address(address):
        return False
    OutboxMail.all_records.create(
        address=address,
        language=language,
        subject=" ".join(subject.split())[:200],
        body=body,
        not_before=_week_of(now or timezone.now()),
    )
    return True


def is_mail_address(text: str) -> bool:
    """Tell whether mail can be sent to this at all."""
    with suppress(ValidationError):
        validate_email(text)
        return len(text) <= LONGEST_ADDRESS
    return False


def is_queued(address: str) -> bool:
    """Tell whether a mail to this address waits, tried already or not."""
    waiting = OutboxMail.all_records.filter(failed_code="", address__iexact=address)
    return bool(waiting.exists())


def drop_mails(*, address: str) -> int:
    """Take off whatever waits for an address, when it is deleted; return how many mails did."""
    waiting = OutboxMail.all_records.filter(failed_code="", address__iexact=address)
    return int(waiting.delete()[0])


def send_mails(*, now: datetime, limit: int) -> Sending:
    """Send what is due, at most so many; never raises for what a mail server does.

    Call it outside a transaction: each mail is claimed, sent and taken off by itself.
    """
    told = Sending()
    if sends_mail():
        _send_due(told, now, limit)
    else:
        told.stopped = "no-mail"
    _forget(told, now)
    told.waiting = OutboxMail.all_records.filter(failed_code="").count()
    if told.stopped and told.waiting:
        _LOGGER.error(told.stopped)
    return told


def _send_due(told: Sending, now: datetime, limit: int) -> None:
    connection = get_connection()
    in_a_row = 0
    try:
        for mail in _due(now, limit):
            told.stopped = _opened(connection)
            if told.stopped:
                break
            if not _claim(mail, now):
                continue
            failure = _failure_of(mail, connection)
            if failure:
                _close(connection)
            _settle(told, mail, failure, now)
            in_a_row = in_a_row + 1 if failure == "interrupted" else 0
            if in_a_row == MOST_IN_A_ROW:
                told.stopped = "unreachable"
                break
    finally:
        _close(connection)


def _due(now: datetime, limit: int) -> list[OutboxMail]:
    """Return what is due, what was tried least first: no mail waits for one that fails."""
    due = OutboxMail.all_records.filter(failed_code="", not_before__lte=now)
    return list(due.order_by("attempts", "pk")[: max(limit, 0)])


def _settle(told: Sending, mail: OutboxMail, failure: str, now: datetime) -> None:
    """Take off what was sent, and empty what is given up; a try that failed is counted already."""
    if not failure:
        OutboxMail.all_records.filter(pk=mail.pk).delete()
        told.sent += 1
    elif failure == "unsendable" or mail.attempts + 1 >= TRIES:
        OutboxMail.all_records.filter(pk=mail.pk).update(
            address="", subject="", body="", failed_code=failure, not_before=_full_hour(now)
        )
        told.given_up += 1
        _LOGGER.warning("mail-given-up")
    else:
        told.postponed += 1


def _claim(mail: OutboxMail, now: datetime) -> bool:
    """Count the try before it is made; False where another process has done so."""
    delay = DELAYS[min(mail.attempts, len(DELAYS) - 1)]
    own = OutboxMail.all_records.filter(pk=mail.pk, failed_code="", attempts=mail.attempts)
    claimed: int = own.update(attempts=F("attempts") + 1, not_before=_full_hour(now + delay))
    return claimed == 1


def _opened(connection: Any) -> str:
    """Open the connection to the server where it is not open; return why it cannot be."""
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return "log-in-refused"
    except (OSError, ValueError):  # of smtplib, a socket, TLS; a password that is not ASCII
        return "unreachable"
    return ""


def _close(connection: Any) -> None:
    with suppress(OSError):
        connection.close()


def _failure_of(mail: OutboxMail, connection: Any) -> str:
    """Send a mail; return nothing, or why it was not sent."""
    try:
        _message_of(mail, connection).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException):
        return "refused"
    except OSError:
        return "interrupted"
    except Exception:  # noqa: BLE001 (whatever is wrong with one mail, the others go)
        return "unsendable"
    return ""


def _message_of(mail: OutboxMail, connection: Any) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    # The same at every try: where a server took a mail and did not say so, the reader's program
    # can tell that the second is the first again. Django's own names the machine and the moment.
    number = salted_hmac("outbox", str(mail.pk), algorithm="sha256").hexdigest()[:32]
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.address],
        headers={
            "Message-ID": f"<{number}@{domain}>",
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )


def _forget(told: Sending, now: datetime) -> None:
    old = OutboxMail.all_records.filter(not_before__lt=now - FORGOTTEN_AFTER)
    told.given_up += old.filter(failed_code="").delete()[0]
    old.delete()


def _week_of(moment: datetime) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _full_hour(moment: datetime) -> datetime:
    """Return the next full hour."""
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR
