"""Dates in words: three forms, three languages, no name that would need a declension."""

import pytest
from django.utils.translation import override

from registry.dates import Calendar, FuzzyDate, parse_edtf
from registry.templatetags import datewords
from tests.web.samples import day

PLAIN = [
    ("1891-01-15", "15 January 1891", "15 января 1891", "15 січня 1891"),
    ("1937-10", "October 1937", "октябрь 1937", "жовтень 1937"),
    ("1937", "1937", "1937", "1937"),
    ("193X", "1930–1939", "1930–1939", "1930–1939"),
    ("19XX", "1900–1999", "1900–1999", "1900–1999"),
    ("1937-23", "autumn 1937", "осень 1937", "осінь 1937"),
    ("1937-24", "winter 1937/1938", "зима 1937/1938", "зима 1937/1938"),
    ("1891~", "1891 (approximately)", "1891 (приблизительно)", "1891 (приблизно)"),
    ("1891?", "1891 (uncertain)", "1891 (под вопросом)", "1891 (під питанням)"),
    ("1934/1937", "1934 – 1937", "1934 – 1937", "1934 – 1937"),
    ("[1870,1872]", "1870 or 1872", "1870 или 1872", "1870 або 1872"),
    (
        "[..1938-05]",
        "not later than May 1938",
        "не позднее мая 1938 г.",
        "не пізніше травня 1938 р.",
    ),
    ("[1937..]", "not earlier than 1937", "не ранее 1937 г.", "не раніше 1937 р."),
    ("1937-05-XX", "May 1937", "май 1937", "травень 1937"),
    ("1937-XX-XX", "1937", "1937", "1937"),
]
WHEN = [
    ("1938-10-27", "on 27 October 1938", "27 октября 1938 г.", "27 жовтня 1938 р."),
    ("1938-10", "in October 1938", "в октябре 1938 г.", "у жовтні 1938 р."),
    ("1938", "in 1938", "в 1938 г.", "у 1938 р."),
    ("1938-21", "in spring 1938", "весной 1938 г.", "навесні 1938 р."),
    ("193X", "in the 1930s", "в 1930-х гг.", "у 1930-х рр."),
    (
        "1937-10-23/1937-10-25",
        "not earlier than 23 October 1937 and not later than 25 October 1937",
        "не ранее 23 октября 1937 г. и не позднее 25 октября 1937 г.",
        "не раніше 23 жовтня 1937 р. і не пізніше 25 жовтня 1937 р.",
    ),
]


@pytest.mark.parametrize(("edtf", "en", "ru", "uk"), PLAIN)
def test_date_stands_alone(edtf: str, en: str, ru: str, uk: str) -> None:
    for language, expected in (("en", en), ("ru", ru), ("uk", uk)):
        with override(language):
            assert datewords.date_words(parse_edtf(edtf)) == expected


@pytest.mark.parametrize(("edtf", "en", "ru", "uk"), WHEN)
def test_date_says_when(edtf: str, en: str, ru: str, uk: str) -> None:
    for language, expected in (("en", en), ("ru", ru), ("uk", uk)):
        with override(language):
            assert datewords.when_words(parse_edtf(edtf)) == expected


def test_julian_date_says_so() -> None:
    date = day("1891-01-03", Calendar.JULIAN)

    with override("ru"):
        assert datewords.date_words(date) == "3 января 1891 (ст. ст.)"
    assert datewords.iso_of(date) == ""


def test_date_not_understood_is_given_as_printed() -> None:
    date = FuzzyDate("в 9999 г.", "", None, None)

    assert datewords.date_words(date) == "в 9999 г."
    assert datewords.when_words(date) == ""
    assert datewords.life_words(date, date) == ""


def test_of_several_deaths_each_year_is_said() -> None:
    dates = [parse_edtf(one) for one in ("1886", "1938-10-04", "1938-10-05", "1939")]

    assert datewords.life_words(*dates) == "1886–1938/1939"


@pytest.mark.parametrize(
    ("text", "edtf", "told"),
    [
        ("Начальник отдела с 1934 по 1936 г.", "1934", True),
        ("Начальник отдела", "1934", False),
        ("Подписал приказ 15 августа 1935 г.", "1935-08-15", True),
        ("Подписал приказ 15.08.1935", "1935-08-15", True),
        ("Подписал приказ 1935 г.", "1935-08-15", False),
        ("Подписал приказ в августе 1935 г.", "1935-08-15", False),
        ("Подписал приказ в августе 1935 г.", "1935-08", True),
        ("Начальник отдела в 1934 г.", "1934~", False),
        ("Начальник отдела весной 1934 г.", "1934-21", False),
    ],
)
def test_text_that_says_its_date_is_known(text: str, edtf: str, told: bool) -> None:
    with override("ru"):
        assert datewords.is_told_in(text, parse_edtf(edtf)) is told


@pytest.mark.parametrize(
    ("birth", "death", "expected"),
    [
        ("1891-01-15", "1938-12-27", "1891–1938"),
        ("1891~", None, "b. c. 1891"),
        (None, "1937/1938", "d. 1937/1938"),
        ("[..1900]", "[1937..]", "until 1900–from 1937"),
        (None, None, ""),
    ],
)
def test_years_of_a_life(birth: str | None, death: str | None, expected: str) -> None:
    dates = [parse_edtf(one) if one else None for one in (birth, death)]

    with override("en"):
        assert datewords.life_words(*dates) == expected


def test_day_of_the_year_has_no_year() -> None:
    with override("uk"):
        assert datewords.day_words(parse_edtf("2026-10-29")) == "29 жовтня"
    assert datewords.day_words(parse_edtf("1937")) == ""
