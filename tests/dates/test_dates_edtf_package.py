"""The `edtf` package (tests only) as a second opinion, and where the registry departs from it."""

import math
from datetime import date
from typing import Any

import edtf
import pytest
from hypothesis import given, settings, strategies as st

from registry.dates import DateError, Reason, parse_edtf

# The package's "strict" bounds leave "about" out, so those are compared in the table below.
AGREED = [
    "1891",
    "1891-01",
    "1891-01-15",
    "1891?",
    "193X",
    "19XX",
    "1937-XX",
    "1937-XX-XX",
    "1937-11-XX",
    "1937-21",
    "1937-22",
    "1937-23",
    "1934/1937",
    "1934/..",
    "../1938",
    "1937-11-25/1937-12-03",
    "[1870,1872]",
    "[1870..1872]",
    "[1870..1872,1875]",
    "[..1938]",
    "[1937..]",
]


def bounds_by_package(text: str) -> tuple[date | None, date | None]:
    found: Any = edtf.parse_edtf(text)
    return as_date(found.lower_strict()), as_date(found.upper_strict())


def as_date(given_time: Any) -> date | None:
    if isinstance(given_time, float) and math.isinf(given_time):
        return None
    return date(*given_time[:3])


@pytest.mark.parametrize("text", AGREED)
def test_bounds_are_those_of_the_package(text: str) -> None:
    ours = parse_edtf(text)
    assert (ours.earliest, ours.latest) == bounds_by_package(text)


@settings(deadline=None, max_examples=60)
@given(st.dates(date(1700, 1, 1), date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_every_level_0_date_has_the_bounds_of_the_package(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    ours = parse_edtf(text)
    assert (ours.earliest, ours.latest) == bounds_by_package(text)


# text, why, then what the package says and what the registry says: the bounds, or the reason.
DIFFERENCES = [
    ("1937-24", "winter is not December alone", "1937-12-01 1937-12-31", "1937-12-01 1938-02-28"),
    ("1891~", "about: two years to each side", "1891-01-01 1891-12-31", "1889-01-01 1893-12-31"),
    ("1891-01~", "about: two months", "1891-01-01 1891-01-31", "1890-11-01 1891-03-31"),
    ("1891-01-15~", "about: two weeks", "1891-01-15 1891-01-15", "1891-01-01 1891-01-29"),
    ("1938/1937", "an interval runs forwards", "1938-01-01 1937-12-31", Reason.BACKWARDS_INTERVAL),
    ("1699", "the records begin later", "1699-01-01 1699-12-31", Reason.YEAR_OUT_OF_RANGE),
    ("9999", "a placeholder in print", "9999-01-01 9999-12-31", Reason.YEAR_OUT_OF_RANGE),
    ("1934/", "an unknown end is not ten years", "1934-01-01 1944-01-01", Reason.NOT_UNDERSTOOD),
    ("{1870,1872}", "a person has one birth", "1870-01-01 1872-12-31", Reason.NOT_UNDERSTOOD),
    (
        "1891-?01",
        "qualifiers inside: nothing prints them",
        "1891-01-01 1891-01-31",
        Reason.NOT_UNDERSTOOD,
    ),
    ("1937-XX-05", "one of twelve days is no span", "1937-01-05 1937-12-05", Reason.NOT_UNDERSTOOD),
    ("193X-XX", "says no more than 193X", "1930-01-01 1939-12-31", Reason.NOT_UNDERSTOOD),
    ("1984-25", "seasons by hemisphere", "1984-03-01 1984-05-31", Reason.IMPOSSIBLE_MONTH),
    ("[1870]", "a set of one is that one", None, "1870-01-01 1870-12-31"),
    ("1937-21~", "about a season", None, "1937-01-01 1937-07-31"),
]


@pytest.mark.parametrize(("text", "why", "theirs", "ours"), DIFFERENCES)
def test_difference_from_the_package_is_the_listed_one(
    text: str, why: str, theirs: str | None, ours: str
) -> None:
    assert said(lambda: bounds_by_package(text)) == theirs, why
    assert said(lambda: own_bounds(text)) == ours, why


def test_the_package_accepts_a_day_that_never_was() -> None:
    assert edtf.parse_edtf("1937-02-29").lower_strict()[:3] == (1937, 2, 29)
    with pytest.raises(DateError, match="impossible-day"):
        parse_edtf("1937-02-29")


def own_bounds(text: str) -> tuple[date | None, date | None]:
    found = parse_edtf(text)
    return found.earliest, found.latest


def said(read: Any) -> str | None:
    try:
        return " ".join(map(str, read()))
    except DateError as error:
        return error.reason
    except edtf.EDTFParseException:
        return None
