"""What stands in the columns: one row a person, in the order of sort keys and ids.

Everything is an array with a name, so that a set of columns is written, opened and made in one
way, whether it holds three million people or the three who have just changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from registry.models import Rehabilitation, Sex

from .joints import GROUPS, Joint
from .postings import Codes, Words
from .sorting import SortKeys
from .texts import Texts

Array = npt.NDArray[Any]

UNTOLD = 0
"""What stands in a column of codes where nothing is known or told; no id of the database is 0."""
LAST_DAY = np.iinfo(np.int32).max
"""The day of those without one, who come last."""
SEXES = tuple(str(sex) for sex in Sex)
REHABILITATIONS = tuple(str(outcome) for outcome in Rehabilitation)
"""The codes that have no id, by their numbers in the columns; the first says nothing."""
FILES = ("photo", "document", "biography")
FIXED_CODES = {"sex": SEXES, "rehabilitated": REHABILITATIONS}
"""Facets whose codes have no id."""
TERMS = ("fate", "nationality", "category", "party", "born", "lived", "site")
"""Columns of ids: of terms, and of the place where somebody is buried.

`lived` is `UNTOLD` where it is `born`, so that nobody counts twice for a region.
"""
CODES = tuple(FIXED_CODES)
SCHEMA: dict[str, type[np.generic]] = {
    "ids": np.int32,
    "public": np.bool_,
    **dict.fromkeys(TERMS, np.uint16),
    **dict.fromkeys(CODES, np.uint8),
    **{f"{name}.{end}": np.int16 for name in ("birth", "death") for end in ("from", "to")},
    **{f"{name}.day": np.int32 for name in ("birth", "death")},
}
"""The plain columns and their kinds. Years of a date reach from `from` to `to`, ends that are
open as far as they can; without a date backwards. `day` is the first day as 19371103."""


class Rows:
    """Where the rows of a set of keys are: by a table, or by search where keys are few."""

    def __init__(self, keys: Array, rows: Array | None = None, table: Array | None = None) -> None:
        self._table = table
        if table is None:
            self._order = np.argsort(keys, kind="stable")
            self._keys = keys[self._order]
            if rows is not None:
                self._order = rows[self._order]

    def __call__(self, keys: Array) -> Array:
        """Return the row of each key, -1 where there is none."""
        if self._table is not None:
            inside = (keys >= 0) & (keys < len(self._table))
            return np.where(inside, self._table[np.where(inside, keys, 0)], -1)
        if not len(self._keys):
            return np.full(len(keys), -1)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._order[at], -1)


def table_of(keys: Array, rows: Array | None = None) -> Array:
    """Return the table for `Rows`: at each key its row, -1 elsewhere."""
    table = np.full(int(keys.max(initial=0)) + 1, -1, np.int32)
    table[keys] = np.arange(len(keys)) if rows is None else rows
    return table


class Part:
    """One set of columns: of all people, or of a few."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.archive_files = Texts(arrays, "archive")
        # Plain arrays, though they lie in files: what a mapped one does besides costs time.
        arrays = {name: np.asarray(array) for name, array in arrays.items()}
        self.arrays = arrays
        self.ids = arrays["ids"]
        self.rows_of = Rows(self.ids, table=arrays.get("rows"))
        self.keys = SortKeys(arrays, "names")
        self.places = Words(arrays, "places")
        self.occupations = Words(arrays, "occupations")
        self.lists = {
            name: Codes(arrays, name)
            for name in ("source", "operation", "sentencing_body", "article", "has")
        }

        self.joints = [Joint(arrays, name) for name in GROUPS]

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    def marked(self, rows: Array) -> Array:
        """Return for each row whether it is among these."""
        mask = self.none()
        mask[rows] = True
        return mask

    def none(self) -> Array:
        """Return for each row that it is not."""
        return np.zeros(len(self), np.bool_)

    def counts(self, rows: Array, columns: Sequence[str] | None = None) -> dict[str, Array]:
        """Return how many of these rows have each code, by column: of some, or (None) of all."""
        if columns is not None:
            return {name: np.bincount(self.arrays[name][rows]) for name in columns}
        counts: dict[str, Array] = {}
        for joint in self.joints:
            counts |= joint.counts(rows)
        return counts

    def total(self, name: str) -> Array:
        """Return how many rows have each code of a column."""
        return self.arrays[f"{name}.total"]
