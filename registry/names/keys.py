"""How a name sounds, written so that Мандельштам, Mandelshtam and Mandelsztam are one key.

A key is a word of the sounds in `tables/sounds.tsv`, each one letter of a to z. What people write
in different ways is one sound: ы, и, і, й; э, е, є, ё; г, ґ; doubled letters; ь and ъ; iotation
before е; тс and ц; сч, шч and щ; о and ё after ж, ч, ш, щ. What they hear differently stays
different: voiced and voiceless, о and а, ш and щ.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from anyascii import anyascii

from registry.names.folding import fold, spellings
from registry.names.loading import rows
from registry.names.scripts import UNKNOWN, script_of
from registry.names.transducing import transducer

__all__ = ["MAX_READINGS", "Reading", "key", "key_as", "readings"]

MAX_READINGS: Final = 5
"""So many keys a word has at most: each is a value in an IN of every search."""

_SCRIPTS: Final = {
    "Cyrl": (("cyrillic", "cyrillic"),),
    "Geor": (("georgian", "georgian"), ("georgian", "georgian_f georgian")),
    "Armn": (("armenian", "armenian"), ("armenian", "armenian_h armenian")),
    "Hebr": (("yiddish", "yiddish"), ("hebrew", "hebrew yiddish")),
}
_PLAIN_LATIN: Final = "english base"
_FIRST: Final = {script: ways[0][1] for script, ways in _SCRIPTS.items()} | {"Latn": _PLAIN_LATIN}
_PLAIN: Final = re.compile("[абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїўґ]+|[a-z]+")
"""Small letters of which nothing is folded, mended or parted: nearly every word there is."""
_GENERAL: Final = (("general", _PLAIN_LATIN),)
_NOT_SOUNDS: Final = re.compile("[^a-z]+")
_DOUBLED: Final = re.compile(r"(.)\1+")
_UNSETTLED: Final = re.compile(r"(.)\1|t[scq]|[ws]q|ie|[jqwyc]i[aou]|[jqwy]o")
_SETTLING: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("t[sc]", "c"),  # Троцкий, Trotsky, Trotckii; Сац, Sats, Satz
        ("tq", "q"),  # Хатчатурян
        ("[ws]q", "y"),  # Щ, szcz, schtsch; Счастливцев, Щастливцев
        ("i+(?=e)", ""),  # Zinoviev, Zinovyev, Зиновьев; Yegorov, Егоров
        ("(?<=[jqwyc])i(?=[aou])", ""),  # Ščjukin, Щукин; Чюрлёнис, Чурлёнис
        ("(?<=[jqwy])o", "e"),  # Хрущов, Хрущёв; Горбачов, Gorbatschow
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word aloud: its key, and the orthography it was read in."""

    key: str
    scheme: str


@lru_cache(maxsize=65536)
def key(token: str) -> str:
    """Return the one key of a folded or unfolded word, of letters a to z, empty if none sounds.

    Cyrillic of every language is read by one table. Latin is read as plain English without
    accents: what it may be besides is told by `readings`. `key(fold(x)) == key(x)`.
    """
    return _key_by(fold(token), _FIRST)


def key_as(token: str, orthography: str) -> str:
    """Return the key of a word whose Latin orthography is known: rule sets of `sounds.tsv`."""
    return _key_by(_spelled(token), {**_FIRST, "Latn": f"{orthography} base"})


@lru_cache(maxsize=65536)
def readings(token: str) -> tuple[Reading, ...]:
    """Return the readings of one word, the likeliest first, at most five, no key twice.

    A Cyrillic word has one (scheme "cyrillic"), one with Ukrainian or Belarusian letters also
    those that Russian has for it (Білоус, Белоус). Georgian, Armenian and Hebrew letters one or
    two, any other script one through a general romanisation ("general"). A Latin word is read
    in the orthographies of `tables/schemes.tsv` that its letters allow: english (BGN/PCGN,
    ALA-LC, passports), ukrainian, polish, german, scientific (ISO 9, Czech, Latvian), gost,
    french, turkic, dutch, scandinavian, hungarian, finnish. Halves of a hyphened word are read as
    joined. A word without sounds (digits) has none.
    """
    word = _spelled(token)
    found: dict[str, str] = {}
    for scheme, sets in _ways(word):
        sounds = _key_by(word, sets)
        if sounds:
            found.setdefault(sounds, scheme)
        if len(found) == MAX_READINGS:
            break
    return tuple(Reading(sounds, scheme) for sounds, scheme in found.items())


def _spelled(token: str) -> str:
    small = token.lower()
    return small if _PLAIN.fullmatch(small) else "".join(spellings(token))


def _ways(word: str) -> Iterator[tuple[str, dict[str, str]]]:
    script = script_of(word)
    known = _SCRIPTS.get(script, () if script == "Latn" else _GENERAL)
    for scheme, sets in (*known, *_open_ways(word, script)):
        yield scheme, {**_FIRST, script: sets}


def _open_ways(word: str, script: str) -> Sequence[tuple[str, str]]:
    """Return the ways of `schemes.tsv` a word may be read in, those whose mark it has first."""
    ways = _schemes().get(script, ())
    fitting = [way for way in ways if way.gate(word) and not way.avoids(word)]
    return [(way.scheme, way.sets) for way in sorted(fitting, key=lambda way: not way.mark(word))]


@dataclass(frozen=True, slots=True)
class _Way:
    scheme: str
    sets: str
    gate: Callable[[str], object]
    mark: Callable[[str], object]
    avoids: Callable[[str], object]


@cache
def _schemes() -> dict[str, tuple[_Way, ...]]:
    never = "(?!)"
    found: dict[str, tuple[_Way, ...]] = {}
    for scheme, sets, gate, mark, avoids in rows("schemes"):
        way = _Way(
            scheme,
            sets,
            re.compile(gate).search,
            re.compile(mark or never).search,
            re.compile(avoids or never).search,
        )
        script = "Latn" if sets.endswith("base") else "Cyrl"
        found[script] = (*found.get(script, ()), way)
    return found


@cache
def _sounds(sets: str) -> tuple[Callable[[str], str], frozenset[str]]:
    """Return the transducer of the named rule sets, and the accented letters they know."""
    rules = [
        (pattern, sounds)
        for wanted in sets.split()
        for name, pattern, sounds in rows("sounds")
        if name == wanted
    ]
    known = frozenset(char for pattern, _ in rules for char in pattern if char > "\x7f")
    return transducer(rules), known


def _key_by(word: str, sets: dict[str, str]) -> str:
    if _PLAIN.fullmatch(word):
        spoken, _ = _sounds(sets["Latn" if word < "\x80" else "Cyrl"])
        return _settled(_NOT_SOUNDS.sub("", spoken(word)))
    return _settled("".join(_spoken(run, script, sets) for script, run in _runs(word)))


def _runs(word: str) -> Iterator[tuple[str, str]]:
    """Part a word where its script changes; marks stay with the letter before them."""
    script = UNKNOWN
    labelled = []
    for char in word:
        script = script if unicodedata.category(char)[0] == "M" else script_of(char)
        labelled.append((script, char))
    for name, run in groupby(labelled, key=lambda pair: pair[0]):
        yield name, "".join(char for _, char in run)


def _spoken(run: str, script: str, sets: dict[str, str]) -> str:
    if script not in _SCRIPTS and script != "Latn":
        run, script = anyascii(run).lower(), "Latn"
    spoken, known = _sounds(sets.get(script, _PLAIN_LATIN))
    plain = "".join(char if char < "\x80" or char in known else fold(char) for char in run)
    return _NOT_SOUNDS.sub("", spoken(plain))


def _settled(sounds: str) -> str:
    if not _UNSETTLED.search(sounds):
        return sounds
    settled = _DOUBLED.sub(r"\1", sounds)
    for pattern, sound in _SETTLING:
        settled = pattern.sub(sound, settled)
    return _DOUBLED.sub(r"\1", settled)
