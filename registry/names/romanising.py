"""Names in Latin letters for display; what is compared is made elsewhere (`keys`)."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

from anyascii import anyascii

from registry.names.loading import rows
from registry.names.scripts import script_of
from registry.names.transducing import transducer

__all__ = ["romanise"]

_CHAINS: Final = {"ru": "ru general", "uk": "uk general ru", "be": "be ru general"}
_PIECES: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7'’ʼ])+")
_LATIN: Final = "Latn"


def romanise(text: str, *, language: str = "ru") -> str:
    """Return `text` with every word in Latin letters, its case and punctuation kept.

    Russian ("ru", and every language not named here) by BGN/PCGN 1947 simplified, Ukrainian
    ("uk") by resolution 55 of 2010, Belarusian ("be"); letters of other Cyrillic alphabets,
    Georgian (2002), Armenian (BGN/PCGN 1981) and Yiddish (YIVO) by `tables/romanising.tsv`; any
    other script by anyascii. Latin words stay as they are. Never raises.
    """
    write = _writer(_CHAINS.get(language, _CHAINS["ru"]))
    composed = unicodedata.normalize("NFC", text)
    return _PIECES.sub(lambda piece: _word(piece[0], write), composed)


@cache
def _writer(chain: str) -> Callable[[str], str]:
    return transducer(
        (pattern, output)
        for wanted in chain.split()
        for name, pattern, output in rows("romanising")
        if name == wanted
    )


def _word(word: str, write: Callable[[str], str]) -> str:
    if script_of(word) == _LATIN:
        return word
    small = word.lower()
    written = write(small)
    latin = "".join(char if script_of(char) == _LATIN else anyascii(char) for char in written)
    if word == small or not latin:
        return latin
    if word == word.upper() and len(word) > 1:
        return latin.upper()
    return latin[0].upper() + latin[1:] if word[0] != small[0] else latin
