"""The sort keys of a set of columns, packed: what rows of different sets are compared by."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

BLOCK = 256
"""Keys packed together: they begin alike, so that little more than ten bytes a key are left."""
REMEMBERED = 64


class SortKeys:
    """The sort key of each row, as UTF-8, whose bytes stand in the order of the letters."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._packed = arrays[f"{name}.packed"]
        self._ends = arrays[f"{name}.ends"]
        self._open: dict[int, list[bytes]] = {}

    def __getitem__(self, row: int) -> bytes:
        block, own = divmod(row, BLOCK)
        keys = self._open.get(block)
        if keys is None:
            if len(self._open) >= REMEMBERED:
                self._open = {}
            keys = self._open[block] = self._unpacked(block)
        return keys[own]

    def __iter__(self) -> Iterator[bytes]:
        for block in range(len(self._ends)):
            yield from self._unpacked(block)

    def _unpacked(self, block: int) -> list[bytes]:
        first = int(self._ends[block - 1]) if block else 0
        return zlib.decompress(bytes(self._packed[first : int(self._ends[block])])).split(b"\n")


class KeysWriter:
    """Takes sort keys in their order and makes the arrays of `SortKeys` of them."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._packed: list[bytes] = []

    def add(self, keys: Sequence[str]) -> None:
        """Take the next keys."""
        self._waiting += keys
        whole = len(self._waiting) - len(self._waiting) % BLOCK
        self._pack(whole)

    def finish(self, name: str) -> dict[str, Array]:
        """Return the arrays; the writer is used up."""
        self._pack(len(self._waiting))
        return {
            f"{name}.packed": np.frombuffer(b"".join(self._packed), np.uint8),
            f"{name}.ends": np.cumsum([len(block) for block in self._packed], dtype=np.int64),
        }

    def _pack(self, number: int) -> None:
        for first in range(0, number, BLOCK):
            # A folded name has no line breaks.
            block = "\n".join(self._waiting[first : min(first + BLOCK, number)])
            self._packed.append(zlib.compress(block.encode(), level=1))
        del self._waiting[:number]
