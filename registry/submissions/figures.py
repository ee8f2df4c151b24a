"""What the public is told of the work: received, decided, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from registry.models import DECIDED_STATES, OPEN_STATES, Submission, SubmissionState

from .days import weeks_waited

YEAR = timedelta(days=365)
MOST_READ = 5_000
"""Decisions of a year that the median is taken of."""


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
    last = decided.order_by("-decided_under").values_list("since", "decided_under__at")
    weeks = sorted(weeks_waited(month, at) for month, at in last[:MOST_READ])
    takedowns = decided.filter(kind="takedown")
    granted = takedowns.filter(state=SubmissionState.ACCEPTED).count()
    waiting = Submission.all_records.filter(state__in=OPEN_STATES).count()
    done = decided.count()
    return Figures(
        received=waiting + done,
        decided=done,
        waiting=waiting,
        median_weeks=weeks[len(weeks) // 2] if weeks else None,
        takedowns_granted=granted,
        takedowns_refused=takedowns.count() - granted,
    )
