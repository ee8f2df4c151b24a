"""What visitors send: it changes nothing until somebody decides, and none of it is public.

Ids are random and days are weeks: nothing in these tables tells when somebody was here. The
address of a contributor, where one was left, stands in a table of its own and goes first.
"""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from .base import Record, RecordQuerySet, one_of
from .changes import Change
from .entries import Entry
from .media import MediaType
from .people import Person
from .sites import MemorialSite


def random_id() -> int:
    """Return an id that tells nothing of when its row was made; exact in JavaScript, too."""
    return secrets.randbelow(2**53 - 1) + 1


class PrivateQuerySet(RecordQuerySet):
    """Rows of which the public sees none."""

    def visible(self) -> Self:
        """Keep nothing."""
        return self.none()


class Private(Record):
    """A row with a random id of which the public sees nothing."""

    queryset_class = PrivateQuerySet

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)

    class Meta(Record.Meta):
        abstract = True


class SubmissionKind(models.TextChoices):
    """What somebody came to send."""

    PERSON = "person"
    """Somebody who is not here, alone or with their family."""
    ADDITION = "addition"
    """More about somebody who is here."""
    CORRECTION = "correction"
    """One fact that is wrong or missing."""
    BIOGRAPHY = "biography"
    FILES = "files"
    SITE = "site"
    TAKEDOWN = "takedown"
    """A wish that something be hidden or removed."""


class SubmissionState(models.TextChoices):
    """Where a submission stands; see `registry.submissions.states` for what leads where."""

    DRAFT = "draft"
    WAITING = "waiting"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (SubmissionState.WAITING, SubmissionState.ASKED)
DECIDED_STATES = (SubmissionState.ACCEPTED, SubmissionState.REJECTED)


class Knowledge(models.TextChoices):
    """How a contributor knows."""

    UNKNOWN = "", "unknown"
    MEMORY = "memory"
    PAPERS = "papers"
    FILE = "file"
    BOOK = "book"
    WEB = "web"
    OTHER = "other"


class Credit(models.TextChoices):
    """As whom a contributor is to be named."""

    ANONYMOUS = "anonymous"
    INITIALS = "initials"
    NAME = "name"


class Submission(Private):
    """What one visitor sends at one time, in parts that are decided together.

    `number` is public: eight digits that tell nothing. `finder` is the beginning of the receipt,
    of the rest only `receipt_hash` is kept. `since` is the Monday of the week in which a draft
    was last saved, or a submission sent; once decided, the first of the month in which it came
    (the ledger has the moment of the decision, beside which weeks waited would tell the week).
    `how` and `cites` are the contributor's own words on how they know. `flags` are codes for
    whoever decides, with what they are about.
    """

    number = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=10, choices=SubmissionKind.choices)
    state = models.CharField(
        max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT
    )
    language = models.CharField(max_length=10)
    since = models.DateField()
    finder = models.CharField(max_length=8, unique=True)
    receipt_salt = models.BinaryField(max_length=16)
    receipt_hash = models.BinaryField(max_length=32)

    knowledge = models.CharField(max_length=10, choices=Knowledge.choices, blank=True)
    how = models.TextField(blank=True)
    cites = models.TextField(blank=True)
    rights = models.TextField(blank=True)
    """Whose the files are, and that they may be shown: asked once for all of them."""
    credit = models.CharField(max_length=10, choices=Credit.choices, default=Credit.ANONYMOUS)
    credit_name = models.CharField(max_length=200, blank=True)

    urgent = models.BooleanField(default=False)
    flags = models.JSONField(default=list, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="claimed_submissions",
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    """From whoever decides to colleagues; the contributor never reads it."""
    decided_under = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions"
    )

    class Meta(Private.Meta):
        constraints = [
            one_of("kind", SubmissionKind),
            one_of("state", SubmissionState),
            one_of("knowledge", Knowledge),
            one_of("credit", Credit),
            models.CheckConstraint(
                condition=Q(state__in=("accepted", "rejected"), decided_under__isnull=False)
                | (~Q(state__in=("accepted", "rejected")) & Q(decided_under__isnull=True)),
                name="submission_decided_has_change",
            ),
        ]
        indexes = [
            # The queue: what is urgent first, then what has waited longest.
            models.Index(
                fields=["-urgent", "since", "id"],
                condition=Q(state__in=("waiting", "asked")),
                name="submission_queue",
            ),
            # What waits no more and is urgent all the same is rare among all that was ever sent.
            models.Index(
                fields=["since", "id"], condition=Q(urgent=True), name="submission_urgent"
            ),
            models.Index(fields=["state", "since"]),
        ]
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return self.number


class PartOutcome(models.TextChoices):
    """What became of a part; empty while nobody has decided."""

    OPEN = "", "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Reason(models.TextChoices):
    """Why a part was not taken, as the contributor reads it in words."""

    NONE = "", "none"
    NO_SOURCE = "no-source"
    CONTRADICTED = "contradicted"
    KNOWN = "known"
    OTHER_PERSON = "other-person"
    NOT_IN_SCOPE = "not-in-scope"
    LIVING = "living"
    RIGHTS = "rights"
    UNREADABLE = "unreadable"
    NO_ANSWER = "no-answer"
    OTHER = "other"


class Decided(Private):
    """What is decided by itself within a submission."""

    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=PartOutcome.choices, blank=True)
    reason = models.CharField(max_length=15, choices=Reason.choices, blank=True)
    reason_text = models.TextField(blank=True)
    """For the contributor, under the receipt; not public."""

    class Meta(Private.Meta):
        abstract = True


class PartKind(models.TextChoices):
    """What a part says."""

    PERSON = "person"
    FACT = "fact"
    BIOGRAPHY = "biography"
    SITE = "site"
    FIGURE = "figure"
    TAKEDOWN = "takedown"


class Part(Decided):
    """One thing a submission says, in the contributor's words.

    `values` are texts as typed: of a person or a fact by the columns of the entry table, else by
    the names in `registry.submissions.questions`. `field` is the fact a correction is about:
    `birth`, or `episode:2.arrest`. `person`, `site` are whom and what it is about, as the
    contributor says; `about` is whom the decision has found it to be about.
    `kinship` is what this person is to the one of the first part, a `RelationKind`. `decisions`
    keeps by value what was decided and, where it was edited, into what. `entry` is the entry it
    became: what came `via` the submission.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="submitted_parts"
    )
    about = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_parts"
    )
    site = models.ForeignKey(
        MemorialSite,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submitted_parts",
    )
    field = models.CharField(max_length=60, blank=True)
    kinship = models.CharField(max_length=15, blank=True)
    values = models.JSONField(default=dict, blank=True)
    decisions = models.JSONField(default=dict, blank=True)
    name_key = models.CharField(max_length=200, blank=True, db_index=True)
    """Folded surname and given name: by it two that wait are seen to be about one person."""
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="via"
    )

    class Meta(Decided.Meta):
        constraints = [
            one_of("kind", PartKind),
            one_of("outcome", PartOutcome),
            one_of("reason", Reason),
            models.UniqueConstraint(fields=["submission", "position"], name="part_position_unique"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.submission_id}.{self.position}"


class SubmittedFile(Decided):
    """A picture that was sent, made anew and stored; nothing serves it but the desk.

    `name`, `media_type`, `sizes`, `checksum` are those of the stored file (see `FileRecord`).
    `is_document` tells a scan from a photograph. Once accepted, `photograph` or `document` of
    the registry has the same name.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.SET_NULL, related_name="files"
    )
    """The person it shows, where the submission is about several."""
    name = models.CharField(max_length=40, unique=True)
    media_type = models.CharField(max_length=20, choices=MediaType.choices, default=MediaType.JPEG)
    sizes = models.JSONField(default=list)
    checksum = models.CharField(max_length=64)
    is_document = models.BooleanField(default=False)
    caption = models.TextField(blank=True)
    date = models.CharField(max_length=300, blank=True)
    """As typed."""

    class Meta(Decided.Meta):
        constraints = [
            one_of("outcome", PartOutcome),
            one_of("reason", Reason),
            models.UniqueConstraint(
                fields=["submission", "position"], name="submittedfile_position_unique"
            ),
            models.UniqueConstraint(
                fields=["submission", "checksum"], name="submittedfile_sent_once"
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Message(Private):
    """A question of whoever decides, or what the contributor says to it; in their order."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveSmallIntegerField()
    from_staff = models.BooleanField()
    text = models.TextField()

    class Meta(Private.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="message_position_unique"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="message_not_empty"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:60]


class Contact(Private):
    """The address a contributor left; deleted when they say so, and 30 days after the decision."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="contact")
    address = models.CharField(max_length=254)
    purge_after = models.DateField(null=True, blank=True)
    """Set when the submission is decided or withdrawn."""

    def __str__(self) -> str:
        # Never the address: what is printed somewhere stays there.
        return f"of {self.submission_id}"
