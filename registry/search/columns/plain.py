"""The same answers without columns: the database is asked, which is right and, for many, slow.

For when more people have changed than a process can keep, and when the files are gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import Count, F, QuerySet
from django.utils.functional import cached_property

from registry.models import Person, PersonStatus
from registry.search.narrowing import BURIED, narrow_facts
from registry.search.query import PeopleQuery

from .answering import FACETS
from .layout import FIXED_CODES, Array
from .sql import Among, by_bytes

REGIONS = ("birth_region", "residence_region")


class PlainColumns:
    """Answers as `current.Columns` does."""

    def narrow(self, people: Array | None, query: PeopleQuery) -> PlainNarrowed:
        """Return who answers everything but the names, of these people or (None) of all."""
        return PlainNarrowed(people, query)


class PlainNarrowed:
    """Who answers a query; see `narrowed.Narrowed`."""

    is_exact = True

    def __init__(self, people: Array | None, query: PeopleQuery) -> None:
        self.query = query
        self._asked = None if people is None else people.tolist()

    def people(self, query: PeopleQuery) -> QuerySet[Person, Person]:
        """Return who answers, as a query of the database."""
        found = narrow_facts(query)
        if self._asked is not None:
            found = found.filter(**{f"pk__{Among.lookup_name}": self._asked})
        return found

    @cached_property
    def count(self) -> int:
        """How many people answer."""
        return self.people(self.query).count()

    @cached_property
    def ids(self) -> Array:
        """The ids of those who answer, ascending."""
        return np.array(self.people(self.query).order_by("pk").values_list("pk", flat=True), int)

    def keep(self, people: Sequence[int] | Array) -> list[int]:
        """Return those of these people who answer, in the order given."""
        asked = np.asarray(people, np.int64)
        kept: list[int] = asked[np.isin(asked, self.ids)].tolist()
        return kept

    def page(self, sort: str, start: int, number: int) -> list[int]:
        """Return the ids of some people in the order asked: `birth`, `death`, or by name."""
        order: list[Any] = [by_bytes("sort_key"), "pk"]
        if sort in {"birth", "death"}:
            order.insert(0, F(f"{sort}_earliest").asc(nulls_last=True))
        rows = self.people(self.query).order_by(*order).values_list("pk", flat=True)
        return list(rows[start : start + number])

    def counts(self) -> Iterator[tuple[str, dict[int, int]]]:
        """Yield each facet and how many people have each value of it, by id or number."""
        for facet in FACETS:
            people = self.people(replace(self.query, **_nothing_of(facet)))
            if facet != "fate":
                # Of people who are restricted nothing else is told.
                people = people.filter(status=PersonStatus.PUBLIC)
            yield facet, _counted(facet, people)


def _nothing_of(facet: str) -> dict[str, Any]:
    return {facet: ()}


def _counted(facet: str, people: QuerySet[Person, Person]) -> dict[int, int]:
    if facet == "region":
        return _regions(people)
    if facet in FIXED_CODES:
        own = _grouped(people.exclude(**{facet: ""}), facet)
        return {FIXED_CODES[facet].index(code): n for code, n in own.items()}
    column = "burial_site" if facet == "site" else facet
    found = people.filter(BURIED) if facet == "site" else people
    return _grouped(found.filter(**{f"{column}__isnull": False}), column)


def _grouped(people: QuerySet[Person, Person], *columns: str) -> dict[Any, int]:
    rows = people.order_by().values(*columns).annotate(n=Count("pk")).values_list(*columns, "n")
    return {own[0] if len(own) == 1 else tuple(own): n for *own, n in rows}


def _regions(people: QuerySet[Person, Person]) -> dict[int, int]:
    """Count each person once for every region of theirs, as the parameter finds them."""
    counts: Counter[int] = Counter()
    for regions, n in _grouped(people, *REGIONS).items():
        for region in set(regions) - {None}:
            counts[region] += n
    return dict(counts)
