"""Mail that waits to be sent: the only place where a mail address stands beside a text."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .base import Record, RecordQuerySet


class OutboxQuerySet(RecordQuerySet):
    """Mails that wait; the public sees none of them."""

    def visible(self) -> Self:
        """Keep nothing."""
        return self.none()


class OutboxMail(Record):
    """One mail to one address; its row goes when it is sent.

    `not_before` is coarse: of a mail not tried yet it is the beginning of the week it was written
    in, and so long past; after a try it is the full hour of the next. A mail that was given up
    keeps why (`failed_code`), and neither address nor text.
    """

    queryset_class = OutboxQuerySet

    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    failed_code = models.CharField(max_length=20, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(failed_code="") & ~Q(address=""))
                | (~Q(failed_code="") & Q(address="", subject="", body="")),
                name="outboxmail_waits_or_keeps_nothing",
            ),
        ]
        ordering = ["attempts", "pk"]

    def __str__(self) -> str:
        return self.failed_code or f"{self.attempts}"
