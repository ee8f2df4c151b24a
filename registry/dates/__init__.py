"""Dates as they are printed in Books of Memory: read, bounded and compared, never corrected."""

from registry.dates.comparing import Agreement, agree, overlaps
from registry.dates.edtf import parse_edtf
from registry.dates.printed import read_printed
from registry.dates.values import (
    FIRST_YEAR,
    LAST_YEAR,
    Calendar,
    DateError,
    FuzzyDate,
    Precision,
    Reason,
    to_gregorian,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Agreement",
    "Calendar",
    "DateError",
    "FuzzyDate",
    "Precision",
    "Reason",
    "agree",
    "overlaps",
    "parse_edtf",
    "read_printed",
    "to_gregorian",
]
