"""The words of one name row as an index stores them, one row for each way a word is read."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from registry.names.folding import cleaned, fold, words
from registry.names.keys import readings
from registry.names.syllables import syllable_keys

__all__ = ["MAX_STORED", "NameToken", "Role", "name_tokens"]

Role = Literal["family", "given", "patronymic", "full", "syllables"]

MAX_STORED: Final = 200
"""Letters of a folded word and of a key that are stored: the width of the index columns."""

_HYPHENS: Final = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))


@dataclass(frozen=True, slots=True)
class NameToken:
    """One word of a name in one reading. `text` is as printed; a word without sound has no key."""

    role: Role
    text: str
    folded: str
    key: str


def name_tokens(
    family: str = "", given: str = "", patronymic: str = "", full: str = ""
) -> list[NameToken]:
    """Return what the index stores for one name row, no row twice, in the order of the name.

    A word has as many rows as readings: one for most Cyrillic words, up to five for a Latin one,
    so that `token.key IN (keys of the query token)` finds Qayıbova by Гаибова and back. A
    hyphened name gives its halves and the joined form (`чобан`, `заде`, `чобанзаде`). Words of
    `full` come with the role "full" where no part has them. Folded forms and keys are cut
    to 200 letters. A Chinese, Korean or Japanese name has a row with the role "syllables"
    for each of its `syllable_keys` besides.
    """
    parts: tuple[tuple[Role, str], ...] = (
        ("family", family),
        ("given", given),
        ("patronymic", patronymic),
    )
    found = {token: None for role, text in parts for token in _tokens(role, text)}
    known = {token.folded for token in found}
    printed = {piece for _, text in parts for piece in text.split()}
    more = " ".join(piece for piece in full.split() if piece not in printed)
    rest = (token for token in _tokens("full", more) if token.folded not in known)
    whole = f"{family} {given} {patronymic}" if family and given else full
    return list(found | dict.fromkeys((*rest, *_of_syllables(cleaned(whole)))))


def _of_syllables(name: str) -> list[NameToken]:
    if not (keys := syllable_keys(name)):
        return []
    folded = fold(name).replace(" ", "")[:MAX_STORED]
    return [NameToken("syllables", name, folded, key[:MAX_STORED]) for key in keys]


@lru_cache(maxsize=65536)
def _tokens(role: Role, text: str) -> tuple[NameToken, ...]:
    found: list[NameToken] = []
    for piece in cleaned(text).translate(_HYPHENS).split():
        halves = words(piece)
        joined = ["-".join(halves)] if "-" in piece.strip("-") and len(halves) > 1 else []
        for word in halves + joined:
            found.extend(_readings_of(role, word))
    return tuple(found)


def _readings_of(role: Role, word: str) -> list[NameToken]:
    folded = fold(word).replace(" ", "")[:MAX_STORED]
    keys = [reading.key[:MAX_STORED] for reading in readings(word)] or [""]
    return [NameToken(role, word, folded, key) for key in keys] if folded else []
