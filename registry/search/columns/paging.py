"""One page of what several sets of columns have found: a slice of their merged order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .layout import Array, Part

STRIDE = 1 << 16
"""Rows looked through together on the way to a page."""
FEW = 50
"""Where fewer than one row in so many was found, sorting them is faster than looking through."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found in one set of columns: how many, and which.

    `found` holds for each row whether it was found or, where only some were asked, the numbers of
    those found, ascending: a mask over everybody costs more than all else about a few.
    """

    part: Part
    count: int
    found: Array

    @property
    def is_mask(self) -> bool:
        """Whether `found` tells it of each row."""
        return self.found.dtype == np.bool_

    @property
    def rows(self) -> Array:
        """The rows found, ascending."""
        return np.flatnonzero(self.found) if self.is_mask else self.found

    def slice(self, sort: str, start: int, end: int) -> Array:
        """Return some of the rows found, in the order asked."""
        start, end = min(start, self.count), min(end, self.count)
        if not _dated(sort) and not self.is_mask:
            return self.found[start:end]  # rows stand in the order of names
        if _dated(sort) and self.count * FEW < len(self.part):
            rows = self.rows
            days = self.part[f"{sort}.day"][rows]
            return rows[np.argsort(days, kind="stable")[start:end]]
        mask = self.found if self.is_mask else self.part.marked(self.found)
        order = self.part[f"{sort}.order"] if _dated(sort) else None
        if start <= self.count - end:
            return _from_start(mask, order, start, end)
        # From behind, where that is nearer.
        return _from_start(mask, order, self.count - end, self.count - start, step=-1)[::-1]

    def key(self, row: int, sort: str) -> Any:
        """Return what the rows of all sets are ordered by."""
        name = (self.part.keys[row], int(self.part.ids[row]))
        return (int(self.part[f"{sort}.day"][row]), *name) if _dated(sort) else name


def _from_start(mask: Array, order: Array | None, start: int, end: int, *, step: int = 1) -> Array:
    """Return some of the rows of a mask, in an order (None: their own), or (-1) from its end."""
    found, seen, size = [np.zeros(0, np.int64)], 0, len(mask)
    for first in range(0, size, STRIDE):
        if seen >= end:
            break
        last = min(first + STRIDE, size)
        begin, beyond = (first, last) if step > 0 else (size - last, size - first)
        hit = mask[begin:beyond] if order is None else mask[order[begin:beyond]]
        number = int(np.count_nonzero(hit))
        if seen + number > start:
            places = begin + np.flatnonzero(hit)[::step][max(0, start - seen) : end - seen]
            found.append(places if order is None else order[places])
        seen += number
    return np.concatenate(found)


def _dated(sort: str) -> bool:
    return sort in {"birth", "death"}


def page_of(found: Sequence[Hits], sort: str, start: int, number: int) -> list[int]:
    """Return the ids of the page that begins after `start` people and holds `number`.

    The first set may hold millions: of its order only as much is looked at as can stand on the
    page. The others hold those who have changed since.
    """
    if not found:
        return []
    most, *few = found
    others = sorted(
        (own.key(row, sort), int(own.part.ids[row])) for own in few for row in own.rows.tolist()
    )
    first = max(0, min(start, most.count) - len(others))
    rows = most.slice(sort, first, start + number).tolist()

    def is_first(at: int, other: int) -> bool:
        """Return whether a row of the many stands before one of the others."""
        return bool(most.key(rows[at], sort) < others[other][0])

    before = _before(is_first, len(rows), len(others), start - first)
    page: list[int] = []
    at, other = start - first - before, before
    while len(page) < number and (at < len(rows) or other < len(others)):
        if other >= len(others) or (at < len(rows) and is_first(at, other)):
            page.append(int(most.part.ids[rows[at]]))
            at += 1
        else:
            page.append(others[other][1])
            other += 1
    return page


def _before(is_first: Callable[[int, int], bool], rows: int, others: int, start: int) -> int:
    """Return how many of the others stand among the first `start` of the merged order."""
    low, high = max(0, start - rows), min(start, others)
    while low < high:
        middle = (low + high) // 2
        # Where one of the others comes before the last of the many in a split, it belongs before.
        if is_first(start - middle - 1, middle):
            high = middle
        else:
            low = middle + 1
    return low
