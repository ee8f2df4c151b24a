"""Entries of one source that may be about the same person: found while another is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.models import Entry, EntryName, Standing
from registry.names import fold, tokens
from registry.search import people_called

MOST = 20
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry with the same key, or the same surname and given name."""

    entry: int
    key: str
    name: str
    birth: str
    locator: str
    same_key: bool


def find_alike(*, source: str, family: str, given: str, key: str = "") -> list[Alike]:
    """Return the entries of a source with this key, or this surname and given name.

    Case, accents and ё aside; an initial is like every name it begins. Those of withdrawn
    entries are not found by name. Two queries at the most.
    """
    names = EntryName.all_records.filter(
        entry__source__slug=source, entry__standing=Standing.IN_USE
    ).select_related("entry__passage")
    found: dict[int, Alike] = {}
    if key:
        for entry in Entry.all_records.filter(source__slug=source, key=key).select_related(
            "passage", "person"
        ):
            found[entry.pk] = _alike(entry, entry.person.full, same_key=True)
    if surname := tokens(family):
        rows = names.filter(entry__person__in=people_called(surname[0])).order_by("entry_id")
        for row in rows.distinct()[: MOST * 10]:
            if fold(row.family) == fold(family) and _same_given(row.given, given):
                found.setdefault(row.entry_id, _alike(row.entry, row.full, same_key=False))
    return list(found.values())[:MOST]


def _same_given(one: str, other: str) -> bool:
    first, second = fold(one).strip("."), fold(other).strip(".")
    if len(first) == 1 or len(second) == 1:
        return first[:1] == second[:1]
    return first == second


def _alike(entry: Entry, name: str, *, same_key: bool) -> Alike:
    locator = entry.passage.locator if entry.passage else ""
    birth = entry.birth.printed if entry.birth else ""
    return Alike(entry.pk, entry.key, name, birth, locator, same_key)


def next_key(*, source: str, locator: str) -> str:
    """Return a key for the next entry at a place of a source: its numbers, and one more.

    `т. 2, с. 345` gives `2-345.1`, then `2-345.2`: stable, whatever is entered elsewhere.
    """
    stem = "-".join(_NUMBER.findall(locator)) or "-".join(tokens(locator)) or "n"
    start = f"{stem[:100]}."
    rows = Entry.all_records.filter(source__slug=source, key__startswith=start).order_by()
    ends = (key[len(start) :] for key in rows.values_list("key", flat=True))
    return f"{start}{max((int(end) for end in ends if end.isdecimal()), default=0) + 1}"
