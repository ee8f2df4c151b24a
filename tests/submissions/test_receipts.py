"""Receipts: what people type is read, what cannot be one is told, and only a hash is kept."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from registry.submissions import receipts
from registry.submissions.receipts import (
    DIGITS,
    FINDER,
    ReceiptMistyped,
    check_digit,
    grouped,
    matches,
    new_receipt,
    pretend,
    read_receipt,
)

ZEROS = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.decimal(chr(n), None) == 0]
"""The zero of every script there is: its nine others follow it."""
WHOLE = st.text("0123456789", min_size=DIGITS - 1, max_size=DIGITS - 1).map(
    lambda chosen: chosen + check_digit(chosen)
)
PARTING = st.text(" \t\r\n\u00a0\u2009\u200b\u200f\u3000-‐–—−_.·/", max_size=4)


def refused(text: str) -> str:
    with pytest.raises(ReceiptMistyped) as mistyped:
        read_receipt(text)
    return mistyped.value.code


def test_a_receipt_opens_its_own_row_and_no_other() -> None:
    receipt, other = new_receipt(), new_receipt()
    assert receipt.finder == receipt.digits[:8]
    assert receipt.shown == " ".join(receipt.digits[at : at + 4] for at in range(0, 24, 4))
    assert read_receipt(receipt.shown) == receipt.digits
    assert matches(receipt.digits, receipt.salt, receipt.hash)
    assert not matches(other.digits, receipt.salt, receipt.hash)
    assert not matches(receipt.digits, other.salt, receipt.hash)


def test_the_finder_alone_opens_nothing_and_every_digit_of_the_rest_counts() -> None:
    receipt = new_receipt()
    for at in range(FINDER, DIGITS):
        wrong = str((int(receipt.digits[at]) + 1) % 10)
        typed = receipt.digits[:at] + wrong + receipt.digits[at + 1 :]
        assert not matches(typed, receipt.salt, receipt.hash), at


def test_what_is_kept_does_not_tell_the_digits_and_no_fault_prints_them() -> None:
    receipt = new_receipt()
    assert receipt.digits[FINDER:] not in repr(receipt)
    assert receipt.digits not in repr(receipt)
    assert receipt.digits[FINDER:].encode() not in receipt.salt + receipt.hash
    assert (len(receipt.salt), len(receipt.hash)) == (16, 32)


def test_every_digit_of_a_new_receipt_is_drawn_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "_hashed", lambda _digits, _salt: b"")
    drawn = [new_receipt() for _ in range(5_000)]
    assert len({one.digits for one in drawn}) == len({one.salt for one in drawn}) == 5_000
    for at in range(DIGITS):
        counted = Counter(one.digits[at] for one in drawn)
        # 500 each; beyond 370 and 630 lies less than one run in ten million.
        assert len(counted) == 10
        assert all(370 < times < 630 for times in counted.values()), (at, counted)


@given(whole=WHOLE, parts=st.lists(PARTING, min_size=DIGITS + 1, max_size=DIGITS + 1))
def test_digits_are_read_however_they_are_parted(whole: str, parts: list[str]) -> None:
    typed = "".join(f"{part}{digit}" for part, digit in zip(parts, whole, strict=False))
    assert read_receipt(typed + parts[-1]) == whole


def test_digits_of_every_script_are_read() -> None:
    assert len(ZEROS) > 60
    whole = new_receipt().digits
    for zero in ZEROS:
        typed = grouped("".join(chr(ord(zero) + int(digit)) for digit in whole))
        assert read_receipt(typed) == whole, hex(ord(zero))
    arabic, full_width = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), "０１２３４５６７８９"
    mixed = whole[:12].translate(arabic) + "".join(full_width[int(one)] for one in whole[12:])
    assert read_receipt(mixed) == whole


@given(whole=WHOLE)
def test_letters_that_look_like_digits_are_read_as_those(whole: str) -> None:
    for zero, one, three, five, six, eight in ("OlЗSбВ", "оІзsБB", "ОIЗSбВ", "οіЗSбB"):
        alike = dict(zip("013568", (zero, one, three, five, six, eight), strict=True))
        assert read_receipt("".join(alike.get(digit, digit) for digit in whole)) == whole


@given(whole=WHOLE, at=st.integers(0, DIGITS - 1), by=st.integers(1, 9))
def test_every_single_wrong_digit_is_told(whole: str, at: int, by: int) -> None:
    wrong = str((int(whole[at]) + by) % 10)
    assert refused(whole[:at] + wrong + whole[at + 1 :]) == "check-digit"


@given(whole=WHOLE, at=st.integers(0, DIGITS - 2))
def test_every_swap_of_neighbours_is_told(whole: str, at: int) -> None:
    swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    if swapped == whole:
        assert read_receipt(swapped) == whole
    else:
        assert refused(swapped) == "check-digit"


def test_what_the_check_digit_promises_holds_from_every_state() -> None:
    """Of the table itself, so that no example is left to chance."""
    table = receipts._DAMM
    for state in range(10):
        assert table[state][state] == 0
        assert len(set(table[state])) == len({row[state] for row in table}) == 10
        for one in range(10):
            for other in range(one):
                assert table[table[state][one]][other] != table[table[state][other]][one]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "length"),
        ("1234", "length"),
        ("1" * 25, "length"),
        ("1 " * 5_000_000, "length"),
        ("-" * 24, "length"),
        ("X123 4567 8901 2345 6789 0123", "not-digits"),
        ("² 3" + "4" * 22, "not-digits"),
        ("Ⅳ" * 24, "not-digits"),
        ("一二三四" * 6, "not-digits"),
        ("1234' OR 1=1 --", "not-digits"),
        ("\ud800" + "1" * 23, "not-digits"),
    ],
)
def test_what_cannot_be_a_receipt_is_told_by_a_code(typed: str, code: str) -> None:
    assert refused(typed) == code


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        read = read_receipt(typed)
    except ReceiptMistyped as mistyped:
        read = mistyped.code
    assert read in {"length", "not-digits", "check-digit"} or len(read) == DIGITS


@pytest.mark.usefixtures("receipts_at_their_cost")
def test_an_unknown_finder_takes_as_long_as_a_wrong_receipt() -> None:
    receipt, wrong = new_receipt(), new_receipt().digits

    def least(unknown: bool) -> float:
        spent = []
        for _ in range(9):
            started = time.process_time()
            answer = pretend(wrong) if unknown else matches(wrong, receipt.salt, receipt.hash)
            spent.append(time.process_time() - started)
            assert answer is False
        return min(spent)

    unknown, known = least(unknown=True), least(unknown=False)
    assert unknown > 0.005, "nothing was hashed"
    assert 0.6 < unknown / known < 1.6
