"""Which rows of a set of columns answer a query: each parameter a mask over the rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from registry.search.narrowing import PRIVATE
from registry.search.query import PeopleQuery

from .asking import Asked
from .layout import Array, Part
from .postings import Lists, Value_contra

FACETS = {
    "fate": ("fate",),
    "nationality": ("nationality",),
    "category": ("category",),
    "party": ("party",),
    "region": ("born", "lived"),
    "sex": ("sex",),
    "rehabilitated": ("rehabilitated",),
    "site": ("site",),
}
"""The parameters whose values are counted, and the columns that hold them."""
MANY = 8
"""Codes from which on a table of all is faster than one comparison after another."""


def answer(part: Part, rows: Array | None, asked: Asked) -> tuple[Array, dict[str, Array]]:
    """Return which rows answer all but the facets, and for each facet asked which answer it.

    `rows` are the rows that are asked (None: all), and the masks are as long as they are. Kept
    apart, since a facet counts its values as if none of them were chosen.
    """
    answers = Answers(part, rows)
    kept = np.ones(answers.size, np.bool_)
    for mask in _others(answers, asked):
        kept &= mask
    facets = {name: answers.coded(name, asked) for name in FACETS if getattr(asked.query, name)}
    return kept, facets


def _others(answers: Answers, asked: Asked) -> Iterator[Array]:
    query = asked.query
    if any(getattr(query, name) for name in PRIVATE if name not in FACETS):
        yield answers.column("public")
    for name in ("birth", "death"):
        first, last = getattr(query, f"{name}_from"), getattr(query, f"{name}_to")
        if first is not None or last is not None:
            yield answers.dated(name, first, last, undated=query.undated)
    if query.arrest_from is not None or query.arrest_to is not None:
        yield answers.arrested(query)
    for word in asked.places:
        yield answers.of(answers.part.places, word)
    for word in asked.occupations:
        yield answers.of(answers.part.occupations, word)
    for name in ("operation", "sentencing_body", "article", "source"):
        if getattr(query, name):
            yield answers.of(answers.part.lists[name], *asked.codes[name])
    if query.archive_file:
        yield answers.of(answers.part.archive_files, query.archive_file)
    for code in asked.codes.get("has", ()):
        yield answers.of(answers.part.lists["has"], code)


class Answers:
    """The answers of a set of columns, or of some rows of it, to one parameter at a time."""

    def __init__(self, part: Part, rows: Array | None) -> None:
        self.part = part
        self._rows = rows
        self.size = len(part) if rows is None else len(rows)

    def column(self, name: str) -> Array:
        """Return a plain column of the rows asked."""
        return self.part[name] if self._rows is None else self.part[name][self._rows]

    def of(self, lists: Lists[Value_contra], *values: Value_contra) -> Array:
        """Return which rows have one of the values."""
        mask = self.part.none()
        for value in values:
            lists.mark(mask, value)
        return self._asked(mask)

    def _asked(self, mask: Array) -> Array:
        return mask if self._rows is None else mask[self._rows]

    def dated(self, name: str, first: int | None, last: int | None, *, undated: bool) -> Array:
        """Return which dates overlap the years; open ends match."""
        start, end = self.column(f"{name}.from"), self.column(f"{name}.to")
        mask = _overlap(start, end, first, last)
        return mask | (start > end) if undated else mask

    def arrested(self, query: PeopleQuery) -> Array:
        """Return whose arrests, one of them at least, overlap the years."""
        mask = self.dated("arrest", query.arrest_from, query.arrest_to, undated=query.undated)
        again = self.part["arrests.rows"]
        if len(again):
            # The years between two arrests are none of an arrest.
            start, end = self.part["arrests.from"], self.part["arrests.to"]
            hit = _overlap(start, end, query.arrest_from, query.arrest_to)
            several, hit = self.part.marked(again), self.part.marked(again[hit])
            mask = mask & ~self._asked(several) | self._asked(hit)
        return mask

    def coded(self, name: str, asked: Asked) -> Array:
        """Return which rows have one of the codes of a parameter."""
        codes = asked.codes[name]
        mask = np.zeros(self.size, np.bool_)
        for column in FACETS[name]:
            values = self.column(column)
            if len(codes) < MANY:
                for code in codes:
                    mask |= values == code
            else:
                mask |= np.isin(values, np.array(codes, np.uint32))
        return mask


def _overlap(start: Array, end: Array, first: int | None, last: int | None) -> Array:
    mask = np.ones(len(start), np.bool_)
    if first is not None:
        mask &= end >= first
    if last is not None:
        mask &= start <= last
    return mask
