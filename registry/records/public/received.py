"""Through which submission something came, and as whom its contributor is named.

Whoever holds the receipt may change that at any time. So no record keeps the name: an entry
leads to its submission, and a credit line holds a mark that is read anew by every output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from registry.models import Credit, Entry, Part, Submission

from .shapes import PublicVia

KEY_STEM = "submission-"
"""How the key of an entry begins that a submission brought; no other does."""
INITIALS_FROM = 3
"""Parts of a name that are made initials; what follows them is no name."""


MARK = re.compile(r"submission:([0-9]{4})-([0-9]{4})")
"""What stands in a credit line for whoever sent a submission: `submission:1234-5678`."""


def credit_mark(number: str) -> str:
    """Return the mark that is read as whoever sent a submission wishes to be named."""
    return f"submission:{shown_number(number)}"


def named_now(lines: Sequence[str]) -> list[str]:
    """Return credit lines with the names that contributors wish now; one query, or none.

    Nothing stands for whoever wishes not to be named.
    """
    numbers = {"".join(found) for line in lines for found in MARK.findall(line)}
    if not numbers:
        return list(lines)
    rows = Submission.all_records.filter(number__in=numbers).order_by()
    told = rows.values_list("number", "credit", "credit_name")
    names = {number: credit_of(credit, name) for number, credit, name in told}
    return [
        MARK.sub(lambda one: names.get(one[1] + one[2], ""), line).strip(" ,;–—") for line in lines
    ]


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
