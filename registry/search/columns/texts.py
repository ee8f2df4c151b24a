"""Texts that are searched for anything that stands in them: the numbers of archive files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

END = b"\0"
"""What ends a text: the one sign that stands in no text of a database."""


class Texts:
    """Texts in small letters, one after another, and the row of each."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        letters = arrays[f"{name}.letters"]
        self._first = 0
        if isinstance(letters, np.memmap):
            # Searched where it lies: the letters begin after the head of the file.
            self._memory: Any = letters.base
            self._first = letters.offset
        else:
            self._memory = letters.tobytes()
        self._size = len(letters)
        self._ends = arrays[f"{name}.ends"]
        self._rows = arrays[f"{name}.rows"]

    def mark(self, mask: Array, value: str) -> None:
        """Mark the rows in a text of which this one stands, whatever the case."""
        wanted = value.lower().encode()
        if END not in wanted:
            starts = np.fromiter(self._found(wanted), np.int64)
            mask[self._rows[np.searchsorted(self._ends, starts, side="right")]] = True

    def _found(self, wanted: bytes) -> Iterator[int]:
        """Yield where it stands, once for each text."""
        at = 0
        while (
            at < self._size
            and (at := self._memory.find(wanted, at + self._first) - self._first) >= 0
        ):
            yield at
            at = int(self._ends[np.searchsorted(self._ends, at, side="right")])


class TextsWriter:
    """Takes texts and makes the arrays of `Texts` of them."""

    def __init__(self) -> None:
        self._letters: list[bytes] = []
        self._sizes: list[Array] = []
        self._rows: list[Array] = []

    def add(self, texts: Sequence[str], rows: Array) -> None:
        """Take texts, empty ones too, and the row of each."""
        lines = [text.lower().encode() + END for text in texts]
        sizes = np.fromiter((len(line) for line in lines), np.int64, len(lines))
        self._letters.append(b"".join(lines))
        self._sizes.append(sizes)
        self._rows.append(rows.astype(np.int32))

    def finish(self, name: str) -> dict[str, Array]:
        """Return the arrays; the writer is used up."""
        empty = np.zeros(0, np.int64)
        return {
            f"{name}.letters": np.frombuffer(b"".join(self._letters), np.uint8),
            f"{name}.ends": np.cumsum(np.concatenate([empty, *self._sizes])),
            f"{name}.rows": np.concatenate([empty.astype(np.int32), *self._rows]),
        }
