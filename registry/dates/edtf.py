"""The part of EDTF (ISO 8601-2:2019) the registry keeps dates in: levels 0 and 1, sets of level 2.

Not here, and refused: times, years outside 1700 to 2100, unknown ends (`1934/`), "all of" sets
(`{1870,1872}`), a qualifier before or inside a date (`1891-?01`), quarters and halves of years.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from registry.dates.values import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TEXT,
    DateError,
    FuzzyDate,
    Reason,
)

Span = tuple[date | None, date | None]
"""The first and the last day, both inclusive; None where open."""

_ATOM = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")
# EDTF gives seasons numbers, not months. Meteorological ones are taken, of the northern
# hemisphere; winter is the one that begins in December of the year.
_SEASON_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12}
# How far "about" reaches to each side. EDTF leaves it open; two years for a year is the
# registry's rule, two months and two weeks follow it.
_ABOUT_YEARS, _ABOUT_MONTHS, _ABOUT_DAYS = 2, 2, 14


def parse_edtf(text: str) -> FuzzyDate:
    """Read one EDTF date; spaces around it and inside a set are allowed.

    The `edtf` of the result is canonical (members of a set in order, once each) and reads back
    to itself. `1891~` reaches two years to each side, `1891-01~` two months, `1891-01-15~` two
    weeks; `1937-24` is December 1937 to February 1938; the bounds of `[..1938]` and `[1937..]`
    are inclusive. Raises DateError; an impossible date is never shifted to a possible one.
    """
    try:
        edtf, found = _parse(text)
    except DateError as error:
        # The reason may lie in one part; the error names the whole.
        raise DateError(error.reason, text) from None
    first, last = _hull(found)
    return FuzzyDate(printed=text, edtf=edtf, earliest=first, latest=last)


@lru_cache(maxsize=4096)
def spans(edtf: str) -> tuple[Span, ...]:
    """Return the spans a date can lie in: one, or several for a set. Raises DateError."""
    return _parse(edtf)[1]


def _parse(text: str) -> tuple[str, tuple[Span, ...]]:
    stripped = text.strip()
    if not stripped:
        raise DateError(Reason.EMPTY, text)
    if len(stripped) > LONGEST_TEXT:
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    if stripped.startswith("[") and stripped.endswith("]"):
        return _parse_set(stripped[1:-1])
    if "/" in stripped:
        return stripped, (_parse_interval(stripped),)
    return stripped, (_parse_atom(stripped),)


def _parse_interval(text: str) -> Span:
    first, _, last = text.partition("/")
    if first == last == "..":
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    begin = None if first == ".." else _parse_atom(first)[0]
    end = None if last == ".." else _parse_atom(last)[1]
    return _forwards(begin, end, text)


def _parse_set(inner: str) -> tuple[str, tuple[Span, ...]]:
    members = [member.strip() for member in inner.split(",")]
    found = {member: _parse_member(member, alone=len(members) == 1) for member in members}
    # Only a lone member can be open, so there is always a day to sort by.
    ordered = sorted(found, key=lambda m: (found[m][0] or date.min, found[m][1] or date.max, m))
    listed = tuple(found[member] for member in ordered)
    if len(ordered) == 1 and ".." not in ordered[0]:
        return ordered[0], listed
    return f"[{','.join(ordered)}]", listed


def _parse_member(text: str, *, alone: bool) -> Span:
    if ".." not in text:
        return _parse_atom(text)
    first, _, last = text.partition("..")
    if not (first and last) and not (alone and (first or last)):
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    begin = _parse_atom(first)[0] if first else None
    end = _parse_atom(last)[1] if last else None
    return _forwards(begin, end, text)


def _parse_atom(text: str) -> tuple[date, date]:
    match = _ATOM.fullmatch(text)
    if match is None:
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    year, month, day, mark = match.groups()
    about = mark in ("~", "%")
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < FIRST_YEAR or high > LAST_YEAR:
        raise DateError(Reason.YEAR_OUT_OF_RANGE, text)
    if month is None or (month == "XX" and day in (None, "XX")):
        if month and low != high:
            raise DateError(Reason.NOT_UNDERSTOOD, text)
        reach = _ABOUT_YEARS if about else 0
        return date(low - reach, 1, 1), date(high + reach, 12, 31)
    if low != high or month == "XX":
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    if day is None or day == "XX":
        return _months(low, int(month), text, season=day is None, about=about)
    return _days(low, int(month), int(day), text, about=about)


def _months(year: int, month: int, text: str, *, season: bool, about: bool) -> tuple[date, date]:
    begins, length = month, 1
    if season and month in _SEASON_BEGINS:
        begins, length = _SEASON_BEGINS[month], 3
    if not 1 <= begins <= 12:
        raise DateError(Reason.IMPOSSIBLE_MONTH, text)
    reach = _ABOUT_MONTHS if about else 0
    first = _first_of_month(year, begins - reach)
    after = _first_of_month(year, begins + length + reach)
    return first, after - timedelta(days=1)


def _days(year: int, month: int, day: int, text: str, *, about: bool) -> tuple[date, date]:
    if not 1 <= month <= 12:
        raise DateError(Reason.IMPOSSIBLE_MONTH, text)
    try:
        exact = date(year, month, day)
    except ValueError:
        raise DateError(Reason.IMPOSSIBLE_DAY, text) from None
    reach = timedelta(days=_ABOUT_DAYS if about else 0)
    return exact - reach, exact + reach


def _first_of_month(year: int, month: int) -> date:
    """Return the first of a month that may lie before January or after December of the year."""
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, 1)


def _forwards(begin: date | None, end: date | None, text: str) -> Span:
    if begin is not None and end is not None and begin > end:
        raise DateError(Reason.BACKWARDS_INTERVAL, text)
    return begin, end


def _hull(found: Iterable[Span]) -> Span:
    firsts, lasts = zip(*found, strict=True)
    first = None if None in firsts else min(day for day in firsts if day)
    last = None if None in lasts else max(day for day in lasts if day)
    return first, last
