"""Inverted lists: for each code, or each word, the rows of the people who have it."""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Value_contra = TypeVar("Value_contra", contravariant=True)

LONG = 32
"""A list of more than one row in so many takes less room as bits."""
SHORTEST = 10_000
"""With fewer rows than this there is no room to save."""


class Lists(Protocol[Value_contra]):
    """Rows by what stands in them."""

    def mark(self, mask: Array, value: Value_contra) -> None:
        """Mark the rows that have a value."""
        ...


class Rows:
    """Numbered lists of rows, one after another; of long ones a bit for each row there is."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._starts = arrays[f"{name}.starts"]
        self._rows = arrays[f"{name}.rows"]
        self._long = arrays[f"{name}.long"]
        self._bits = arrays[f"{name}.bits"]

    def mark_lists(self, mask: Array, first: int, end: int) -> None:
        """Mark the rows of the lists from `first` up to `end`."""
        mask[self._rows[int(self._starts[first]) : int(self._starts[end])]] = True
        for number in range(*np.searchsorted(self._long, (first, end)).tolist()):
            mask |= np.unpackbits(self._bits[number], count=len(mask)).view(np.bool_)


def write_rows(name: str, starts: Array, rows: Array, size: int) -> dict[str, Array]:
    """Return the arrays of `Rows`, from lists of rows of which there are `size`."""
    lengths = np.diff(starts)
    long = np.flatnonzero(lengths * LONG > max(size, SHORTEST))
    bits = np.zeros((len(long), -(-size // 8)), np.uint8)
    kept = np.ones(len(rows), np.bool_)
    for number, own in enumerate(long.tolist()):
        which = slice(int(starts[own]), int(starts[own + 1]))
        mask = np.zeros(size, np.bool_)
        mask[rows[which]] = True
        bits[number] = np.packbits(mask)
        kept[which] = False
    lengths[long] = 0
    return {
        f"{name}.starts": np.concatenate(([0], np.cumsum(lengths))),
        f"{name}.rows": rows[kept].astype(np.int32),
        f"{name}.long": long,
        f"{name}.bits": bits,
    }


class Codes(Rows):
    """The rows of each code, an id of the database."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        super().__init__(arrays, name)
        self._keys = arrays[f"{name}.keys"]

    def mark(self, mask: Array, value: int) -> None:
        """Mark the rows that have a code."""
        at = int(np.searchsorted(self._keys, value))
        if at < len(self._keys) and self._keys[at] == value:
            self.mark_lists(mask, at, at + 1)


def write_codes(
    name: str, codes: Sequence[Array], rows: Sequence[Array], size: int
) -> dict[str, Array]:
    """Return the arrays of `Codes`, from codes and the row of each, in any order."""
    pairs = together(codes).astype(np.int64) << 32 | together(rows).astype(np.int64)
    pairs.sort()
    pairs = pairs[_firsts(pairs)]
    sorted_codes = pairs >> 32
    starts = np.flatnonzero(_firsts(sorted_codes))
    lists = write_rows(name, np.append(starts, len(pairs)), pairs & 0xFFFFFFFF, size)
    return {f"{name}.keys": sorted_codes[starts], **lists}


def together(arrays: Sequence[Array]) -> Array:
    """Return arrays, or none, as one."""
    return np.concatenate([np.zeros(0, np.int32), *arrays])


def _firsts(numbers: Array) -> Array:
    """Return which of ascending numbers differ from the one before."""
    firsts = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=firsts[1:])
    return firsts


class Words(Rows):
    """The rows of each word; words that begin alike stand together."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        super().__init__(arrays, name)
        self._letters = arrays[f"{name}.letters"]
        self._ends = arrays[f"{name}.ends"]

    def mark(self, mask: Array, value: str) -> None:
        """Mark the rows that have a word that begins so."""
        start = value.encode()
        first = bisect_left(self, start)
        # No letter in UTF-8 has the byte 0xFF.
        self.mark_lists(mask, first, bisect_left(self, start + b"\xff", lo=first))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        first = int(self._ends[number - 1]) if number else 0
        return bytes(self._letters[first : int(self._ends[number])])


class WordsWriter:
    """Takes folded texts row by row and makes the arrays of `Words` of them."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the writer)
        self._rows: list[Array] = []
        self._counts: list[Array] = []

    def add(self, texts: Sequence[str], rows: Array) -> None:
        """Take texts, each word of them once and after a space, and the row of each."""
        number = self._numbers.__getitem__
        words = array("I", map(number, "".join(texts).split()))
        counts = np.array([text.count(" ") for text in texts], np.uint16)
        filled = counts > 0
        self._counts.append(counts[filled])
        self._rows.append(rows[filled].astype(np.int32))
        self._spool.write(words.tobytes())

    def finish(self, name: str, moved: Array) -> dict[str, Array]:
        """Return the arrays; the writer is used up. `moved` tells where each row has come to."""
        words = sorted(self._numbers)
        place = np.empty(len(words), np.uint32)
        place[np.fromiter((self._numbers[word] for word in words), np.int64, len(words))] = (
            np.arange(len(words), dtype=np.uint32)
        )
        letters = [word.encode() for word in words]
        self._numbers.clear()
        totals = np.zeros(len(words), np.int64)
        for own, _ in self._postings(place):
            totals += np.bincount(own, minlength=len(words))
        starts = np.concatenate(([0], np.cumsum(totals)))
        found = np.empty(int(starts[-1]), np.int32)
        free = starts[:-1].copy()
        for own, rows in self._postings(place):
            order = np.argsort(own, kind="stable")
            counts = np.bincount(own, minlength=len(words))
            used = np.flatnonzero(counts)
            firsts = np.cumsum(counts[used]) - counts[used]
            shift = np.repeat(free[used] - firsts, counts[used])
            found[np.arange(len(order)) + shift] = moved[rows[order]]
            free += counts
        self._spool.close()
        return {
            f"{name}.letters": np.frombuffer(b"".join(letters), np.uint8),
            f"{name}.ends": np.cumsum([len(word) for word in letters], dtype=np.int64),
            **write_rows(name, starts, found, len(moved)),
        }

    def _postings(self, place: Array) -> Any:
        """Yield the places of words in the sorted vocabulary, and the row of each."""
        self._spool.seek(0)
        for rows, counts in zip(self._rows, self._counts, strict=True):
            own = np.frombuffer(self._spool.read(4 * int(counts.sum())), np.uint32)
            if len(own):
                yield place[own], np.repeat(rows, counts)
