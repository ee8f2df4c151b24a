"""Every reason has words, and no sentence needs a name."""

from __future__ import annotations

import pytest
from django.utils import translation

from registry.dates import parse_edtf
from registry.linking import KnownName, Reason, compare, profile_of
from registry.linking.evidence import BLOCKS, WEIGHTS
from registry.wording.similar import REASONS, chance_words, reason_lines, reason_words


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    assert set(REASONS) == {*WEIGHTS, *BLOCKS}


def test_parts_of_a_name_that_agree_are_told_in_one_line() -> None:
    one = profile_of(KnownName("Примеров", "Пример", "Примерович"), birth=parse_edtf("1891"))
    other = profile_of(KnownName("Примеров", "Пример", "Примерович"), birth=parse_edtf("1892"))
    assert [(line.text, line.weight) for line in reason_lines(compare(one, other).reasons)] == [
        ("Same surname, given name and patronymic (Примеров Пример Примерович)", 58),
        ("Years of birth differ by one (1891 – 1892)", 5),
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("family", "given"), "Same surname and given name (А А)"),
        (("family", "patronymic"), "Same surname and patronymic (А А)"),
        (("given", "patronymic"), "Same given name and patronymic (А А)"),
        (("given",), "Same given name (А)"),
    ],
)
def test_two_parts_are_told_together(parts: tuple[str, ...], expected: str) -> None:
    reasons = [Reason(f"{part}.same", 1, "А", "А") for part in parts]
    assert [line.text for line in reason_lines(reasons)] == [expected]


def test_what_speaks_against_comes_last() -> None:
    lines = reason_lines([Reason("given.differs", -40, "А", "Б"), Reason("birth.year", 14)])
    assert [line.weight for line in lines] == [14, -40]


def test_values_are_said_once_and_not_at_length() -> None:
    assert reason_words(Reason("birth.day", 25, parse_edtf("1891"), parse_edtf("1891"))) == (
        "Same date of birth (1891)"
    )
    said = reason_words(
        Reason("birth.year", 14, parse_edtf("1891"), parse_edtf("1891")), say=lambda _: "then"
    )
    assert said == "Same year of birth (then)"
    long = reason_words(Reason("residence.same", 12, "у" * 500, "Б"))
    assert long == f"Same address ({'у' * 79}… – Б)"
    assert reason_words(Reason("sex.differs", 0, "m", "f")) == "One is a man, the other a woman"


@pytest.mark.parametrize(
    ("score", "blocked", "expected"),
    [
        (70, False, "Probably the same person"),
        (45, False, "Possibly the same person"),
        (44, False, "Hardly the same person"),
        (0, True, "Cannot be the same person"),
    ],
)
def test_a_score_is_said_in_words(score: int, blocked: bool, expected: str) -> None:
    with translation.override("en"):
        assert chance_words(score, blocked=blocked) == expected
