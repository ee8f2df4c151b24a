"""Reading a date as it was printed or typed, in Russian, Ukrainian or English.

1. The text as EDTF, which is also ISO.
2. Spaces, dashes and case made alike; the calendar ("ст. ст.") taken off the end.
3. Day, month, year, season, decade, part of a year; "about" before, "?" after.
4. Bounds, intervals, and alternatives made of those.

Each form is turned into EDTF and bounded by the parser of it. What is left over after a form is
read makes the whole not understood; nothing is skipped but "born", "in" and the word "year".
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from registry.dates import words
from registry.dates.edtf import parse_edtf
from registry.dates.values import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TEXT,
    REFORM,
    Calendar,
    DateError,
    FuzzyDate,
    Reason,
    to_gregorian,
)

_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "ё": "е"})
_SERIAL = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")
_MIDNIGHT = re.compile(r"(?<=[0-9])(?: |t)00?:00(?::00(?:\.0+)?)?$")
_DOUBT = re.compile(r" ?(?:\(\?\)|\?)$")
_WORD = r"[^\W\d_]+"
_ORDINAL = r"(?:-?(?:го|ого|е|th|st|nd|rd))?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_FULL_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_ROMAN = r"(?P<month>[ivxхі]{1,4})"
_NAMED = rf"(?P<month>{_WORD})"
_ANY = r"(?: ?[./-] ?| )"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _FULL_YEAR,
        # A dash first and a dot after ("10-11.2013") is as likely a span of months.
        rf"{_DAY} ?[./] ?{_MONTH}{_ANY}{_YEAR}",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        rf"{_FULL_YEAR}[./-]{_MONTH}[./-]{_DAY}",
        rf"{_MONTH} ?[./] ?{_FULL_YEAR}",
        rf"{_DAY}{_ANY}{_ROMAN}{_ANY}{_YEAR}",
        rf"{_ROMAN}{_ANY}{_FULL_YEAR}",
        # With a month in words and no day, two digits may be the day: "ноября 25".
        rf"{_DAY}{_ORDINAL} ?(?:of )?{_NAMED}[.,]{{0,2}} ?{_YEAR}",
        rf"{_NAMED}[.,]{{0,2}} ?(?:of )?{_FULL_YEAR}",
        rf"{_NAMED}\.? {_DAY}{_ORDINAL},? {_FULL_YEAR}",
    )
)
_DECADE = re.compile(r"([0-9]{2})?([0-9])0(?:-?(?:е|х|ые|ых|ті|і|тих|их)|(?<!00)s)")
_SEASON = re.compile(rf"({_WORD})(?: of)? ([0-9]{{4}})(?: ?[-/] ?([0-9]{{2}}|[0-9]{{4}}))?")
_SHARED = tuple(
    re.compile(rf"({part}) ?- ?({part})([ .].+)")
    for part in ("[0-9]{1,2}", _WORD, rf"[0-9]{{1,2}} {_WORD}", r"[0-9]{1,2}\.[0-9]{1,2}")
)
_BRACKET = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")
# The leap days only the Julian calendar has, which `date` cannot hold.
_JULIAN_LEAP_DAY = re.compile(r"(1700|1800|1900|2100)-02-29")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_printed(text: str, *, century: int | None = None, serials: bool = False) -> FuzzyDate:
    """Read one date in any of the printed forms, or EDTF; `printed` keeps the text unchanged.

    Two-digit years are read only with `century` (1900 makes `37` 1937), spreadsheet serials
    (days of the 1900 system, with its 29 February 1900 that never was) only with `serials`; a
    number from 1700 to 2100 stays a year even then. Numbers stand in the order day, month, year.
    Bounds ("до 1938") include the year named. Of two days in brackets that are one day in the
    two calendars the Gregorian is taken; otherwise brackets make a set. "Начало 1937" is January
    to April, "середина" April to September, "конец" September to December; of a month the days
    to 15, 8 to 23, from 16; of a decade the years 0 to 4, 3 to 7, 5 to 9. "Зима 1937" is either
    winter that touches the year. A Julian day is kept as printed, in `calendar` Julian. Raises
    DateError.
    """
    if serials and (serial := _SERIAL.fullmatch(text.strip())):
        return _read_serial(int(serial[1]), text)
    try:
        return parse_edtf(text)
    except DateError as error:
        # The reason and not the error, which would hold this call, and this call it.
        as_edtf = error.reason
    try:
        return _read_words(text, century)
    except DateError as error:
        vague = error.reason is Reason.NOT_UNDERSTOOD
        raise DateError(as_edtf if vague else error.reason, text) from None


def _read_serial(number: int, text: str) -> FuzzyDate:
    if FIRST_YEAR <= number <= LAST_YEAR:
        return replace(parse_edtf(str(number)), printed=text)
    if number in (0, 60):
        raise DateError(Reason.IMPOSSIBLE_DAY, text)
    # Day 1 is 1 January 1900; from 61 on, the day 60 that never was is counted too.
    day = date(1899, 12, 31 if number < 60 else 30) + timedelta(days=number)
    if day.year > LAST_YEAR:
        raise DateError(Reason.YEAR_OUT_OF_RANGE, text)
    return replace(parse_edtf(day.isoformat()), printed=text)


def _read_words(text: str, century: int | None) -> FuzzyDate:
    if len(text.strip()) > LONGEST_TEXT:
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    plain = unicodedata.normalize("NFC", text).lower().translate(_DASHES)
    # Spreadsheets add midnight to every day they write out.
    body, calendar = _take_calendar(_MIDNIGHT.sub("", " ".join(plain.split())))
    if re.fullmatch(r"[0-9]{5}(?:[.,]0+)?", body):
        raise DateError(Reason.SERIAL_NUMBER, text)
    edtf, pair = _read_body(_without_year_words(body), body, century)
    if edtf is None or (pair and calendar is Calendar.JULIAN):
        raise DateError(Reason.NOT_UNDERSTOOD, text)
    if calendar is Calendar.JULIAN and _JULIAN_LEAP_DAY.fullmatch(edtf):
        edtf, pair = _gregorian_of(edtf), True
    calendar = Calendar.GREGORIAN if pair else calendar
    return replace(parse_edtf(edtf), printed=text, calendar=calendar)


def _read_body(body: str, with_year_words: str, century: int | None) -> tuple[str | None, bool]:
    """Return the EDTF, and whether it was printed in both calendars."""
    if shortened := words.YEARS_SHORTENED.fullmatch(with_year_words):
        return _shortened_years(*shortened.groups(), century=century), False
    if re.fullmatch("[0-9]{2}", bare := _without_preposition(body)):
        return _year(bare, century), False
    if edtf := _simple(body, century) or _bound(body, century) or _interval(body, century):
        return edtf, False
    if bracket := _BRACKET.fullmatch(body):
        return _bracketed(*(part.strip(" ,") for part in bracket.groups()), century=century)
    return _one_of(words.LIST_SEPARATOR.split(body), century), False


def _take_calendar(text: str) -> tuple[str, Calendar]:
    for style in words.STYLES:
        if match := style.search(text):
            calendar = Calendar.JULIAN if match[1] else Calendar.GREGORIAN
            return text[: match.start()], calendar
    return text, Calendar.UNKNOWN


def _without_year_words(text: str) -> str:
    while (shorter := words.YEAR_WORDS.sub("", text)) != text:
        text = shorter
    return text


def _without_preposition(text: str) -> str:
    return words.BIRTH_AND_PREPOSITION.sub("", text, count=1)


def _year(digits: str, century: int | None) -> str:
    if len(digits) == 4:
        return digits
    if century is None:
        raise DateError(Reason.TWO_DIGIT_YEAR, digits)
    return str(century + int(digits))


def _shortened_years(
    first: str, last: str, plural: str | None, *, century: int | None
) -> str | None:
    # "1898-02" could cross into the next century or be a month.
    if int(last) <= int(first[2:]):
        return None
    if plural is None and century is None:
        raise DateError(Reason.TWO_DIGIT_YEAR, last)
    return f"{first}/{first[:2]}{last}"


def _simple(text: str, century: int | None) -> str | None:
    """Return one date, without bounds, intervals or alternatives, as EDTF."""
    text = _without_year_words(text)
    doubt = _DOUBT.search(text)
    if doubt:
        text = _without_year_words(text[: doubt.start()])
    text = _without_preposition(text)
    about = words.ABOUT.match(text)
    if about:
        text = _without_preposition(text[about.end() :])
    edtf = _unqualified(text, century)
    if edtf is None or not (doubt or about):
        return edtf
    if "/" in edtf or "[" in edtf:
        # EDTF would take the sign for one end of the interval.
        return None
    return edtf + ("%" if doubt and about else "?" if doubt else "~")


def _unqualified(text: str, century: int | None) -> str | None:
    for form in _FORMS:
        match = form.fullmatch(text)
        if match and (edtf := _from_numbers(match.groupdict(), century)):
            return edtf
    if decade := _DECADE.fullmatch(text):
        tens = f"{decade[2]}0"
        return _year(f"{decade[1] or ''}{tens}", century)[:-1] + "X"
    season = _SEASON.fullmatch(text)
    if season and (edtf := _season(*season.groups())):
        return edtf
    return _part(text, century)


def _from_numbers(parts: dict[str, str], century: int | None) -> str | None:
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    if month is None:
        return year
    if month.isdecimal():
        number = int(month)
    else:
        roman = month.translate(words.LATIN_LOOKALIKES)
        number = words.MONTHS.get(month) or words.ROMAN_MONTHS.get(roman) or 0
        if not number:
            return None
    # Said here, because EDTF would take 21 to 24 for seasons.
    if not 1 <= number <= 12:
        raise DateError(Reason.IMPOSSIBLE_MONTH, month)
    edtf = f"{_year(year, century)}-{number:02}"
    return f"{edtf}-{int(day):02}" if day else edtf


def _season(word: str, year: str, until: str | None) -> str | None:
    number = words.SEASONS.get(word)
    following = str(int(year) + 1)
    if number is None or (until and (number != 24 or until not in (following, following[2:]))):
        return None
    if number == 24 and not until:
        # People mean the winter that ended in the year as often as the one that began in it.
        return f"[{int(year) - 1}-24,{year}-24]"
    return f"{year}-{number}"


def _part(text: str, century: int | None) -> str | None:
    match = words.PART.fullmatch(text)
    if match is None:
        return None
    whole = _unqualified(_without_preposition(match[4]), century) or ""
    # 0 the beginning, 1 the middle, 2 the end: the edges overlap, because usage does.
    which = next(index for index in range(3) if match[index + 1])
    if re.fullmatch("[0-9]{4}", whole):
        first, last = (("01", "04"), ("04", "09"), ("09", "12"))[which]
        return f"{whole}-{first}/{whole}-{last}"
    if re.fullmatch("[0-9]{3}X", whole):
        first, last = (("0", "4"), ("3", "7"), ("5", "9"))[which]
        return f"{whole[:3]}{first}/{whole[:3]}{last}"
    if re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", whole):
        end = f"{monthrange(int(whole[:4]), int(whole[5:]))[1]}"
        first, last = (("01", "15"), ("08", "23"), ("16", end))[which]
        return f"{whole}-{first}/{whole}-{last}"
    return None


def _bound(body: str, century: int | None) -> str | None:
    text = _without_preposition(body)
    if match := words.NOT_AFTER.match(text):
        edtf = _simple(text[match.end() :], century)
        return edtf and f"[..{edtf}]"
    if match := words.NOT_BEFORE.match(text):
        edtf = _simple(text[match.end() :], century)
        return edtf and f"[{edtf}..]"
    return None


def _interval(body: str, century: int | None) -> str | None:
    for between in words.BETWEEN:
        if match := between.fullmatch(body):
            body = f"{match[1]} - {match[2]}"
            break
    for shared in _SHARED:
        if match := shared.fullmatch(_without_preposition(body)):
            return _shared_interval(*match.groups(), century=century)
    ends = body.split(" - ")
    if len(ends) != 2:
        ends = body.split("-")
    found = [_simple(end, century) for end in ends]
    return None if len(ends) != 2 or None in found else f"{found[0]}/{found[1]}"


def _shared_interval(first: str, last: str, rest: str, *, century: int | None) -> str | None:
    begin, end = _simple(first + rest, century), _simple(last + rest, century)
    if begin is None or end is None:
        return None
    # Of "10-11.2013" it cannot be said whether months are meant or a dot was mistyped.
    if first.isdecimal() and not (_ISO_DAY.fullmatch(begin) and _ISO_DAY.fullmatch(end)):
        return None
    return f"{begin}/{end}"


def _one_of(parts: list[str], century: int | None) -> str | None:
    found = [_simple(part, century) for part in parts]
    return None if len(parts) < 2 or None in found else f"[{','.join(map(str, found))}]"


def _bracketed(
    first: str, second: str, rest: str, *, century: int | None
) -> tuple[str | None, bool]:
    """Read "A (B)" and "A (B) rest", where the rest belongs to both."""
    rival = words.OTHERWISE.match(second)
    if rival:
        second = second[rival.end() :]
    (first, style), (second, other_style) = _take_calendar(first), _take_calendar(second)
    if rest and not rest.startswith("."):
        rest = f" {rest}"
    one, other = _simple(first + rest, century), _simple(second + rest, century)
    if one is None or other is None:
        return None, False
    marked = style is not other_style
    if not rival:
        gregorian = _same_day(one, style, other, other_style)
        # After the reform two whole dates 13 days apart are as likely rivals.
        if gregorian and (rest or marked or gregorian < REFORM.isoformat()):
            return gregorian, True
    if marked or style is not Calendar.UNKNOWN or (rest and not rival):
        return None, False
    return f"[{one},{other}]", False


def _same_day(one: str, style: Calendar, other: str, other_style: Calendar) -> str | None:
    """Return the Gregorian of two days that are one day in the two calendars, else None."""
    if not (_ISO_DAY.fullmatch(one) and _ISO_DAY.fullmatch(other)):
        return None
    for julian, its_style, gregorian, styled in (
        (one, style, other, other_style),
        (other, other_style, one, style),
    ):
        contradicted = its_style is Calendar.GREGORIAN or styled is Calendar.JULIAN
        if _gregorian_of(julian) == gregorian and not contradicted:
            return gregorian
    return None


def _gregorian_of(edtf: str) -> str:
    if leap := _JULIAN_LEAP_DAY.fullmatch(edtf):
        return (to_gregorian(date(int(leap[1]), 3, 1)) - timedelta(days=1)).isoformat()
    parse_edtf(edtf)
    return to_gregorian(date.fromisoformat(edtf)).isoformat()
