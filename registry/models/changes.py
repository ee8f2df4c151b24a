"""The ledger: every act on the records, and what was asserted after it. Only appended to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .base import Record, one_of


class ChangeKind(models.TextChoices):
    """What kind of act a change was."""

    IMPORT = "import"
    EDIT = "edit"
    DECISION = "decision"
    MERGE = "merge"
    SPLIT = "split"
    PUBLISHING = "publishing"
    UNDO = "undo"
    ERASURE = "erasure"


class Role(models.TextChoices):
    """In what role someone acted; the public ledger names the role and never the account."""

    SYSTEM = "system"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Change(Record):
    """One act by one role at one moment with one reason. Never updated, never deleted."""

    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    role = models.CharField(max_length=14, choices=Role.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes",
    )
    at = models.DateTimeField(db_index=True)
    reason = models.TextField()
    undoes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", ChangeKind),
            one_of("role", Role),
            models.CheckConstraint(condition=~models.Q(reason=""), name="change_has_reason"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"


class RevisionBody(Record):
    """What a revision asserts, as JSON text; the one part of the ledger a court can empty."""

    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:60]


class Revision(Record):
    """The state one record had after a change: what is asserted, never what is concluded.

    `subject` is the kind of record and `reference` its permanent id as text, so that the
    revision outlives the row. `hash` is the SHA-256 of the body as it was written.
    """

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="revisions")
    subject = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)
    body = models.OneToOneField(RevisionBody, on_delete=models.PROTECT, related_name="revision")
    hash = models.CharField(max_length=64)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["subject", "reference", "id"])]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.subject} {self.reference} after change {self.change_id}"


class ImportRun(Record):
    """How far an import has come, so that one cut off goes on where it stopped."""

    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="import_run")
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the file and of the options that change its meaning."""
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(finished_at__isnull=True),
                name="import_run_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"import {self.change_id}, {self.rows_done} rows"
