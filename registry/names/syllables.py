"""Chinese, Korean and Japanese names in Cyrillic: names of syllables, which join, part and vary.

«Лю Тен Го» is «Лю Тен Га» elsewhere, «Пу Жин-Чжоу» is «Пу Жинчжоу», «Огай Сан Нюр» is «О Сан
Нюр». Such a name is compared as a whole, syllable by syllable. Not in here: what a syllable means,
and which of the three traditions a name is of, which Cyrillic rarely tells.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from registry.names.folding import tokens
from registry.names.given import given_names
from registry.names.keys import key
from registry.names.loading import rows

__all__ = ["Syllable", "syllable_distance", "syllable_keys", "syllables"]

_VOWELS: Final = "аеёиоуыэюя"
_SOFT: Final = frozenset("еёиюя")
_PATRONYMIC: Final = ("ич", "вна", "чна", "іч", "ўна")
"""Endings of nearly every other name there is, which need not be looked at."""
_CANDIDATE: Final = re.compile("[а-я]{1,12}(?: [а-я]{1,12}){1,4}|[a-z]{1,12}(?: [a-z]{1,12}){1,3}")
_MOST: Final = 5
"""Syllables of a Chinese or Korean name: a family name, two of one's own, and one to spare."""
_MORAS: Final = range(4, 13)
_RUSSIAN: Final = re.compile("(?:[ое]в|ова|ева|ина|ая|ко|вна)$")
"""Endings of names of other traditions that fall into moras as well: Примерова, Пономаренко."""
_NOMINATIVE: Final = re.compile(f"(?<=[{_VOWELS}][нмрлкгпб])и$")
"""The Korean -и that went into the papers with the name: Уни for Ун."""
_GAI: Final = "гай"
"""What Koreans of the USSR added to a family name that ends in a vowel: Огай for О."""
_WEIGHTS: Final = (0.45, 0.3, 0.25)
_NEAR: Final = 0.4
"""What onsets, nuclei or codas of one class cost, where different ones cost 1."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable: as written, onset, nucleus and coda the same in every system, their classes."""

    text: str
    parts: tuple[str, str, str]
    classes: tuple[str, str, str]

    @property
    def key(self) -> str:
        """The syllable in letters a to z."""
        return "".join(self.parts)


def syllables(name: str) -> tuple[Syllable, ...]:
    """Return the syllables of a whole name that is Chinese, Korean or Japanese, else nothing.

    Chinese and Korean: two to five syllables, each a word or the half of one, or after a
    family name also two joined. Japanese: two words that fall into moras. A name with a
    given name of another tradition (Ким Семён) or a patronymic is none of them. Pinyin and
    Hepburn are read too.
    """
    return () if name.endswith(_PATRONYMIC) else _of_name(name)


@lru_cache(maxsize=16384)
def _of_name(name: str) -> tuple[Syllable, ...]:
    folded = " ".join(tokens(name))
    if not _CANDIDATE.fullmatch(folded):
        return ()
    words = folded.split()
    if folded.isascii():
        words = _from_latin(words, "syllables-chinese") or _from_latin(words, "syllables-japanese")
    if not words or any(_is_given(word) for word in words):
        return ()
    return _continental(words) or _japanese(words)


def syllable_keys(name: str) -> tuple[str, ...]:
    """Return the keys under which the spellings of a name of syllables meet, else nothing.

    First that of the whole name, however it is parted; then one with each syllable left out
    in turn, so that two names of which one syllable differs share one; last the classes of
    the consonants. They begin with a sign, which no key of `keys` does.
    """
    found = syllables(name)
    if not found:
        return ()
    own = [one.key for one in found]
    left_out = ["*" + "-".join([*own[:at], "", *own[at + 1 :]]) for at in range(len(own))]
    if len(own) == 2:
        left_out.clear()  # one syllable says too little by itself
    heard = "~" + "-".join(one.classes[0] + one.classes[2] for one in found)
    return ("=" + "".join(own), *left_out, heard)


def syllable_distance(one: Syllable, other: Syllable) -> float:
    """Return how far two syllables are apart, 0 (one key) to 1."""
    cost = 0.0
    for at, weight in enumerate(_WEIGHTS):
        if one.parts[at] != other.parts[at]:
            cost += weight * (_NEAR if one.classes[at] == other.classes[at] else 1)
    return cost


def _is_given(word: str) -> bool:
    """Whether a word is a given name of another tradition, and no syllable: Сергей, not Хуан."""
    return len(word) > 3 and word not in _family_names() and bool(given_names(key(word)))


def _continental(words: list[str]) -> tuple[Syllable, ...]:
    """Return the syllables of a Chinese or Korean name."""
    known = words[0] in _family_names()
    family = words[0].removesuffix(_GAI) if known and len(words[0]) > len(_GAI) else words[0]
    found = [_parted(family), *(_parted(_NOMINATIVE.sub("", word)) for word in words[1:])]
    counts = [len(own) for own in found]
    joined = max(counts) > 1
    if not all(counts) or counts[0] > 1 or sum(counts) > _MOST:
        return ()
    if joined and (not known or max(counts) > 2):
        return ()
    return tuple(one for own in found for one in own)


@cache
def _family_names() -> frozenset[str]:
    """Return what may begin a name: every Chinese syllable, every Korean family name."""
    chinese = {f"{cyrillic} {others}" for _, cyrillic, others in rows("syllables-chinese")}
    korean = {spellings.lower() for _, spellings in rows("syllables-korean")}
    return frozenset(word for text in chinese | korean for word in text.split())


@lru_cache(maxsize=16384)
def _parted(word: str) -> tuple[Syllable, ...]:
    """Part a word into syllables; one that does not fall into syllables has none."""
    pattern = _one_syllable()
    found = []
    at = 0
    while at < len(word):
        match = pattern.match(word, at)
        if match is None:
            return ()
        found.append(_syllable(*match.groups("")))
        at = match.end()
    return tuple(found)


def _syllable(onset: str, nucleus: str, coda: str) -> Syllable:
    parts = _parts()
    begins = parts["onset"].get(onset, ("", ""))
    if nucleus[0] in _SOFT:
        begins = parts["soft"].get(onset, begins)
    middle = parts["nucleus"][nucleus]
    ends = parts["coda"].get(coda, ("", ""))
    return Syllable(
        onset + nucleus + coda,
        (begins[0], middle[0], ends[0]),
        (begins[1], middle[1], ends[1]),
    )


@cache
def _parts() -> dict[str, dict[str, tuple[str, str]]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for part, spelling, own, kind in rows("syllables"):
        found.setdefault(part, {})[spelling] = (own, kind)
    return found


@cache
def _one_syllable() -> re.Pattern[str]:
    parts = _parts()
    onset, nucleus, coda = (_any_of(parts[part]) for part in ("onset", "nucleus", "coda"))
    # A consonant before a vowel begins the next syllable.
    return re.compile(f"({onset})?({nucleus})(?:({coda})(?![{_VOWELS}]))?")


def _any_of(texts: Collection[str]) -> str:
    return "|".join(sorted(texts, key=lambda text: (-len(text), text)))


def _japanese(words: list[str]) -> tuple[Syllable, ...]:
    """Return the moras of a Japanese name."""
    if len(words) != 2 or any(_RUSSIAN.search(word) for word in words):
        return ()
    found = [_moras(word) for word in words]
    both = tuple(one for own in found for one in own)
    return both if min(map(len, found)) > 1 and len(both) in _MORAS else ()


@lru_cache(maxsize=16384)
def _moras(word: str) -> tuple[Syllable, ...]:
    """Part a word into moras; a doubled consonant and a long vowel are not written."""
    spellings = _spellings()
    found: list[Syllable] = []
    for text in _split(re.sub(r"([кстпм])\1", r"\1", word), spellings):
        roman = spellings[text]
        onset, nucleus, coda = ("", "", "n") if roman == "n" else (roman[:-1], roman[-1], "")
        if found and not onset and nucleus and nucleus == found[-1].parts[1]:
            continue
        heard = _parts()["mora"].get(onset, ("", ""))[1]
        found.append(Syllable(text, (onset, nucleus, coda), (heard, nucleus, coda)))
    return tuple(found)


@cache
def _spellings() -> dict[str, str]:
    """Return the mora in Hepburn of each spelling; that of Polivanov's system has it first."""
    table = rows("syllables-japanese")
    usual = {cyrillic: roman for roman, cyrillic, _ in table}
    others = {other: roman for roman, _, texts in table for other in texts.split()}
    return others | usual


def _from_latin(words: list[str], table: str) -> list[str]:
    """Return words in pinyin or Hepburn in Cyrillic letters, nothing if one is not in it."""
    written = {roman: cyrillic for roman, cyrillic, _ in rows(table)}
    found = [[written[text] for text in _split(word, written)] for word in words]
    return ["".join(own) for own in found] if all(found) else []


def _split(word: str, pieces: Collection[str]) -> list[str]:
    """Return the word as pieces, the longest first; nothing if it does not fall into them."""
    for length in range(min(len(word), 6), 0, -1):
        if word[:length] in pieces:
            if length == len(word):
                return [word]
            if rest := _split(word[length:], pieces):
                return [word[:length], *rest]
    return []
