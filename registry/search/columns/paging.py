"""One page of what several sets of columns have found: a slice of their merged order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .layout import Array, Part


FEW = 50
"""Where fewer than one row in so many was found, sorting them is faster than passing over all."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The rows found in one set of columns; `mask` is the same as `rows`, over all of its rows."""

    part: Part
    rows: Array
    mask: Array

    def in_order(self, sort: str) -> Array:
        """Return the rows in the order asked."""
        if not self._dated(sort):
            return self.rows
        found: Array
        if len(self.rows) * FEW < len(self.part):
            found = self.rows[np.argsort(self.part[f"{sort}.day"][self.rows], kind="stable")]
        else:
            order = self.part[f"{sort}.order"]
            found = order[self.mask[order]]
        return found

    def key(self, row: int, sort: str) -> Any:
        """Return what the rows of all sets are ordered by."""
        name = (self.part.keys[row], int(self.part.ids[row]))
        return (int(self.part[f"{sort}.day"][row]), *name) if self._dated(sort) else name

    def _dated(self, sort: str) -> bool:
        return sort in {"birth", "death"}


def page_of(found: Sequence[Hits], sort: str, start: int, number: int) -> list[int]:
    """Return the ids of the page that begins after `start` people and holds `number`.

    The first set may hold millions: of its order only the page is looked at, and as many rows as
    it takes to find where it begins. The others hold those who have changed since.
    """
    if not found:
        return []
    most, *few = found
    many = most.in_order(sort)
    others = sorted(
        ((own.key(int(row), sort), int(own.part.ids[row])) for own in few for row in own.rows)
    )
    before = _before(most, many, others, sort, start)
    page: list[int] = []
    at, other = start - before, before
    while len(page) < number and (at < len(many) or other < len(others)):
        if other == len(others) or (
            at < len(many) and most.key(int(many[at]), sort) < others[other][0]
        ):
            # Up to the next of the others it is a slice.
            end = at + 1 if other < len(others) else at + number - len(page)
            page += most.part.ids[many[at:end]].tolist()
            at = min(end, len(many))
        else:
            page.append(others[other][1])
            other += 1
    return page


def _before(most: Hits, many: Array, others: Sequence[Any], sort: str, start: int) -> int:
    """Return how many of the others stand among the first `start` people of the merged order."""
    low, high = max(0, start - len(many)), min(start, len(others))
    while low < high:
        middle = (low + high) // 2
        at = start - middle - 1
        # If the other comes before the last of the many in this split, it belongs before.
        if others[middle][0] < most.key(int(many[at]), sort):
            low = middle + 1
        else:
            high = middle
    return low
