"""Inverted lists: for each code, or each word, the rows of the people who have it."""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Codes:
    """For each code (an id of the database) the rows that have it, ascending."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._keys = arrays[f"{name}.keys"]
        self._starts = arrays[f"{name}.starts"]
        self._rows = arrays[f"{name}.rows"]

    def rows(self, code: int) -> Array:
        """Return the rows that have a code."""
        at = int(np.searchsorted(self._keys, code))
        if at == len(self._keys) or self._keys[at] != code:
            return self._rows[:0]
        return self._rows[int(self._starts[at]) : int(self._starts[at + 1])]


def write_codes(name: str, codes: Array, rows: Array) -> dict[str, Array]:
    """Return the arrays of `Codes`, from pairs of a code and a row, of any order and number."""
    pairs = np.sort(codes.astype(np.int64) << 32 | rows.astype(np.int64))
    pairs = pairs[_firsts(pairs)]
    sorted_codes = pairs >> 32
    starts = np.flatnonzero(_firsts(sorted_codes))
    return {
        f"{name}.keys": sorted_codes[starts],
        f"{name}.starts": np.append(starts, len(pairs)),
        f"{name}.rows": (pairs & 0xFFFFFFFF).astype(np.int32),
    }


def _firsts(numbers: Array) -> Array:
    """Return which of ascending numbers differ from the one before."""
    firsts = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=firsts[1:])
    return firsts


class Words:
    """For each word the rows that have it; words that begin alike stand together."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._letters = arrays[f"{name}.letters"]
        self._ends = arrays[f"{name}.ends"]
        self._starts = arrays[f"{name}.starts"]
        self._rows = arrays[f"{name}.rows"]

    def rows(self, beginning: str) -> Array:
        """Return the rows that have a word with this beginning; some perhaps more than once."""
        start = beginning.encode()
        first = bisect_left(self, start)
        # No letter in UTF-8 has the byte 0xFF.
        last = bisect_left(self, start + b"\xff", lo=first)
        return self._rows[int(self._starts[first]) : int(self._starts[last])]

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
            f"{name}.starts": starts,
            f"{name}.rows": found,
        }

    def _postings(self, place: Array) -> Any:
        """Yield the places of words in the sorted vocabulary, and the row of each."""
        self._spool.seek(0)
        for rows, counts in zip(self._rows, self._counts, strict=True):
            own = np.frombuffer(self._spool.read(4 * int(counts.sum())), np.uint32)
            if len(own):
                yield place[own], np.repeat(rows, counts)
