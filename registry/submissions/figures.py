"""What the public is told of the work: received, decided, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from registry.models import Submission, SubmissionState

YEAR = timedelta(days=365)
MOST_READ = 5_000
"""Decisions of a year that the median is taken of."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the last twelve months: received, decided of them, and the median of weeks waited.

    `takedowns` are the wishes to hide or remove, by what became of them: granted, refused.
    `median_weeks` is None while nothing was decided.
    """

    received: int
    decided: int
    waiting: int
    median_weeks: int | None
    takedowns_granted: int
    takedowns_refused: int


def public_figures(*, now: datetime) -> Figures:
    """Return the figures of the last twelve months; drafts and what was withdrawn do not count."""
    rows = Submission.all_records.filter(since__gte=(now - YEAR).date())
    sent = rows.exclude(state__in=(SubmissionState.DRAFT, SubmissionState.WITHDRAWN))
    decided = sent.filter(state__in=(SubmissionState.ACCEPTED, SubmissionState.REJECTED))
    weeks = sorted(
        decided.order_by("-since").values_list("weeks_waited", flat=True)[:MOST_READ],
        key=lambda one: one or 0,
    )
    takedowns = decided.filter(kind="takedown")
    granted = takedowns.filter(state=SubmissionState.ACCEPTED).count()
    received, done = sent.count(), decided.count()
    return Figures(
        received=received,
        decided=done,
        waiting=received - done,
        median_weeks=(weeks[len(weeks) // 2] or 0) if weeks else None,
        takedowns_granted=granted,
        takedowns_refused=takedowns.count() - granted,
    )
