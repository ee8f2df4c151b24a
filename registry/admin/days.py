"""Dates as fields of a form: one text in EDTF, refused in words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.dates import DateError, FuzzyDate, Reason, parse_edtf

HELP = _("For example 1937, 1937-08-05, 1937/1941, 1937~ (about), [..1938] (before).")
REFUSED: dict[str, Any] = {
    Reason.IMPOSSIBLE_DAY: _("There is no such day."),
    Reason.IMPOSSIBLE_MONTH: _("There is no such month."),
    Reason.YEAR_OUT_OF_RANGE: _("The year lies outside 1700 to 2100."),
    Reason.BACKWARDS_INTERVAL: _("The end lies before the beginning."),
}


def day_text(day: FuzzyDate | None) -> str:
    """Return what the field shows of a date."""
    return (day.edtf or day.printed) if day else ""


def read_day(text: str, current: FuzzyDate | None) -> FuzzyDate | None:
    """Return the date a field says; the current one, print and all, where it says the same.

    Raises ValidationError in words.
    """
    if not text:
        return None
    if current is not None and text == day_text(current):
        return current
    try:
        return parse_edtf(text)
    except DateError as error:
        message = REFUSED.get(error.reason, _("This is not understood as a date."))
        raise ValidationError(message) from error
