"""Days as coarse as they are kept: the week while somebody waits, the month afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

DRAFT_DAYS = 30
"""After so many days a draft that nobody went on with is purged."""
CONTACT_DAYS = 30
"""So long after the decision an address is kept."""


def week_of(now: datetime | date) -> date:
    """Return the Monday of the week."""
    day = now.date() if isinstance(now, datetime) else now
    return day - timedelta(days=day.weekday())


def month_of(now: datetime) -> date:
    """Return the first of the month."""
    return now.date().replace(day=1)


def weeks_between(since: date, now: datetime) -> int:
    """Return how many weeks have begun since the week of `since`."""
    return max(0, (week_of(now) - week_of(since)).days // 7)
