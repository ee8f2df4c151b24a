"""The reasons of the program: English in the ledger, in the reader's language on a page."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from registry.records.ledger.reasons import (
    LONGEST_REASON,
    SENTENCES,
    OwnReason,
    own_reason,
    read_reason,
)
from registry.wording.reasons import OWN_REASONS, why_words

NAMES = {
    "first-records": "records", "import": "file", "book": "place", "submission": "number",
    "taken-back": "number",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(NAMES))
@given(data=st.data())
def test_what_a_reason_names_is_read_out_of_it(code: str, data: st.DataObject) -> None:
    name = NAMES[code]
    written = (
        st.from_regex(r"\S{1,12}", fullmatch=True) if name == "number" else st.text(min_size=1)
    )
    value = data.draw(written)
    assert read_reason(own_reason(code, **{name: value})) == OwnReason(code, {name: value})


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    assert set(OWN_REASONS) == set(SENTENCES)
    assert read_reason(own_reason("testimony")) == OwnReason("testimony", {})


def test_a_reason_too_long_for_a_ledger_is_cut() -> None:
    assert len(own_reason("book", place="x" * 600)) == LONGEST_REASON


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Submission 000-1 was taken back by whoever sent it."),
        ("ru", "Сообщение № 000-1 отозвано тем, кто его прислал."),
        ("uk", "Повідомлення № 000-1 відкликав той, хто його надіслав."),
    ],
)
def test_a_reason_is_said_in_the_language_of_the_reader(language: str, words: str) -> None:
    with translation.override(language):
        assert why_words(own_reason("taken-back", number="000-1")) == words


@pytest.mark.parametrize("reason", ["Submission by her son, 100%", "Проверено по делу", ""])
def test_what_a_person_wrote_stays_as_written(reason: str) -> None:
    with translation.override("ru"):
        assert read_reason(reason) is None
        assert why_words(reason) == reason
