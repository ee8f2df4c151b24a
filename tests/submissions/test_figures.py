"""The public figures are made of months alone: nothing kept tells the week something came in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, strategies as st

from registry.models import Submission, SubmissionKind
from registry.submissions.days import first_week_of, month_of, week_of, weeks_waited
from registry.submissions.deciding import undo_decision
from registry.submissions.figures import Figures, public_figures
from registry.submissions.receiving import withdraw_submission
from registry.submissions.starting import Target
from tests.databases import NOW

from .sending import accept_all, begin, moderator, reject_all, send

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def test_of_nothing_nothing_is_said() -> None:
    assert public_figures(now=NOW) == Figures(0, 0, 0, None, 0, 0)


def test_drafts_and_what_was_withdrawn_do_not_count() -> None:
    begin()
    withdraw_submission(submission=send(), now=NOW)
    withdraw_submission(submission=begin().submission, now=NOW)
    assert public_figures(now=NOW) == Figures(0, 0, 0, None, 0, 0)


def test_each_is_counted_once_as_what_it_is(make_person: Any) -> None:
    person = make_person(fate="расстрелян")
    wishes = [
        send(SubmissionKind.TAKEDOWN, {"what": "адрес"}, target=Target(person)) for _ in range(3)
    ]
    accept_all(wishes[0])
    reject_all(wishes[1])
    accept_all(send(now=NOW - 4 * WEEK))
    send(now=NOW - 9 * WEEK)
    assert public_figures(now=NOW) == Figures(
        received=5, decided=3, waiting=2, median_weeks=1, takedowns_granted=1, takedowns_refused=1
    )


@pytest.mark.parametrize(
    ("weeks", "median"), [([3], 4), ([0, 9], 9), ([3, 0, 7], 4), ([9, 1, 0, 30], 9)]
)
def test_the_median_is_of_the_weeks_waited(weeks: list[int], median: int) -> None:
    for waited in weeks:
        reject_all(send(now=NOW - waited * WEEK))
    assert public_figures(now=NOW).median_weeks == median


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(sent=DAYS, waited=st.integers(0, 700))
def test_of_what_was_decided_the_weeks_are_18_days_off_at_most(sent: date, waited: int) -> None:
    decided = datetime.combine(sent + timedelta(days=waited), time(12), tzinfo=UTC)
    told = weeks_waited(month_of(week_of(sent)), decided)
    assert abs(7 * told - (decided.date() - week_of(sent)).days) <= 18


@given(day=DAYS)
def test_what_waits_again_stays_in_the_month_it_came_in(day: date) -> None:
    month = month_of(week_of(day))
    monday = first_week_of(month)
    assert (week_of(monday), month_of(monday)) == (monday, month)


@pytest.mark.parametrize("decide", [accept_all, reject_all])
def test_nothing_kept_of_what_was_decided_tells_the_week_it_came_in(decide: Any) -> None:
    rows = []
    for day in (1, 8, 15, 22):
        number = send(now=datetime(2025, 12, day, 12, tzinfo=UTC))
        decide(number)
        found = Submission.all_records.filter(pk=number).values().get()
        rows.append({name: found[name] for name in found if name not in PRIVATE})
    assert all(row == rows[0] for row in rows)
    assert rows[0]["since"] == date(2025, 12, 1)


PRIVATE = {"id", "number", "finder", "receipt_salt", "receipt_hash", "decided_under_id", "flags"}
"""What differs between any two: random, or of the decision, or the number of another."""


def test_what_has_waited_for_more_than_a_year_is_still_told() -> None:
    send(now=NOW - 60 * WEEK)
    assert public_figures(now=NOW).waiting == 1
    assert public_figures(now=NOW + 60 * WEEK).waiting == 1


def test_decisions_count_for_a_year() -> None:
    number = send(now=NOW - 60 * WEEK)
    accept_all(number)
    for days, counted in ((0, 1), (365, 1), (366, 0)):
        assert public_figures(now=NOW + timedelta(days=days)).decided == counted, days


def test_an_undoing_gives_its_month_back_to_what_waits_again() -> None:
    number = send(now=NOW - 10 * WEEK)
    accept_all(number)
    undo_decision(
        submission=number, by=moderator(), role="moderator", reason="x", now=NOW + 2 * WEEK,  # type: ignore[arg-type]
    )  # fmt: skip
    assert public_figures(now=NOW) == Figures(1, 0, 1, None, 0, 0)
    # It came in the week of 3 November.
    assert Submission.all_records.get().since == date(2025, 11, 3)
    accept_all(number, now=NOW + 2 * WEEK)
    assert Submission.all_records.get().since == date(2025, 11, 1)
    assert public_figures(now=NOW + 2 * WEEK).median_weeks == 11


def test_they_cost_a_literal_number_of_queries() -> None:
    for _ in range(3):
        reject_all(send())
    with CaptureQueriesContext(connection) as told:
        public_figures(now=NOW)
    assert len(told) == 3
