"""Comparing dates, the two calendars, and the years of a filter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from registry.dates import (
    Agreement,
    Calendar,
    DateError,
    FuzzyDate,
    agree,
    overlaps,
    parse_edtf,
    to_gregorian,
)

SAME, COMPATIBLE, CALENDAR, DIFFER = (
    Agreement.SAME,
    Agreement.COMPATIBLE,
    Agreement.CALENDAR,
    Agreement.DIFFER,
)


def dated(text: str) -> FuzzyDate:
    """Read "1893-11-25 J": EDTF, then J or G where the calendar is known."""
    edtf, _, letter = text.partition(" ")
    calendars = {"J": Calendar.JULIAN, "G": Calendar.GREGORIAN}
    return replace(parse_edtf(edtf), calendar=calendars.get(letter, Calendar.UNKNOWN))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1891", "1891", SAME),
        ("1937-XX", "1937", SAME),
        ("1942?", "1942", SAME),
        ("[1870,1872]", "[1872,1870]", SAME),
        ("1891-01-15 J", "1891-01-15", SAME),
        ("1891-01-15 G", "1891-01-15", SAME),
        ("1893-11-25 J", "1893-12-07 G", SAME),
        ("1891", "1891-01-15", COMPATIBLE),
        ("1891-01", "1891", COMPATIBLE),
        ("1891~", "1893", COMPATIBLE),
        ("1891~", "1894", DIFFER),
        ("1937/1938", "1938/1939", COMPATIBLE),
        ("[..1938]", "1937", COMPATIBLE),
        ("[..1938]", "1939", DIFFER),
        ("[1937..]", "[..1938]", COMPATIBLE),
        ("[1937..]", "1936", DIFFER),
        ("[1937..]", "[..1936]", DIFFER),
        # Between the members of a set nothing is allowed.
        ("[1870,1872]", "1871", DIFFER),
        ("[1870,1872]", "1872-05", COMPATIBLE),
        ("1891", "1892", DIFFER),
        ("1938-05-02", "1938-05-03", DIFFER),
        # The two calendars, neither known.
        ("1893-11-25", "1893-12-07", CALENDAR),
        ("1893-11-25", "1893-12-08", CALENDAR),
        ("1893-11-25", "1893-12-06", DIFFER),
        ("1893-11-25", "1893-12-09", DIFFER),
        ("1905-01-09", "1905-01-21", CALENDAR),
        ("1905-01-09", "1905-01-22", CALENDAR),
        ("1918-01-31", "1918-02-13", CALENDAR),
        ("1918-02-01", "1918-02-14", DIFFER),
        ("1938-01-01", "1938-01-14", DIFFER),
        ("1799-05-26", "1799-06-06", CALENDAR),
        ("1799-05-26", "1799-06-07", DIFFER),
        ("1800-02-28", "1800-03-11", CALENDAR),
        ("1800-03-01", "1800-03-13", CALENDAR),
        ("1893-11", "1893-12-07", DIFFER),
        ("[1893-11-25,1893-11-30]", "1893-12-07", DIFFER),
        ("[..1893-11-25]", "1893-12-07", DIFFER),
        # One known: the other can only be the other one.
        ("1893-11-25 J", "1893-12-07", CALENDAR),
        ("1893-11-25", "1893-12-07 G", CALENDAR),
        ("1893-11-25 G", "1893-12-07", DIFFER),
        ("1893-11-25", "1893-12-07 J", DIFFER),
        ("1925-01-01 J", "1925-01-14", CALENDAR),
        ("1925-01-01", "1925-01-14 G", DIFFER),
        # Both known: nothing is supposed.
        ("1893-11-25 G", "1893-12-07 G", DIFFER),
        ("1893-11-25 J", "1893-12-07 J", DIFFER),
        ("1893-11-25 J", "1893-11-25 G", DIFFER),
        ("1893-11-25 J", "1893-12-08 G", DIFFER),
        ("1893-11 J", "1893-12-07 G", COMPATIBLE),
        ("[..1893-11-25] J", "1893-12-07 G", COMPATIBLE),
        ("[..1893-11-25] J", "1893-12-08 G", DIFFER),
    ],
)
def test_agree(a: str, b: str, expected: Agreement) -> None:
    assert agree(dated(a), dated(b)) is expected
    assert agree(dated(b), dated(a)) is expected


def test_agree_refuses_a_date_without_edtf() -> None:
    unread = FuzzyDate(printed="давно", edtf="", earliest=None, latest=None)
    with pytest.raises(DateError, match="empty"):
        agree(unread, dated("1937"))


NEAR = st.dates(date(1893, 1, 1), date(1893, 2, 20)).map(date.isoformat)
FORMS = st.one_of(
    NEAR,
    NEAR.map(lambda day: day[:7]),
    NEAR.map(lambda day: f"[..{day}]"),
    NEAR.map(lambda day: f"[{day}..]"),
    st.tuples(NEAR, NEAR).map(lambda pair: f"[{pair[0]},{pair[1]}]"),
    st.tuples(NEAR, NEAR).map(lambda pair: "/".join(sorted(pair))),
)
ANY = st.builds(lambda text, letter: dated(f"{text} {letter}"), FORMS, st.sampled_from("JGU"))


@given(ANY, ANY)
def test_agree_does_not_depend_on_the_order(a: FuzzyDate, b: FuzzyDate) -> None:
    assert agree(a, b) is agree(b, a)


@given(ANY)
def test_agree_with_itself_is_same(a: FuzzyDate) -> None:
    assert agree(a, a) is SAME


@given(st.dates(date(1800, 3, 1), date(1918, 1, 31)))
def test_a_julian_day_and_its_gregorian_are_never_said_to_differ(day: date) -> None:
    julian, gregorian = dated(f"{day} J"), dated(f"{to_gregorian(day)} G")
    assert agree(julian, gregorian) is SAME
    unsaid = replace(gregorian, calendar=Calendar.UNKNOWN)
    assert agree(julian, unsaid) is CALENDAR
    assert agree(replace(julian, calendar=Calendar.UNKNOWN), unsaid) is CALENDAR


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ("1700-02-28", "1700-03-10"),
        ("1700-03-01", "1700-03-12"),
        ("1799-05-26", "1799-06-06"),  # Pushkin
        ("1800-02-28", "1800-03-11"),
        ("1800-03-01", "1800-03-13"),
        ("1893-11-25", "1893-12-07"),
        ("1896-02-29", "1896-03-12"),
        ("1900-02-28", "1900-03-12"),
        ("1900-03-01", "1900-03-14"),
        ("1905-01-09", "1905-01-22"),  # Bloody Sunday
        ("1917-10-25", "1917-11-07"),
        ("1918-01-31", "1918-02-13"),
        ("2000-02-29", "2000-03-13"),
    ],
)
def test_to_gregorian(julian: str, gregorian: str) -> None:
    assert to_gregorian(date.fromisoformat(julian)).isoformat() == gregorian


@given(st.dates(date(1700, 1, 1), date(2100, 12, 30)))
def test_to_gregorian_moves_day_by_day_and_skips_only_the_julian_leap_days(day: date) -> None:
    step = to_gregorian(day + timedelta(days=1)) - to_gregorian(day)
    leap = day.isoformat()[4:] == "-02-28" and day.year in (1700, 1800, 1900, 2100)
    assert step.days == (2 if leap else 1)


@pytest.mark.parametrize(
    ("edtf", "years", "expected"),
    [
        ("1937-11-25", (1937, 1938), True),
        ("1937-11-25", (1938, 1938), False),
        ("1937-11-25", (1930, 1936), False),
        ("193X", (1939, 1950), True),
        ("193X", (1920, 1930), True),
        ("[..1938]", (1700, 1700), True),
        ("[..1938]", (1939, None), False),
        ("[1937..]", (2000, 2001), True),
        ("[1937..]", (None, 1936), False),
        ("1937", (None, None), True),
        ("1937", (1937, None), True),
        ("1937", (None, 1937), True),
    ],
)
def test_overlaps(edtf: str, years: tuple[int | None, int | None], *, expected: bool) -> None:
    found = parse_edtf(edtf)
    assert overlaps(found.earliest, found.latest, *years) is expected


def test_overlaps_takes_a_missing_date_for_one_open_at_both_ends() -> None:
    assert overlaps(None, None, 1937, 1938) is True
