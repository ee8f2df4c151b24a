"""Through which submission an entry came, and as whom its contributor is named."""

from __future__ import annotations

from collections.abc import Iterable

from registry.models import Credit, Entry, Part

from .shapes import PublicVia

KEY_STEM = "submission-"
"""How the key of an entry begins that a submission brought; no other does."""
INITIALS_FROM = 3
"""Parts of a name that are made initials; what follows them is no name."""


def received_through(entries: Iterable[Entry]) -> dict[int, PublicVia]:
    """Return by the ids of entries the submissions that brought them; one query, or none."""
    own = [entry.pk for entry in entries if entry.key.startswith(KEY_STEM)]
    if not own:
        return {}
    parts = Part.all_records.filter(entry__in=own).select_related("submission")
    return {
        part.entry_id: PublicVia(
            shown_number(part.submission.number),
            credit_of(part.submission.credit, part.submission.credit_name),
        )
        for part in parts
        if part.entry_id is not None
    }


def credit_of(credit: str, name: str) -> str:
    """Return as whom a contributor is named: in full, by initials, or (empty) not at all."""
    if credit == Credit.NAME:
        return name.strip()
    if credit == Credit.INITIALS:
        return " ".join(f"{part[0].upper()}." for part in name.split()[:INITIALS_FROM])
    return ""


def shown_number(number: str) -> str:
    """Return a public number as it is written: `1234-5678`."""
    return f"{number[:4]}-{number[4:]}"
