"""One page of what several sets of columns have found: a slice of their merged order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    """What was found in one set of columns: for each row whether, and how many."""

    part: Part
    mask: Array
    count: int

    def slice(self, sort: str, start: int, end: int) -> Array:
        """Return some of the rows found, in the order asked."""
        start, end = min(start, self.count), min(end, self.count)
        if _dated(sort) and self.count * FEW < len(self.part):
            rows = np.flatnonzero(self.mask)
            days = self.part[f"{sort}.day"][rows]
            return rows[np.argsort(days, kind="stable")[start:end]]
        order = self.part[f"{sort}.order"] if _dated(sort) else None
        if start <= self.count - end:
            return self._from_start(order, start, end)
        # From behind, where that is nearer.
        found = self._from_start(order, self.count - end, self.count - start, step=-1)
        return found[::-1]

    def _from_start(self, order: Array | None, start: int, end: int, step: int = 1) -> Array:
        found, seen = [np.zeros(0, np.int64)], 0
        for rows, hit in self._strides(order, step):
            if seen >= end:
                break
            number = int(np.count_nonzero(hit))
            if seen + number > start:
                found.append(rows[np.flatnonzero(hit)[max(0, start - seen) : end - seen]])
            seen += number
        return np.concatenate(found)

    def _strides(self, order: Array | None, step: int) -> Iterator[tuple[Array, Array]]:
        """Yield rows in order, or backwards, and which of them were found."""
        size = len(self.part)
        for first in range(0, size, STRIDE):
            last = min(first + STRIDE, size)
            begin, end = (first, last) if step > 0 else (size - last, size - first)
            rows = (np.arange(begin, end) if order is None else order[begin:end])[::step]
            yield rows, self.mask[rows] if order is not None else self.mask[begin:end][::step]

    def key(self, row: int, sort: str) -> Any:
        """Return what the rows of all sets are ordered by."""
        name = (self.part.keys[row], int(self.part.ids[row]))
        return (int(self.part[f"{sort}.day"][row]), *name) if _dated(sort) else name


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
        (own.key(row, sort), int(own.part.ids[row]))
        for own in few
        for row in np.flatnonzero(own.mask).tolist()
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
