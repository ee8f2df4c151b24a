"""The value of a date that may be vague, the reasons one is refused, and the two calendars."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

FIRST_YEAR = 1700
LAST_YEAR = 2100
REFORM = date(1918, 2, 14)
"""The first Gregorian day in Russia, after 31 January 1918 (decree of 24 January 1918)."""
LONGEST_TEXT = 200
"""Characters; the longest date in 46,445 printed entries has under 60, so more is not a date."""


class Reason(StrEnum):
    """Why a text was not read as a date; callers put it into words."""

    EMPTY = "empty"
    NOT_UNDERSTOOD = "not-understood"
    IMPOSSIBLE_DAY = "impossible-day"
    IMPOSSIBLE_MONTH = "impossible-month"
    YEAR_OUT_OF_RANGE = "year-out-of-range"
    TWO_DIGIT_YEAR = "two-digit-year"
    SERIAL_NUMBER = "serial-number"
    BACKWARDS_INTERVAL = "backwards-interval"


class DateError(ValueError):
    """A text that is no date: `reason` says why, `text` is what was given, unchanged."""

    def __init__(self, reason: Reason, text: str) -> None:
        # Both go to `args`, so that the error survives pickling between processes.
        super().__init__(reason, text)
        self.reason = reason
        self.text = text

    def __str__(self) -> str:
        """Return the reason and the beginning of the text."""
        return f"{self.reason}: {self.text[:80]!r}"


class Calendar(StrEnum):
    """Which calendar the day is counted in, where the print says so."""

    GREGORIAN = "gregorian"
    JULIAN = "julian"
    UNKNOWN = "unknown"


class Precision(IntEnum):
    """How narrow a date is; the greater the number, the more precise."""

    OPEN = 0
    CENTURY = 1
    DECADE = 2
    YEARS = 3
    YEAR = 4
    SEASON = 5
    MONTH = 6
    DAY = 7


# The longest span in days that still counts as each precision. 123 days are the four months of
# "the beginning of 1937"; 5 years are those of `1891~`.
_LONGEST = (
    (1, Precision.DAY),
    (31, Precision.MONTH),
    (123, Precision.SEASON),
    (366, Precision.YEAR),
    (5 * 366, Precision.YEARS),
    (10 * 366, Precision.DECADE),
)


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as printed, as canonical EDTF, and as the first and last day it can mean.

    `earliest` and `latest` are both inclusive, and None where that end is open. They are counted
    in `calendar` as printed: a Julian day is not moved (see `to_gregorian`).
    """

    printed: str
    edtf: str
    earliest: date | None
    latest: date | None
    calendar: Calendar = Calendar.UNKNOWN

    @property
    def precision(self) -> Precision:
        """Return the class of the span; one with a question mark counts one class lower.

        So that of `1942` and `1942?` the one that is sure is concluded.
        """
        if self.earliest is None or self.latest is None:
            return Precision.OPEN
        days = (self.latest - self.earliest).days + 1
        found = next((name for most, name in _LONGEST if days <= most), Precision.CENTURY)
        doubted = any(mark in self.edtf for mark in "?%")
        return Precision(max(found - 1, Precision.CENTURY)) if doubted else found

    @property
    def year(self) -> int | None:
        """Return the year when all of the date lies in one year, else None."""
        if self.earliest is None or self.latest is None:
            return None
        return self.earliest.year if self.earliest.year == self.latest.year else None


def to_gregorian(d: date) -> date:
    """Return the Gregorian day of the Julian day `d`.

    11 days are added before 1 March 1800, 12 before 1 March 1900, 13 after (all Julian): the
    distance grows by one at each 29 February that only the Julian calendar has. Raises
    OverflowError past the year 9999.
    """
    year = d.year if d.month > 2 else d.year - 1
    return d + timedelta(days=year // 100 - year // 400 - 2)
