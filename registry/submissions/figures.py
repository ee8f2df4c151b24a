"""What the public is told of the work: received, decided, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from registry.models import OPEN_STATES, Submission, SubmissionState

from .days import month_of

YEAR = timedelta(days=365)
MOST_READ = 5_000
"""Decisions of a year that the median is taken of."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What waits now, however long, and what was decided within the last twelve months.

    `received` are both together. `median_weeks` is that of the weeks those decided had waited,
    the longer of two in the middle; None while nothing was decided. `takedowns` are the wishes
    to hide or remove, by what became of them: granted, refused.
    """

    received: int
    decided: int
    waiting: int
    median_weeks: int | None
    takedowns_granted: int
    takedowns_refused: int


def public_figures(*, now: datetime) -> Figures:
    """Return the figures; drafts and what was withdrawn do not count."""
    # The month is all that is kept of a decision: the one a year ago counts whole.
    decided = Submission.all_records.filter(
        state__in=(SubmissionState.ACCEPTED, SubmissionState.REJECTED),
        since__gte=month_of(now - YEAR),
    )
    weeks = sorted(
        decided.order_by("-since").values_list("weeks_waited", flat=True)[:MOST_READ],
        key=lambda one: one or 0,
    )
    takedowns = decided.filter(kind="takedown")
    granted = takedowns.filter(state=SubmissionState.ACCEPTED).count()
    waiting = Submission.all_records.filter(state__in=OPEN_STATES).count()
    done = decided.count()
    return Figures(
        received=waiting + done,
        decided=done,
        waiting=waiting,
        median_weeks=(weeks[len(weeks) // 2] or 0) if weeks else None,
        takedowns_granted=granted,
        takedowns_refused=takedowns.count() - granted,
    )
