"""How alike two parts of names are: written alike, sounding alike, one name, a letter apart."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from registry.names import equivalents, key, readings, tokens

_ENDINGS = (
    "iniqna", "oviq", "eviq", "aviq", "ovna", "evna", "ivna", "avna", "iqna", "iq",
)  # fmt: skip
"""Endings of patronymics as keys, the longer before those they end in."""
SHORTEST_NEAR = 4
"""Sounds a word needs to be misspelt: of Анна and Инна one letter is the difference."""
LONG = 7
"""Sounds from which two letters may differ."""
STEM = 4
"""Sounds that the stems of two surnames, or of two patronymics, share at the least."""
TAIL = 5
"""Sounds after a stem that are an ending: Климентьев, Климович; Авдеенко, Авдеев."""


class Likeness(StrEnum):
    """What two parts of names are to each other, the closest first."""

    SAME = "same"
    READING = "reading"
    EQUIVALENT = "equivalent"
    PART = "part"
    NEAR = "near"
    STEM = "stem"
    INITIAL = "initial"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


ORDER = tuple(Likeness)
AGREEING = frozenset({Likeness.SAME, Likeness.READING, Likeness.EQUIVALENT})


def compare_part(left: str, right: str, part: str) -> Likeness:
    """Compare the same part (`family`, `given`, `patronymic`) of two names, in either order.

    Of several words (Салтыков-Щедрин, Марта Элла) PART means that one of them agrees.
    """
    first, second = sorted((left, right))
    return _compare(first, second, part)


@lru_cache(maxsize=65536)
def _compare(left: str, right: str, part: str) -> Likeness:
    one, other = tokens(left), tokens(right)
    if not one or not other:
        return Likeness.UNKNOWN
    if len(one) == len(other) == 1:
        return _compare_words(one[0], other[0], part)
    joined = _compare_words("".join(one), "".join(other), part)
    if joined in AGREEING:
        return joined
    few, many = sorted((one, other), key=len)
    best = [min((_compare_words(a, b, part) for b in many), key=ORDER.index) for a in few]
    if len(few) == len(many) and all(likeness in AGREEING for likeness in best):
        return max(best, key=ORDER.index)  # the same words in another order
    if any(likeness in AGREEING for likeness, word in zip(best, few, strict=True) if word[1:]):
        # Of two syllables, Тен Го and Тен Сян, one is shared by brothers as well.
        shared = len(few) == len(many) and part == "given"
        return Likeness.NEAR if shared else Likeness.PART
    return min((joined, *best), key=ORDER.index)


def _compare_words(left: str, right: str, part: str) -> Likeness:
    if left == right:
        return Likeness.INITIAL if len(left) == 1 and part != "family" else Likeness.SAME
    if len(left) == 1 or len(right) == 1:
        return _compare_initial(left, right)
    if _keys(left) & _keys(right):
        return Likeness.READING
    if _is_equivalent(left, right, part):
        return Likeness.EQUIVALENT
    # Two known names are two names, however alike: Мирон and Мартин are no misspellings.
    known = part == "given" and all(equivalents(key(word)) for word in (left, right))
    return Likeness.NEAR if not known and _is_near(left, right, part) else Likeness.DIFFERS


def _compare_initial(left: str, right: str) -> Likeness:
    if left[0] == right[0]:
        return Likeness.INITIAL
    short, long = sorted((left, right), key=len)
    alike = any(there.startswith(here) for here in _keys(short) for there in _keys(long))
    return Likeness.INITIAL if alike else Likeness.DIFFERS


@lru_cache(maxsize=65536)
def _keys(word: str) -> frozenset[str]:
    return frozenset(reading.key for reading in readings(word))


def _is_equivalent(left: str, right: str, part: str) -> bool:
    if part == "patronymic":
        return _one_name(_fathers(left), _fathers(right))
    return part == "given" and _one_name(_keys(left), _keys(right))


def _one_name(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(name in right or equivalents(name) & right for name in left)


def is_father(given: str, patronymic: str) -> bool:
    """Tell whether a patronymic is made of this given name: Пётр, Петрович."""
    words, names = tokens(given), tokens(patronymic)
    return bool(words and names) and bool(_keys(words[0]) & _fathers(names[0]))


@lru_cache(maxsize=65536)
def _fathers(word: str) -> frozenset[str]:
    """Return the keys of the given names a patronymic can be made of; some are no names."""
    found: set[str] = set()
    for sounds in _keys(word):
        stem = _stem(sounds)
        if stem == sounds or len(stem) < 2:
            continue
        found |= {stem, stem + "i", stem + "a", stem + "ia"}  # Иосиф, Сергей, Никита, Илья
        found.add(f"{stem[:-1]}e{stem[-1]}")  # Павел, Лев
        if stem.endswith("l"):
            found.add(stem[:-1])  # Яковлевич
    return frozenset(found)


def _stem(sounds: str) -> str:
    """Return the key of a patronymic without its ending; another key as it is."""
    for ending in _ENDINGS:
        if sounds.endswith(ending):
            return sounds[: -len(ending)]
    return sounds


def _is_near(left: str, right: str, part: str) -> bool:
    """Tell whether one letter differs, or two of a long word; endings of patronymics aside."""
    return any(
        _is_misspelt(_stem(one), _stem(other), least=3)
        or _begins(*sorted((_stem(one), _stem(other)), key=len))
        if part == "patronymic"
        else _is_misspelt(one, other, least=SHORTEST_NEAR)
        for one in _keys(left)
        for other in _keys(right)
    )


def _is_misspelt(one: str, other: str, *, least: int) -> bool:
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < least else 1 if shorter < LONG else 2
    return bool(allowed) and is_within(one, other, allowed)


def _begins(short: str, long: str) -> bool:
    """Tell whether a father's name is another shortened: Пантелей, Пантелеймон."""
    return len(short) >= STEM and long.startswith(short)


def has_same_stem(left: str, right: str) -> bool:
    """Tell whether two surnames differ by their endings alone: Авдеенко, Авдеев."""
    for one in map(key, tokens(left)):
        for other in map(key, tokens(right)):
            stem = max(STEM, len(one) - TAIL, len(other) - TAIL)
            if one[:stem] == other[:stem]:
                return True
    return False


def is_syllable_off(left: str, right: str) -> bool:
    """Tell whether two short surnames are one letter apart: Чжан, Чан; Цой, Чой."""
    return is_within(key(left), key(right), 1)


def is_within(left: str, right: str, most: int) -> bool:
    """Tell whether at most `most` letters are put in, left out, changed or swapped with the next.

    Optimal string alignment, given up as soon as a row has nothing within reach.
    """
    if abs(len(left) - len(right)) > most:
        return False
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most
