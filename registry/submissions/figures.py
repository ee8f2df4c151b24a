"""What the public is told of the work: received, decided, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from registry.models import (
    DECIDED_STATES,
    OPEN_STATES,
    Submission,
    SubmissionKind,
    SubmissionState,
)

from .days import weeks_waited

YEAR = timedelta(days=365)
MOST_READ = 1_000
"""So many of the last decisions of a year the median is taken of."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What waits now, however long, and what was decided within the last twelve months.

    `received` are both together. `median_weeks` is that of the weeks those decided had waited, as
    far as their months tell, the longer of two in the middle; None while nothing was decided.
    `takedowns` are the wishes to hide or remove, by what became of them: granted, refused.
    """

    received: int
    decided: int
    waiting: int
    median_weeks: int | None
    takedowns_granted: int
    takedowns_refused: int


def public_figures(*, now: datetime) -> Figures:
    """Return the figures; drafts and what was withdrawn do not count."""
    decided = Submission.all_records.filter(
        state__in=DECIDED_STATES, decided_under__at__gte=now - YEAR
    )
    last = decided.order_by("-decided_under_id").values_list("since", "decided_under__at")
    weeks = sorted(weeks_waited(month, at) for month, at in last[:MOST_READ])
    wishes = Q(kind=SubmissionKind.TAKEDOWN)
    counted = decided.order_by().aggregate(
        done=Count("pk"),
        granted=Count("pk", filter=wishes & Q(state=SubmissionState.ACCEPTED)),
        refused=Count("pk", filter=wishes & Q(state=SubmissionState.REJECTED)),
    )
    waiting = Submission.all_records.filter(state__in=OPEN_STATES).count()
    return Figures(
        received=waiting + counted["done"],
        decided=counted["done"],
        waiting=waiting,
        median_weeks=weeks[len(weeks) // 2] if weeks else None,
        takedowns_granted=counted["granted"],
        takedowns_refused=counted["refused"],
    )
