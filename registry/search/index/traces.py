"""Keys near to one another, as numbers that they share: what a B-tree can look up.

A key of letters a to z leaves a *trace* for each way to leave out up to two of its first eight
letters (the symmetric deletes of SymSpell, W. Garbe 2012): two keys that are two letters apart
at the most share one, unless the letters lie behind the eighth. It leaves one more for its
consonants (`skeleton`) and one for what is left without the endings of a family (`family_stem`).
A trace of up to eight letters is exactly a number of base 27; no hash, and nothing meets by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from string import ascii_lowercase, digits
from typing import Final

from registry.models import WordRole
from registry.names import family_stem, skeleton

PREFIX: Final = 8
"""Letters of a key that leave traces: the prefix of SymSpell, 37 traces at the most."""
MOST_READINGS: Final = 1 << 24
"""Readings there is room for in the last bits of a number: fifty times what three million have."""
SHORTEST_FOR_TWO: Final = 5
"""Letters of a key of which two may be left out: of four, two left would be half the registry."""
SHORTEST_STEM: Final = 4

_BASE: Final = 27
_DIGITS: Final = str.maketrans(ascii_lowercase, (digits + ascii_lowercase)[1:_BASE])
"""The letters as Python writes the digits 1 to 26 of base 27."""
_SKELETONS: Final = _BASE**PREFIX
_STEMS: Final = _SKELETONS + _BASE ** (PREFIX - 1)


def traces(key: str, role: int, *, letters: int = 2) -> set[int]:
    """Return the traces of a key; one that is not of letters (syllables, digits) leaves none.

    With `letters` 1 those where two letters are left out are not among them: enough, of a
    question, to meet what is one letter away.
    """
    if not _is_plain(key):
        return set()
    found = {_number(text) for text in left_out(key[:PREFIX], letters)}
    bare = skeleton(key)
    if len(bare) > 1:
        found.add(_SKELETONS + _number(bare[: PREFIX - 1]))
    stem = family_stem(key) if role == WordRole.FAMILY else ""
    if len(stem) >= SHORTEST_STEM:
        found.add(_STEMS + _number(stem[: PREFIX - 1]))
    return found


def left_out(text: str, letters: int) -> set[str]:
    """Return the text with none, one, and where it is long enough two of its letters left out."""
    most = letters if len(text) >= SHORTEST_FOR_TWO else 1
    return {
        "".join(kept)
        for number in range(min(most, len(text) - 1) + 1)
        for kept in combinations(text, len(text) - number)
    }


def stored(reading: int, key: str, role: int) -> Iterator[int]:
    """Yield the numbers under which a reading is stored: a trace, and the reading behind it."""
    if reading >= MOST_READINGS:
        raise OverflowError("the index has no room for more readings of words")
    for trace in traces(key, role):
        yield trace * MOST_READINGS + reading


def ranges(found: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield for each trace the first and the last number it may be stored under."""
    for trace in found:
        yield trace * MOST_READINGS, trace * MOST_READINGS + MOST_READINGS - 1


def _is_plain(key: str) -> bool:
    return key.isascii() and key.isalpha() and key.islower()


def _number(text: str) -> int:
    return int(text.translate(_DIGITS), _BASE)
