"""Which script a text is written in, and letters of one alphabet typed in place of another's."""

from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache

from registry.names.loading import rows

__all__ = ["UNKNOWN", "mend_lookalikes", "script_of"]

UNKNOWN = "Zyyy"
"""The code of ISO 15924 for what belongs to no one script: digits, signs, other scripts."""


@lru_cache(maxsize=65536)
def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script most letters of `text` are in.

    One of Cyrl, Latn, Geor, Armn, Hebr, Arab, Mong, Hang, Hani; Zyyy where no letter is of
    these. Of two scripts with as many letters the one that comes first in the text is named.
    The ranges are those of the Unicode blocks (`tables/scripts.tsv`).
    """
    counts = Counter(script for script in map(_script_of_letter, text) if script != UNKNOWN)
    return counts.most_common(1)[0][0] if counts else UNKNOWN


@lru_cache(maxsize=8192)
def mend_lookalikes(token: str) -> str:
    """Return one word with the letters of a wrong alphabet put right: Hиколай → Николай.

    In a word of mixed Cyrillic and Latin letters, those letters decide that exist in one of
    the two alphabets only; where they are as many on both sides, all letters. A word whose
    letters could all be either is left as it is, and so is one in which a letter has no
    counterpart that looks like it: a word is mended whole or not at all. Case: typists and
    text recognition in Books of Memory (`Hиколай` with a Latin H, in `domain.md`).
    """
    scripts = [_script_of_letter(letter) for letter in token]
    if "Cyrl" not in scripts or "Latn" not in scripts:
        return token
    to_cyrillic, to_latin = _lookalikes()
    certain = Counter(
        script
        for letter, script in zip(token, scripts, strict=True)
        if letter not in to_cyrillic and letter not in to_latin
    )
    votes = certain if certain["Cyrl"] != certain["Latn"] else Counter(scripts)
    if not (certain["Cyrl"] or certain["Latn"]) or votes["Cyrl"] == votes["Latn"]:
        return token
    wrong, table = ("Latn", to_cyrillic) if votes["Cyrl"] > votes["Latn"] else ("Cyrl", to_latin)
    mended = [
        table.get(letter) if script == wrong else letter
        for letter, script in zip(token, scripts, strict=True)
    ]
    return token if None in mended else "".join(map(str, mended))


@cache
def _blocks() -> tuple[list[int], list[tuple[int, str]]]:
    blocks = sorted((int(first, 16), int(last, 16), code) for first, last, code in rows("scripts"))
    return [first for first, _, _ in blocks], [(last, code) for _, last, code in blocks]


@lru_cache(maxsize=8192)
def _script_of_letter(letter: str) -> str:
    if not letter.isalpha():
        return UNKNOWN
    starts, ends = _blocks()
    at = bisect_right(starts, ord(letter)) - 1
    last, code = ends[at]
    return code if at >= 0 and ord(letter) <= last else UNKNOWN


@cache
def _lookalikes() -> tuple[dict[str, str], dict[str, str]]:
    pairs = [(latin, cyrillic) for latin, cyrillic in rows("lookalikes")]
    return dict(pairs), {c: latin for latin, c in pairs}
