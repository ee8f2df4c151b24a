"""What the entries in use of some people say, read in few queries and told as plain facts.

The rows are joined here and not by the database: a statement of a dozen joins takes longer to
write, and to plan, than these few short ones to answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models

from registry.models import (
    Entry,
    EntryName,
    EntryRole,
    MemorialSite,
    Repression,
    Ruling,
    Spelling,
    Term,
)

from .assembling import REPRESSION_SPELLINGS, SPELLINGS, entry_facts
from .facts import EntryFacts

REGIONS = ("birth_region", "residence_region")


def facts_of_people(people: Collection[int]) -> dict[int, list[EntryFacts]]:
    """Read what the entries in use of these people say; people without any are absent."""
    rows = Entry.all_records.get_queryset().in_use().filter(person__in=people)
    entries = by_id(rows.select_related("source", *SPELLINGS))
    keys = [entry.pk for entry in entries]
    names, rulings = _of_entries(EntryName, keys), _of_entries(Ruling, keys)
    repressions = _of_entries(Repression, keys, *REPRESSION_SPELLINGS)
    acted = EntryRole.all_records.filter(entry__in=keys).order_by()
    roles = set(acted.values_list("entry", flat=True)) if keys else set()
    every = [row for own in repressions.values() for row in own]
    _join(
        Term,
        [
            *((entry, name) for entry in entries for name in REGIONS),
            *((row, "sentence_kind") for row in every),
            *((spelling, "term") for spelling in _spellings(entries, every)),
        ],
    )
    _join(
        MemorialSite,
        [
            *((entry, "burial_site") for entry in entries),
            *((row, "execution_site") for row in every),
        ],
    )
    found: dict[int, list[EntryFacts]] = {}
    for entry in entries:
        found.setdefault(entry.person_id, []).append(
            entry_facts(
                entry=entry,
                source=entry.source,
                names=names.get(entry.pk, []),
                repressions=repressions.get(entry.pk, []),
                rulings=rulings.get(entry.pk, []),
                has_role=entry.pk in roles,
            )
        )
    return found


def by_id(rows: models.QuerySet[Any]) -> list[Any]:
    """Return rows in the order of their ids.

    They are sorted here: for an order the ORM looks at every column that it reads, which takes
    it longer than anything else about a few rows.
    """
    return sorted(rows.order_by(), key=lambda row: int(row.pk))


def _of_entries(
    model: type[models.Model], entries: Collection[int], *joined: str
) -> dict[int, list[Any]]:
    """Return the rows of these entries by entry, of hidden people too."""
    found: dict[int, list[Any]] = {}
    rows = model._base_manager.filter(entry__in=entries)
    for row in by_id(rows.select_related(*joined) if joined else rows) if entries else ():
        found.setdefault(row.entry_id, []).append(row)
    return found


def _spellings(entries: Iterable[Entry], repressions: Iterable[Repression]) -> list[Spelling]:
    named = [getattr(entry, name) for entry in entries for name in SPELLINGS]
    named += [getattr(row, name) for row in repressions for name in REPRESSION_SPELLINGS]
    return [spelling for spelling in named if spelling is not None]


def _join(model: type[models.Model], places: Iterable[tuple[models.Model, str]]) -> None:
    """Set what these columns refer to, read once for all."""
    wanted = [(row, name, getattr(row, f"{name}_id")) for row, name in places]
    numbers = {number for _, _, number in wanted if number is not None}
    rows = model._base_manager.filter(pk__in=numbers).order_by() if numbers else ()
    found = {row.pk: row for row in rows}
    for row, name, number in wanted:
        if number is not None:
            setattr(row, name, found[number])
