"""Columns that are counted together: one pass over the rows instead of one for each.

The values of some columns that occur together are numbered, and a row holds the number. Counting
rows by it and then adding up the few thousand numbers gives the counts of every column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

GROUPS = {
    "joint.fate": ("fate", "sex", "rehabilitated", "category", "party"),
    "joint.place": ("nationality", "born", "lived", "site"),
}
"""Columns whose values depend on one another most: so that few occur together."""


class Joint:
    """The counts of the columns of one group, by rows."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._numbers = arrays[name]
        self._values = {column: arrays[f"{column}.joint"] for column in GROUPS[name]}

    def counts(self, rows: Array) -> dict[str, Array]:
        """Return how many of these rows have each value, by column."""
        numbers = self._numbers[rows]
        size = len(next(iter(self._values.values())))
        if len(rows) < size:
            # Fewer rows than values that occur together: each is looked up.
            return {column: np.bincount(values[numbers]) for column, values in self._values.items()}
        together = np.bincount(numbers, minlength=size)
        # Floats hold whole numbers of this size exactly.
        return {
            column: np.bincount(values, weights=together).astype(np.int64)
            for column, values in self._values.items()
        }


def joined(columns: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays of `Joint` for every group."""
    arrays: dict[str, Array] = {}
    for name, group in GROUPS.items():
        used = {column: np.flatnonzero(np.bincount(columns[column])) for column in group}
        mixed = np.zeros(len(columns[group[0]]), np.int64)
        for column, values in used.items():
            place = np.zeros(int(values.max(initial=0)) + 1, np.int64)
            place[values] = np.arange(len(values))
            mixed *= max(1, len(values))
            mixed += place[columns[column]]
        found, numbers = np.unique(mixed, return_inverse=True)
        arrays[name] = numbers.astype(np.uint16 if len(found) <= 1 << 16 else np.uint32)
        for column, values in reversed(used.items()):
            found, own = np.divmod(found, max(1, len(values)))
            arrays[f"{column}.joint"] = values[own].astype(columns[column].dtype)
    return arrays
