"""How far two spellings are apart where people misread, mishear and miswrite."""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Final

from registry.names.keys import key
from registry.names.loading import rows

__all__ = ["skeleton", "spelling_distance"]

WHOLE: Final = 100
"""What a letter costs that is another, missing or too many; two letters that changed places too."""
_HEARD: Final = str.maketrans("pfgxdzcjyq", "bvkktsswww")
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = "aeiou"
_NO_VOWELS: Final = str.maketrans("", "", _VOWELS)
_NOTHING: Final = "0"
_TWICE: Final = "2"

Costs = dict[str, int]


def skeleton(key: str) -> str:
    """Return what is left of a key without vowels, voice and doubling: Бабель, Папель are bbl.

    A vowel at the head stays, as "a" whichever it is. Not in here: n and m, l and r are told
    apart.
    """
    once = _DOUBLED.sub(r"\1", key.translate(_HEARD))
    behind = once.lstrip(_VOWELS)
    head = "a" if len(behind) < len(once) else ""
    return head + behind.translate(_NO_VOWELS)


def spelling_distance(one: str, other: str, *, limit: float = 2.0) -> float | None:
    """Return how far two folded words, or two keys, are apart; None where it is over `limit`.

    1 is one letter: another, missing, too many, or changed with its neighbour (the distance of
    optimal string alignment). What is often misread, misheard or left out costs less:
    `tables/misreadings.tsv`. Symmetric; 0 only of the same words.
    """
    if one == other:
        return 0.0
    most = round(limit * WHOLE)
    short, long = sorted((one, other), key=len)
    cheapest = _least_indel()
    if (len(long) - len(short)) * cheapest > most:
        return None
    pairs, alone = _costs()
    distance = _aligned(short, long, pairs, alone, most)
    return None if distance > most else distance / WHOLE


def _aligned(one: str, other: str, pairs: Costs, alone: Costs, most: int) -> int:
    """Return the weighted distance, or more than `most` where it is more than that.

    A search weighs up to a hundred words letter by letter: in the inner loop nothing is called,
    and of a row only those places are looked at that are within `most` of the beginning, or may
    be (E. Ukkonen 1985).
    """
    over = most + 1
    added = [_indel(other, at, alone) for at in range(len(other))]
    above = before = list(accumulate(added, initial=0))
    # The first and the last place within `most`: of the row above, and of the one before it.
    first, last = 0, bisect_right(above, most) - 1
    first_before, last_before = over, -1
    for row, letter in enumerate(one):
        removed = _indel(one, row, alone)
        current = [over] * len(above)
        start, end = min(first, first_before + 2), max(last + 1, last_before + 2)
        first_before, last_before, first, last = first, last, over, -1
        left = over
        if start == 0 and above[0] + removed <= most:
            left = current[0] = above[0] + removed
            first = last = 0
        for column in range(max(start - 1, 0), len(other)):
            facing = other[column]
            best = above[column]
            if facing != letter:
                best += pairs.get(letter + facing, WHOLE)
                if (
                    row
                    and column
                    and other[column - 1] == letter
                    and one[row - 1] == facing
                    and before[column - 1] + WHOLE < best
                ):
                    best = before[column - 1] + WHOLE
            if above[column + 1] + removed < best:  # noqa: PLR1730 (a call costs a third of it all)
                best = above[column + 1] + removed
            if left + added[column] < best:  # noqa: PLR1730 (a call costs a third, as above)
                best = left + added[column]
            if best <= most:
                left = current[column + 1] = best
                first, last = min(first, column + 1), column + 1
            elif column + 1 > end:
                break
            else:
                left = over
        if last < 0 and last_before < 0:
            return over  # a change of places reaches two rows up
        before, above = above, current
    return above[-1]


def _indel(word: str, at: int, alone: Costs) -> int:
    if at and word[at] == word[at - 1]:
        return alone[_TWICE]
    return alone.get(word[at], WHOLE)


@cache
def _costs() -> tuple[Costs, Costs]:
    """Return what it costs that two letters stand for one another, and that one is not there."""
    pairs: Costs = {}
    alone: Costs = {}
    for one, other, text in rows("misreadings"):
        cost = int(text)
        if one == _NOTHING:
            alone[other] = cost
            alone[key(other) or other] = cost
            continue
        sounds = key(one) + key(other)
        for pair in (one + other, sounds):
            if len(pair) == 2 and pair[0] != pair[1]:
                pairs[pair] = pairs[pair[::-1]] = min(cost, pairs.get(pair, WHOLE))
    return pairs, alone


@cache
def _least_indel() -> int:
    return min(_costs()[1].values())
