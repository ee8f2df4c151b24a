"""The people who are asked for: drawn from the registry at hand, whatever it holds."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, QuerySet

from registry.models import EntryName, Person, SourceStatus, Standing
from tests.benchmarks.naming import Name

CHUNK = 500
CYRILLIC = re.compile("[А-Яа-яЁё -]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who is in the registry: the name they are filed under, and their other names."""

    person: int
    name: Name
    others: tuple[Name, ...]


def names_of(people: Sequence[int]) -> dict[int, list[tuple[str, Name]]]:
    """Return the names of people with their kinds, main names first, as far as they are shown."""
    rows = (
        EntryName.all_records.filter(
            entry__person__in=list(people),
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
        )
        .order_by("pk")
        .values_list("entry__person", "kind", "family", "given", "patronymic", "full")
    )
    found: dict[int, list[tuple[str, Name]]] = {}
    for person, kind, family, given, patronymic, full in rows:
        name = Name(family, given, patronymic)
        found.setdefault(person, []).append((kind, name if any(name) else Name(full)))
    return found


def draw_subjects(rng: random.Random, count: int) -> list[Subject]:
    """Draw so many people by chance, in no order; fewer where the registry holds fewer."""
    bounds = Person.public.aggregate(Min("pk"), Max("pk"))
    first, last = bounds["pk__min"] or 1, bounds["pk__max"] or 0
    if last - first < count * 2:
        numbers = list(range(first, last + 1))
        rng.shuffle(numbers)
    else:
        # Numbers that are not taken, or are of people who are not shown, find nobody.
        numbers = rng.sample(range(first, last + 1), count + count // 4)
    found: list[Subject] = []
    for start in range(0, len(numbers), CHUNK):
        found += _subjects(Person.public.all(), numbers[start : start + CHUNK])
        if len(found) >= count:
            break
    return found[:count]


def _subjects(shown: QuerySet[Any, Any], numbers: Sequence[int]) -> Iterator[Subject]:
    known = names_of(list(shown.filter(pk__in=numbers).order_by().values_list("pk", flat=True)))
    for number in numbers:
        names = known.get(number, ())
        main = [name for kind, name in names if kind == "main" and name.given]
        if main and CYRILLIC.fullmatch(main[0].full):
            others = tuple(name for _, name in names if name.full != main[0].full)
            yield Subject(number, main[0], others)


def namesakes(families: Collection[str]) -> dict[str, list[Name]]:
    """Return all names with these surnames, hidden people's too; the table is read once."""
    rows = EntryName.all_records.filter(family__in=families).order_by()
    found: dict[str, list[Name]] = {}
    for row in rows.values_list("family", "given", "patronymic"):
        found.setdefault(row[0], []).append(Name(*row))
    return found
