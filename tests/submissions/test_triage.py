"""The queue is in its order, a claim is a courtesy that ends, and a question is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Message, Submission
from registry.submissions.receiving import reply, withdraw_submission
from registry.submissions.states import SubmissionRefused
from registry.submissions.triage import (
    CLAIM,
    ask_contributor,
    claim_submission,
    count_waiting,
    find_submissions,
    note_submission,
    release_submission,
    waiting_submissions,
)
from tests.databases import NOW

from .sending import SOMEBODY, accept_all, begin, moderator, reject_all, send

pytestmark = pytest.mark.django_db
ALIVE = {"family_name": "Живой"}


def code_of(act: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(SubmissionRefused) as refused:
        act(**kwargs)
    return refused.value.code, refused.value.field


def test_the_urgent_come_first_then_what_has_waited_longest() -> None:
    begin()
    accept_all(send())
    withdraw_submission(submission=send(), now=NOW)
    assert list(waiting_submissions()) == []
    assert count_waiting() == {"all": 0, "urgent": 0, "named": 0}
    weeks = [3, 0, 7, 1]
    plain = {week: send(now=NOW - timedelta(weeks=week)) for week in weeks}
    urgent = {week: send(values=ALIVE, now=NOW - timedelta(weeks=week)) for week in weeks}
    ask_contributor(submission=plain[7], text="Откуда?", by=moderator(), now=NOW)
    expected = [urgent[week] for week in (7, 3, 1, 0)] + [plain[week] for week in (7, 3, 1, 0)]
    assert [row.pk for row in waiting_submissions()] == expected
    assert count_waiting() == {"all": 8, "urgent": 4, "named": 0}


def test_a_claim_is_one_persons_until_it_ends() -> None:
    number = send()
    one, other = moderator("one"), moderator("other")
    assert claim_submission(submission=number, by=one, now=NOW) == ""
    assert claim_submission(submission=number, by=other, now=NOW + CLAIM / 2) == "one"
    assert claim_submission(submission=number, by=one, now=NOW + CLAIM / 2) == ""
    assert claim_submission(submission=number, by=other, now=NOW + CLAIM) == "one"
    release_submission(submission=number, by=other)
    assert claim_submission(submission=number, by=other, now=NOW + CLAIM) == "one"
    assert claim_submission(submission=number, by=other, now=NOW + CLAIM * 1.5) == ""
    release_submission(submission=number, by=other)
    assert claim_submission(submission=number, by=one, now=NOW + CLAIM * 1.5) == ""
    # It hinders nobody from deciding, and ends with the decision.
    reject_all(number)
    row = Submission.all_records.get(pk=number)
    assert (row.claimed_by, row.claimed_until) == (None, None)


def test_an_account_that_goes_leaves_what_it_was_at() -> None:
    number = send()
    by = moderator("one")
    claim_submission(submission=number, by=by, now=NOW)
    by.delete()
    assert Submission.all_records.get(pk=number).claimed_by is None
    assert claim_submission(submission=number, by=moderator("other"), now=NOW) == ""


def test_a_question_is_answered_and_asked_again() -> None:
    number = send()
    by = moderator()
    ask_contributor(submission=number, text="  Откуда?\r\nКогда? ", by=by, now=NOW)
    assert Submission.all_records.get(pk=number).state == "asked"
    ask_contributor(submission=number, text="И где?", by=by, now=NOW)
    reply(submission=number, text="Там.", now=NOW)
    assert Submission.all_records.get(pk=number).state == "waiting"
    told = Message.all_records.values_list("position", "from_staff", "text")
    assert list(told) == [(1, True, "Откуда?\nКогда?"), (2, True, "И где?"), (3, False, "Там.")]
    for text, code in (("", "empty"), ("я" * 5_001, "too-long"), ("\x00", "nul")):
        assert code_of(ask_contributor, submission=number, text=text, by=by, now=NOW) == (
            code, "text",
        )  # fmt: skip


def test_a_note_is_kept_and_has_an_end() -> None:
    number = send()
    note_submission(submission=number, note=" коллегам ")
    for note, code in (("я" * 5_001, "too-long"), ("\x00", "nul"), ("\ud800", "nul")):
        assert code_of(note_submission, submission=number, note=note) == (code, "note")
    assert Submission.all_records.get(pk=number).note == "коллегам"


def test_one_is_found_by_its_number_however_it_is_parted() -> None:
    number = send()
    draft = begin().submission
    digits = Submission.all_records.get(pk=number).number
    for text in (digits, f"{digits[:4]}-{digits[4:]}", f" № {digits[:4]} {digits[4:]}"):
        assert [row.pk for row in find_submissions(text)] == [number]
    hidden = Submission.all_records.get(pk=draft).number
    for text in (hidden, "", "1", digits[:7], "\x00", "٣" * 8, "%", "1 OR 1=1"):
        assert list(find_submissions(text)) == [], text


@pytest.mark.parametrize("count", [1, 20])
def test_the_queue_costs_one_query(count: int) -> None:
    for _ in range(count):
        send(values=SOMEBODY)
    with CaptureQueriesContext(connection) as told:
        assert len(waiting_submissions()) == count
    assert len(told) == 1
