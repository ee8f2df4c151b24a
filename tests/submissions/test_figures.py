"""The public figures are exact, and made of weeks and months alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Submission, SubmissionKind
from registry.submissions.deciding import undo_decision
from registry.submissions.figures import Figures, public_figures
from registry.submissions.receiving import Target, withdraw_submission
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
        received=5, decided=3, waiting=2, median_weeks=0, takedowns_granted=1, takedowns_refused=1
    )


@pytest.mark.parametrize(
    ("weeks", "median"), [([3], 3), ([1, 9], 9), ([2, 0, 7], 2), ([5, 1, 1, 30], 5)]
)
def test_the_median_is_of_the_weeks_waited(weeks: list[int], median: int) -> None:
    for waited in weeks:
        reject_all(send(now=NOW - waited * WEEK))
    assert public_figures(now=NOW).median_weeks == median


def test_what_has_waited_for_more_than_a_year_is_still_told() -> None:
    send(now=NOW - 60 * WEEK)
    assert public_figures(now=NOW).waiting == 1
    assert public_figures(now=NOW + 60 * WEEK).waiting == 1


def test_decisions_count_for_a_year_by_their_month() -> None:
    number = send()
    accept_all(number)
    # Decided in January 2026: of a decision no day is kept.
    for days, counted in ((0, 1), (365, 1), (365 + 16, 1), (365 + 17, 0)):
        assert public_figures(now=NOW + timedelta(days=days)).decided == counted, days


def test_an_undoing_gives_its_weeks_back_to_what_waits_again() -> None:
    number = send(now=NOW - 10 * WEEK)
    accept_all(number)
    undo_decision(
        submission=number, by=moderator(), role="moderator", reason="x", now=NOW + 2 * WEEK,  # type: ignore[arg-type]
    )  # fmt: skip
    assert public_figures(now=NOW) == Figures(1, 0, 1, None, 0, 0)
    row = Submission.all_records.get()
    assert (row.weeks_waited, (NOW.date() - row.since).days // 7) == (None, 8)
    accept_all(number, now=NOW + 2 * WEEK)
    assert public_figures(now=NOW + 2 * WEEK).median_weeks == 10


def test_they_cost_a_literal_number_of_queries() -> None:
    for _ in range(3):
        reject_all(send())
    with CaptureQueriesContext(connection) as told:
        public_figures(now=NOW)
    assert len(told) == 5
