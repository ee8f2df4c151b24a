"""Every code of what is sent has its words at the desk, in every language."""

from __future__ import annotations

import pytest
from django.utils import translation

from registry.models import (
    Credit,
    Knowledge,
    PartKind,
    PartOutcome,
    Reason,
    SubmissionKind,
    SubmissionState,
)
from registry.submissions import flags, questions
from registry.wording import moderating, submissions
from registry.wording.moderating import fact_label, flag_words, value_label, value_words

TABLES = [
    (moderating.KINDS, set(SubmissionKind.values)),
    (moderating.PARTS, set(PartKind.values)),
    (moderating.STATES, set(SubmissionState.values) - {"draft"}),
    (moderating.OUTCOMES, set(PartOutcome.values) - {""}),
    (moderating.REASONS, set(Reason.values) - {""}),
    (moderating.KNOWLEDGE, set(Knowledge.values)),
    (moderating.CREDITS, set(Credit.values)),
    (moderating.FLAG_SENTENCES, set(moderating.FLAGS)),
    (submissions.REASONS, set(moderating.REASONS)),
]


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_every_code_has_words_and_no_other(number: int) -> None:
    table, codes = TABLES[number]
    assert set(table) == codes


def test_the_urgent_flags_are_known() -> None:
    assert set(moderating.FLAGS) >= flags.URGENT


def test_every_value_that_is_asked_for_has_a_label() -> None:
    for kind in PartKind.values:
        for name in questions.values_of(kind):
            assert value_label(kind, name) != name, (kind, name)
    for field in questions.FACT_VALUES:
        assert fact_label(f"episode:2.{field}") != field
        for name in questions.values_of(PartKind.FACT, field):
            assert value_label(PartKind.FACT, name) != name, (field, name)
    assert value_label("person", "no-such-value") == "no-such-value"


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ({"code": "takedown", "about": ""},
         "Somebody wishes that something be hidden or removed."),
        ({"code": "duplicate", "about": "12345678"},
         "Another submission that waits is about the same: 1234-5678."),
        ({"code": "contradiction", "about": "death-before-birth"},
         "Dates that cannot both be true: The death lies before the birth."),
        ({"code": "files", "about": 3}, "Photographs or scans: 3."),
        ({"code": "cites", "about": "Книга, с. 5 100 %"}, "It rests on: Книга, с. 5 100 %"),
        ({"code": "cites", "about": ""}, "It rests on: a book or a file that is not named"),
        ({"code": "no-such-flag"}, "no-such-flag"),
    ],
)  # fmt: skip
def test_flags_say_why(flag: dict[str, object], words: str) -> None:
    assert flag_words(flag) == words


def test_codes_that_were_sent_are_put_into_words() -> None:
    with translation.override("ru"):
        assert value_words("site", "kind", "camp") == "лагерь"
        assert value_words("person", "sex", "f") == "женщина"
        assert value_words("person", "comment", "как есть") == "как есть"
    assert value_words("figure", "measure", "estimate") == "Estimates"
    assert value_words("figure", "measure", "what they typed") == "what they typed"
