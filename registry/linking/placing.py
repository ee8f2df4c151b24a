"""Two people's places, trades, nationalities and files, as texts that were never normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from registry.names import key, tokens

from .dating import closest
from .evidence import Reason, found
from .profiles import Profile

TABLE = Path(__file__).parent / "tables" / "place_words.tsv"
ENDING = 3
"""Letters at the end of a word that case and gender change: Рига, Риге; Московская, Московской."""
STEM = 3
"""Letters two words of one stem begin with."""
_NUMBERS = re.compile(r"[0-9]+")
SHORTEST_FILE = 4
"""Digits a file number needs to say anything."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The words of a place as keys: settlements and streets apart from regions; its numbers."""

    narrow: tuple[str, ...]
    wide: tuple[str, ...]
    numbers: frozenset[str]


def compare_places(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what birthplaces and residences say: of each the two that agree best."""
    births = (
        found(code, one, other)
        for one in left.birth_places
        for other in right.birth_places
        if (code := _birth_code(_read(one), _read(other)))
    )
    yield from closest(births)
    homes = (
        found(code, one, other)
        for one in left.residences
        for other in right.residences
        if (code := _residence_code(_read(one), _read(other)))
    )
    yield from closest(homes)


def _birth_code(one: _Place, other: _Place) -> str:
    common = _common(one.narrow, other.narrow)
    if common:
        regions = _common(one.wide, other.wide)
        return "birth_place.same" if common + regions > 1 else "birth_place.settlement"
    if one.narrow and other.narrow:
        return "birth_place.differs"
    return "birth_place.region" if _common(one.wide, other.wide) else ""


def _residence_code(one: _Place, other: _Place) -> str:
    common = _common(one.narrow, other.narrow)
    if not common:
        return ""
    fewer, more = sorted((one.numbers, other.numbers), key=len)
    return "residence.same" if fewer and fewer <= more else "residence.settlement"


@lru_cache(maxsize=16384)
def _read(text: str) -> _Place:
    words, kinds = tokens(text), _kinds()
    narrow: list[str] = []
    wide: list[str] = []
    for at, word in enumerate(words):
        kind = kinds.get(word)
        if word.isdecimal() or kind not in {None, "country"}:
            continue
        after = words[at + 1] if at + 1 < len(words) else ""
        broad = kind == "country" or kinds.get(after) == "wide"
        (wide if broad else narrow).append(key(word))
    return _Place(
        tuple(word for word in dict.fromkeys(narrow) if len(word) > 1),
        tuple(word for word in dict.fromkeys(wide) if len(word) > 1),
        frozenset(_NUMBERS.findall(text)),
    )


@cache
def _kinds() -> dict[str, str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: kind for word, kind in rows}  # noqa: C416 - pairs for mypy


def _common(ones: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words of the shorter list have one of the same stem in the other."""
    few, many = sorted((ones, others), key=lambda words: (len(words), words))
    return sum(any(same_stem(a, b) for b in many) for a in few)


def same_stem(one: str, other: str) -> bool:
    """Tell whether two words differ by no more than their endings."""
    if one == other:
        return True
    stem = max(STEM, max(len(one), len(other)) - ENDING)
    return min(len(one), len(other)) >= STEM and one[:stem] == other[:stem]


def compare_facts(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what occupations, nationalities and archive files say."""
    trades = (
        found("occupation.same", one, other)
        for one in left.occupations
        for other in right.occupations
        if _common(_read(one).narrow, _read(other).narrow)
    )
    yield from closest(trades)
    nations = (
        found(f"nationality.{'same' if _one_nation(one, other) else 'differs'}", one, other)
        for one in left.nationalities
        for other in right.nationalities
    )
    yield from closest(nations)
    files = (
        found("archive_file.same", one, other)
        for one in left.archive_files
        for other in right.archive_files
        if _file_numbers(one) & _file_numbers(other)
    )
    yield from closest(files)


def _one_nation(one: str, other: str) -> bool:
    """Tell whether two words name one nationality, of a man or a woman: еврей, еврейка."""
    first, second = (key("".join(tokens(text))) for text in (one, other))
    return first[:STEM] == second[:STEM]


def _file_numbers(text: str) -> set[str]:
    return {number for number in _NUMBERS.findall(text) if len(number) >= SHORTEST_FILE}
