"""What was typed, as words to be looked up: years, quotes and wildcards are told apart here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.dates import FIRST_YEAR, LAST_YEAR
from registry.models import WordRole
from registry.names import (
    MAX_LENGTH,
    MAX_TOKENS,
    Reading,
    cleaned,
    fold,
    parse_query,
    readings,
    syllable_keys,
    words,
)
from registry.search.query import PeopleQuery

LEAST_OF_PATTERN = 2
"""Letters a word with wildcards must have: fewer would be half the vocabulary."""
VAGUE = 2
"""Letters with which a great part of all names begins."""
MOST_YEARS = 3
BOXES = {
    "family": WordRole.FAMILY,
    "given": WordRole.GIVEN,
    "patronymic": WordRole.PATRONYMIC,
}
_QUOTED = re.compile(r'(?<!\w)[«“„"]([^«»“”„"]+)[»“”"](?!\w)')
_YEARS = re.compile(r"[^\w*?]*\d{4}(?:[^\w*?]+\d{4})*[^\w*?]*")
_YEAR = re.compile(r"\d{4}")
_WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One word asked for: as typed, folded, its readings, and how it may be answered.

    `role` is the part it must be, None for any. `exact`: only as typed. `pattern` has the signs
    `*` and `?` in the folded word. `piece` counts the pieces between spaces it came from.
    """

    text: str
    folded: str
    readings: tuple[Reading, ...]
    role: int | None = None
    exact: bool = False
    initial: bool = False
    pattern: str = ""
    piece: int = 0

    @property
    def is_vague(self) -> bool:
        """Whether a great part of all names answers it."""
        return bool(self.pattern) or len(self.folded) <= VAGUE

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its readings, the likeliest first; itself where it has no sound."""
        return tuple(reading.key for reading in self.readings) or (self.folded,)


@dataclass(frozen=True, slots=True)
class Asked:
    """All words of a query, the years among them, and the keys of the whole as syllables.

    `is_idle`: something was typed, and nothing of it can be looked up.
    """

    words: tuple[AskedWord, ...]
    years: tuple[int, ...] = ()
    syllables: tuple[str, ...] = ()
    is_idle: bool = False
    exact: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a name was asked for, or what was meant as one."""
        return bool(self.words) or self.is_idle


def read(query: PeopleQuery) -> Asked:
    """Return what the name boxes of a query ask for; never raises.

    In the first box a number of four digits from 1700 to 2100 is a year; text in quotes is taken
    as typed, and so is everything where the query says so. No more than eight words of a box are
    read, of its first 200 characters.
    """
    found: list[AskedWord] = []
    years: tuple[int, ...] = ()
    idle = False
    syllables: tuple[str, ...] = ()
    if query.q:
        own, years = _read_box(query.q, with_years=True)
        idle = bool(cleaned(query.q)) and not own and not years
        found += own
        if not any(word.exact or word.pattern for word in own):
            syllables = syllable_keys(" ".join(word.folded for word in own))
    for name, role in BOXES.items():
        if text := getattr(query, name):
            own, _ = _read_box(text, with_years=False)
            idle = idle or (bool(cleaned(text)) and not own)
            found += [replace(word, role=role, piece=word.piece + 10 * role) for word in own]
            syllables = ()
    if query.exact:
        found = [replace(word, exact=True) for word in found]
        syllables = ()
    return Asked(tuple(found), years, syllables, idle, query.exact)


def _read_box(text: str, *, with_years: bool) -> tuple[list[AskedWord], tuple[int, ...]]:
    found: list[AskedWord] = []
    years: dict[int, None] = {}
    for number, (piece, quoted) in enumerate(_pieces(cleaned(text[:MAX_LENGTH]))):
        if with_years and _YEARS.fullmatch(piece):
            named = [int(year) for year in _YEAR.findall(piece)]
            if all(FIRST_YEAR <= year <= LAST_YEAR for year in named):
                years.update(dict.fromkeys(named))
                continue
        found += [replace(word, piece=number) for word in _words_of(piece, exact=quoted)]
    return found[:MAX_TOKENS], tuple(years)[:MOST_YEARS]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what stands between spaces, and whether it was quoted."""
    at = 0
    for quoted in _QUOTED.finditer(text):
        yield from ((piece, False) for piece in text[at : quoted.start()].split())
        yield from ((piece, True) for piece in quoted[1].split())
        at = quoted.end()
    yield from ((piece, False) for piece in text[at:].split())


def _words_of(piece: str, *, exact: bool) -> Iterator[AskedWord]:
    if _WILD.search(piece):
        signs = "".join(_folded_part(part) for part in re.split(r"([*?])", piece))
        pattern = re.sub(r"\*[*?]*", "*", signs)
        if len(_WILD.sub("", pattern)) >= LEAST_OF_PATTERN:
            yield AskedWord(piece, _WILD.sub("", pattern), (), pattern=pattern)
        return
    for token in parse_query(piece).tokens:
        yield AskedWord(
            token.text, token.folded, token.readings, exact=exact, initial=token.initial
        )


def _folded_part(part: str) -> str:
    return part if part in {"*", "?"} else fold(part).replace(" ", "")


def joined(one: AskedWord, other: AskedWord) -> AskedWord:
    """Return two words that stand side by side as one: Салтыков-Щедрин, Тен Го."""
    text = "-".join((one.text, other.text))
    whole = "".join(words(text))
    return replace(
        one, text=text, folded=fold(whole).replace(" ", ""), readings=readings(whole), initial=False
    )
