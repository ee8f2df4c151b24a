"""What is understood of a date somebody typed; what is not is kept as it was typed."""

from __future__ import annotations

from registry.dates import DateError, FuzzyDate, read_printed


def understood(text: str) -> FuzzyDate | None:
    """Return the date, or None where it is not understood, or nothing was typed."""
    try:
        return read_printed(text) if text else None
    except DateError:
        return None
