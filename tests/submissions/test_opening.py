"""A wrong receipt and an unknown one are answered alike, in words and in work."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Submission
from registry.submissions.opening import ReceiptUnknown, open_by_receipt
from registry.submissions.purging import purge_submissions
from registry.submissions.receipts import (
    DIGITS,
    FINDER,
    ReceiptMistyped,
    check_digit,
    new_receipt,
)
from registry.submissions.receiving import withdraw_submission
from tests.databases import NOW

from .sending import begin, send

pytestmark = pytest.mark.django_db


def work_of(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[Any], list[str]]:
    """Return what trying a receipt came to, what was hashed at which cost, and the queries."""
    hashed: list[Any] = []
    real = hashlib.scrypt

    def counted(secret: bytes, **cost: Any) -> bytes:
        salt = cost.pop("salt")
        hashed.append((len(secret), len(salt), cost))
        return real(secret, salt=salt, **cost)

    result: Any
    with monkeypatch.context() as counting, CaptureQueriesContext(connection) as queries:
        counting.setattr(hashlib, "scrypt", counted)
        try:
            result = open_by_receipt(text)
        except ReceiptUnknown as unknown:
            # Not the traceback and not the words: nothing in it tells one from the other.
            result = (type(unknown), unknown.args, str(unknown), unknown.__cause__)
    return result, hashed, [one["sql"].partition(" WHERE ")[0] for one in queries]


def whole(digits: str) -> str:
    """Return digits with the check digit that makes them a receipt."""
    return digits[: DIGITS - 1] + check_digit(digits[: DIGITS - 1])


def test_right_wrong_and_unknown_cost_the_same_and_the_latter_two_say_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = begin()
    right = started.receipt.digits
    secret = str((int(right[FINDER]) + 1) % 10)
    wrong = whole(right[:FINDER] + secret + right[FINDER + 1 :])
    unknown = new_receipt().digits
    opened, work, queries = work_of(right, monkeypatch)
    assert opened == started.submission
    assert len(work) == 1
    assert len(queries) == 1
    refused, wrong_work, wrong_queries = work_of(wrong, monkeypatch)
    nothing, unknown_work, unknown_queries = work_of(unknown, monkeypatch)
    assert refused == nothing == (ReceiptUnknown, (), "", None)
    assert wrong_work == unknown_work == work
    assert wrong_queries == unknown_queries == queries


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "length"), ("1234", "length"), ("x" * 24, "not-digits"), ("1" * 25, "length")],
)
def test_what_cannot_be_a_receipt_is_told_before_anything_is_looked_up(
    text: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin()
    with CaptureQueriesContext(connection) as queries, pytest.raises(ReceiptMistyped) as mistyped:
        open_by_receipt(text)
    assert mistyped.value.code == code
    assert len(queries) == 0


def test_a_slip_of_the_hand_is_told_for_known_and_unknown_alike() -> None:
    started = begin()
    for digits in (started.receipt.digits, new_receipt().digits):
        slipped = digits[:-1] + str((int(digits[-1]) + 1) % 10)
        with pytest.raises(ReceiptMistyped) as mistyped:
            open_by_receipt(slipped)
        assert mistyped.value.code == "check-digit"


def test_one_receipt_opens_one_submission_and_none_after_it_is_purged() -> None:
    one, other = begin(), begin()
    assert open_by_receipt(one.receipt.shown) == one.submission
    assert open_by_receipt(other.receipt.digits) == other.submission
    purge_submissions(now=NOW + timedelta(days=60))
    for started in (one, other):
        with pytest.raises(ReceiptUnknown):
            open_by_receipt(started.receipt.shown)


def test_a_withdrawn_submission_still_tells_whoever_has_its_receipt() -> None:
    started = begin()
    withdraw_submission(submission=started.submission, now=NOW)
    assert open_by_receipt(started.receipt.shown) == started.submission


def test_the_database_holds_no_receipt() -> None:
    started = begin()
    send()
    for row in Submission.all_records.values_list():
        assert started.receipt.digits not in repr(row)
        assert started.receipt.digits[FINDER:] not in repr(row)
