"""Who answers a query: counted, turned page by page, and counted by facet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from django.utils.functional import cached_property

from .answering import FACETS, answer
from .asking import Asked
from .layout import UNTOLD, Array, Part
from .paging import Hits, page_of

FEW = 5_000


class Answered:
    """The answer of one set of columns; `rows` are those that were asked (None: all)."""

    def __init__(
        self, part: Part, rows: Array | None, kept: Array, facets: Mapping[str, Array]
    ) -> None:
        self.part = part
        self._rows = rows
        self._kept = kept
        self._facets = facets

    @cached_property
    def mask(self) -> Array:
        """Which of the rows asked answer everything."""
        return self._without("")

    def _without(self, facet: str) -> Array:
        mask = self._kept
        for name, own in self._facets.items():
            if name != facet:
                mask = mask & own
        return mask

    @cached_property
    def count(self) -> int:
        """How many rows answer."""
        return int(np.count_nonzero(self.mask))

    @cached_property
    def rows(self) -> Array:
        """The rows that answer, ascending."""
        return self._of(self.mask)

    def _of(self, mask: Array) -> Array:
        hits = np.flatnonzero(mask)
        return hits if self._rows is None else self._rows[hits]

    @property
    def hits(self) -> Hits:
        """What is turned page by page."""
        return Hits(self.part, self.count, self.mask if self._rows is None else self.rows)

    def counts(self, facet: str) -> Array:
        """Return how many rows have each value of a facet, as if none of it were chosen."""
        own = self._counts
        if facet in self._facets:
            own = self._counted(self._without(facet), FACETS[facet])
        return _sum([own[column] for column in FACETS[facet]])

    @cached_property
    def _counts(self) -> dict[str, Array]:
        return self._counted(self.mask, None)

    def _counted(self, mask: Array, columns: Sequence[str] | None) -> dict[str, Array]:
        """Return how many of the rows in a mask have each code, by column (None: of all)."""
        if self._rows is not None or 2 * np.count_nonzero(mask) <= len(mask):
            return self.part.counts(self._of(mask), columns)
        # Those left out are fewer.
        others = self.part.counts(np.flatnonzero(~mask), columns)
        return {name: _sum([self.part.total(name), -own]) for name, own in others.items()}


def _sum(counts: Sequence[Array]) -> Array:
    """Add counts up; each has as many places as its own codes need."""
    total = np.zeros(max([1, *(len(own) for own in counts)]), np.int64)
    for own in counts:
        total[: len(own)] += own
    return total


def _rows(part: Part, people: Array) -> Array:
    """Return the rows of these people, each once, ascending."""
    rows = part.rows_of(people)
    rows = rows[rows >= 0]
    # Marking costs as much as there are rows in all, sorting as there are of these.
    return np.unique(rows) if len(rows) < FEW else np.flatnonzero(part.marked(rows))


class Narrowed:
    """Who answers a query of those in some sets of columns, each with its rows in force."""

    def __init__(
        self,
        parts: Sequence[tuple[Part, Array | None]],
        asked: Asked,
        people: Array | None,
        *,
        is_exact: bool,
    ) -> None:
        self.is_exact = is_exact
        self._answered = []
        for part, alive in parts:
            rows = None if people is None else _rows(part, people)
            kept, facets = answer(part, rows, asked)
            if alive is not None:
                kept &= alive if rows is None else alive[rows]
            self._answered.append(Answered(part, rows, kept, facets))

    @cached_property
    def count(self) -> int:
        """How many people answer."""
        return sum(own.count for own in self._answered)

    @cached_property
    def ids(self) -> Array:
        """The ids of those who answer, ascending."""
        found = [own.part.ids[own.rows] for own in self._answered]
        return np.sort(np.concatenate([np.zeros(0, np.int32), *found]))

    def keep(self, people: Sequence[int] | Array) -> list[int]:
        """Return those of these people who answer, in the order given."""
        asked = np.asarray(people, np.int64)
        kept: list[int] = asked[np.isin(asked, self.ids)].tolist()
        return kept

    def page(self, sort: str, start: int, number: int) -> list[int]:
        """Return the ids of some people in the order asked: `birth`, `death`, or by name."""
        return page_of([own.hits for own in self._answered], sort, start, number)

    def counts(self) -> Iterator[tuple[str, dict[int, int]]]:
        """Yield each facet and how many people have each value of it, by id or number."""
        for facet in FACETS:
            total = _sum([own.counts(facet) for own in self._answered])
            total[UNTOLD] = 0
            used = np.flatnonzero(total)
            yield facet, dict(zip(used.tolist(), total[used].tolist(), strict=True))
