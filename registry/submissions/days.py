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


def month_of(now: datetime | date) -> date:
    """Return the first of the month."""
    day = now.date() if isinstance(now, datetime) else now
    return day.replace(day=1)


def first_week_of(month: date) -> date:
    """Return the first Monday of the month: where what came in it stands when it waits again."""
    return month + timedelta(days=-month.weekday() % 7)


def weeks_between(since: date, now: datetime) -> int:
    """Return how many weeks have begun since the week of `since`."""
    return max(0, (week_of(now) - week_of(since)).days // 7)


def weeks_waited(month: date, decided: datetime) -> int:
    """Return about how many weeks something waited that came in this month: at most 18 days off.

    More is not kept, since a week and the moment of the decision would tell the week it came in.
    Counted from the middle of what had passed of the month when it was decided.
    """
    day = decided.date()
    next_month = (month + timedelta(days=31)).replace(day=1)
    last = max(month, min(day, next_month - timedelta(days=1)))
    middle = month + (last - month) / 2
    return max(0, round((day - middle).days / 7))
