"""Names as plain letters: what is left when case, accents, apostrophes and marks are set aside.

The pipeline, in order: (1) what cannot be printed is removed, (2) apostrophes are removed,
(3) Unicode NFKC, (4) cutting into words at all that is no letter, mark or digit, (5) letters of
the wrong alphabet are mended, (6) casefold, (7) accents and `tables/letters.tsv`. No sound is
judged here (`keys`), no spelling corrected, no alphabet changed.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from registry.names.loading import rows
from registry.names.scripts import mend_lookalikes

__all__ = ["cleaned", "fold", "spellings", "tokens", "words"]

_UNPRINTABLE = {"Cc", "Cs", "Cf", "Co", "Cn"}
_APOSTROPHES = re.compile("['’‘‛ʼʻʽʾʿˈ`´′″ʹʺ＇\"״׳ˮꞌ]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]+"
)
_KEEP_COMPOSED = frozenset("йўїќѓ")
_FOLDED_WORD = "(?:[абвгдежзийклмнопрстуфхцчшщъыьэюяєіїў]+|[a-z]+)"
_FOLDED = re.compile(f"{_FOLDED_WORD}(?: {_FOLDED_WORD})*")
"""Small letters that folding leaves as they are: nearly every name there is."""
_ONE_WORD = re.compile("[А-Яа-яЁёІіЇїЄєЎўҐґ]+|[A-Za-z]+")


def cleaned(text: str) -> str:
    """Return `text` without NUL, control and format characters, surrogates and the unassigned.

    Line breaks and tabs become spaces, runs of white space one space; the ends are bare.
    """
    if not text.isprintable():
        kept = (
            " " if char.isspace() else char
            for char in text
            if char.isspace() or unicodedata.category(char) not in _UNPRINTABLE
        )
        text = "".join(kept)
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """Return the words of `text` with their case and accents, as (1) to (5) leave them.

    A hyphen or dash, a full stop and a bracket part words: `О.Э.` is two, `Салтыков-Щедрин`
    is two (`name_tokens` has the joined form too). Apostrophes do not: `Валер'ян` is one.
    """
    if _ONE_WORD.fullmatch(text):
        return [text]
    bare = _APOSTROPHES.sub("", cleaned(text))
    normal = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", bare))
    return [mend_lookalikes(word) for word in normal.translate(_PARTING).split()]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` as folded words with one space between them: what "typed the same" means.

    Idempotent. ё becomes е and ґ г (print rarely tells them apart, `tables/letters.tsv` has
    the reasons), й, ў, і, ї, є stay letters of their own (the key joins what sounds alike);
    ł, ß, ø, đ, ı, ə become plain letters, accents and vowel points fall, hyphens and
    dashes become spaces, apostrophes of every kind nothing.
    """
    small = text.lower().replace("ё", "е")
    if _FOLDED.fullmatch(small):
        return small
    return _joined(_fold_word(word) for word in spellings(text))


def tokens(text: str) -> list[str]:
    """Return the folded words of `text`, in their order."""
    return fold(text).split()


def spellings(text: str) -> list[str]:
    """Return the words of `text` in small letters with the accents that `fold` takes away.

    For `keys`: č and c, ł and l are different sounds, however alike they are as letters.
    """
    return [unicodedata.normalize("NFC", word.casefold()) for word in words(text)]


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    """Fold one word until folding changes nothing; rarely, it falls into several."""
    folded = _fold_letters(word)
    while (again := _joined(_fold_letters(own) for own in spellings(folded))) != folded:
        folded = again
    return folded


def _fold_letters(word: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", word.translate(_FOLDING)))


def _joined(folded: Iterable[str]) -> str:
    return " ".join(word for word in folded if word)


class _Parting(dict[int, str]):
    """For `str.translate`: what is no letter, mark or digit becomes a space. Filled as met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if unicodedata.category(char)[0] in "LMN" else " "
        return self[code]


class _Folding(dict[int, str]):
    """For `str.translate`: each letter as `fold` leaves it. Filled as met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = _bare(_letters().get(char, char))
        return self[code]


_PARTING = _Parting()
_FOLDING = _Folding()


def _bare(letters: str) -> str:
    if letters in _KEEP_COMPOSED:
        return letters
    plain = _MARKS.sub("", unicodedata.normalize("NFD", letters))
    return unicodedata.normalize("NFC", plain)


@cache
def _letters() -> dict[str, str]:
    return {letter: folded for letter, folded in rows("letters")}  # noqa: C416 - pairs for mypy
