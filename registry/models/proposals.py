"""What waits for a second person: proposals to show someone hidden, or to suppress someone."""

from __future__ import annotations

from typing import Self

from django.db import models

from .base import Record, RecordQuerySet, one_of
from .changes import Change
from .people import Person


class Wish(models.TextChoices):
    """What is proposed for a person; the first three show again what was hidden."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    BY_RULE = "by-rule"
    SUPPRESSED = "suppressed"


class Outcome(models.TextChoices):
    """What became of a proposal; empty while it is open."""

    OPEN = "", "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"


class ProposalQuerySet(RecordQuerySet):
    """Proposals; the public sees none of them."""

    def visible(self) -> Self:
        """Keep nothing."""
        return self.none()


class Proposal(Record):
    """One account's proposal, which another decides. Who, when and why stand in `change`."""

    queryset_class = ProposalQuerySet

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    wish = models.CharField(max_length=10, choices=Wish.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="proposals")
    decided_under = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_proposals"
    )

    class Meta(Record.Meta):
        constraints = [
            one_of("wish", Wish),
            one_of("outcome", Outcome),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(outcome=""), name="proposal_one_open"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.wish}"
