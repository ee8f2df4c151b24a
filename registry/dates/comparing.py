"""Whether two dates can both be true, and whether one falls within the years of a filter."""

from datetime import date
from enum import StrEnum

from registry.dates.edtf import Span, spans
from registry.dates.values import REFORM, Calendar, FuzzyDate, to_gregorian

# A day printed without its calendar can be Julian by 12 or by 13 days in either century: books
# that convert often add 13 days to births of the 19th century too. Before 1800 it is 11.
_GAPS = (12, 13)
_GAPS_BEFORE_1800 = (11,)


class Agreement(StrEnum):
    """What two dates are to each other."""

    SAME = "same"
    COMPATIBLE = "compatible"
    CALENDAR = "calendar"
    DIFFER = "differ"


def agree(a: FuzzyDate, b: FuzzyDate) -> Agreement:
    """Compare two dates; the order of the two does not matter.

    SAME: they cover the same days. COMPATIBLE: a day exists that both allow (of a set, in one of
    its members). CALENDAR: exact days, 12 or 13 apart (11 before 1800), of which the earlier can
    be Julian and the later Gregorian: both before 14 February 1918, or the earlier one known to
    be Julian. Where both calendars are known nothing is supposed: they are brought to one
    calendar first. Raises DateError when an `edtf` is not one `parse_edtf` accepts.
    """
    first, second = spans(a.edtf), spans(b.edtf)
    if {a.calendar, b.calendar} == {Calendar.JULIAN, Calendar.GREGORIAN}:
        first, second = _gregorian_spans(a, first), _gregorian_spans(b, second)
    if frozenset(first) == frozenset(second):
        return Agreement.SAME
    if any(_meet(one, other) for one in first for other in second):
        return Agreement.COMPATIBLE
    return Agreement.CALENDAR if _is_other_calendar(a, b) else Agreement.DIFFER


def overlaps(
    a_earliest: date | None, a_latest: date | None, from_year: int | None, to_year: int | None
) -> bool:
    """Say whether a date can lie in the years `from_year` to `to_year`, both inclusive.

    None is an open end on either side, and open ends match. A missing date looks the same as one
    open at both ends and so matches: callers keep undated records apart.
    """
    begins_in_time = a_earliest is None or to_year is None or a_earliest.year <= to_year
    ends_in_time = a_latest is None or from_year is None or a_latest.year >= from_year
    return begins_in_time and ends_in_time


def _gregorian_spans(given: FuzzyDate, found: tuple[Span, ...]) -> tuple[Span, ...]:
    if given.calendar is not Calendar.JULIAN:
        return found
    return tuple((_converted(first), _converted(last)) for first, last in found)


def _converted(day: date | None) -> date | None:
    return None if day is None else to_gregorian(day)


def _meet(one: Span, other: Span) -> bool:
    return not (_is_before(one[1], other[0]) or _is_before(other[1], one[0]))


def _is_before(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and last < first


def _is_other_calendar(a: FuzzyDate, b: FuzzyDate) -> bool:
    if Calendar.UNKNOWN not in (a.calendar, b.calendar):
        return False
    if a.earliest is None or b.earliest is None:
        return False
    if a.earliest != a.latest or b.earliest != b.latest:
        return False
    earlier, later = (a, b) if a.earliest < b.earliest else (b, a)
    if earlier.calendar is Calendar.GREGORIAN or later.calendar is Calendar.JULIAN:
        return False
    early, late = sorted((a.earliest, b.earliest))
    if earlier.calendar is not Calendar.JULIAN and late >= REFORM:
        return False
    return (late - early).days in (_GAPS_BEFORE_1800 if early < date(1800, 3, 1) else _GAPS)
