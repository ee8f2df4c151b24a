"""The ids of the people shown, in sections: what the sitemap lists."""

from __future__ import annotations

from django.db.models import Max

from registry.models import Person

SECTION = 10_000
"""Ids a section spans; in three languages that stays below the 50,000 a sitemap may hold."""


def count_sections() -> int:
    """Return how many sections the ids of the people shown span."""
    last: int | None = Person.public.aggregate(last=Max("pk"))["last"]
    return 0 if last is None else (last - 1) // SECTION + 1


def people_in_section(number: int) -> list[int]:
    """Return the ids of the people shown in a section, from 1 up; empty past the last."""
    first = (number - 1) * SECTION
    rows = Person.public.filter(pk__gt=first, pk__lte=first + SECTION)
    return list(rows.order_by("pk").values_list("pk", flat=True))
