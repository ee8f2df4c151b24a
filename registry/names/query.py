"""What a visitor typed into the search box, as words that can be compared with names."""

from dataclasses import dataclass
from typing import Final

from registry.names.folding import cleaned, fold, words
from registry.names.keys import Reading, readings
from registry.names.scripts import script_of
from registry.names.syllables import syllable_keys

__all__ = ["MAX_LENGTH", "MAX_TOKENS", "NameQuery", "QueryToken", "parse_query"]

MAX_LENGTH: Final = 200
"""Characters of a query that are read."""
MAX_TOKENS: Final = 8
"""Words of a query that are read: a double surname, given names, a patronymic, a title."""

_ALPHABETS: Final = {"Cyrl", "Latn", "Geor", "Armn", "Hebr", "Arab"}


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One word asked for: as typed, folded, its readings, and whether it is one letter."""

    text: str
    folded: str
    readings: tuple[Reading, ...]
    initial: bool

    @property
    def keys(self) -> frozenset[str]:
        """The keys an index is asked for: `token.key IN (…)`."""
        return frozenset(reading.key for reading in self.readings)


@dataclass(frozen=True, slots=True)
class NameQuery:
    """The words of one query, in the order they were typed.

    `syllables` are the keys of the whole, where it reads as a Chinese, Korean or Japanese
    name: such names part, join and vary as wholes.
    """

    tokens: tuple[QueryToken, ...]
    syllables: tuple[str, ...] = ()


def parse_query(text: str) -> NameQuery:
    """Return the first eight words of the first 200 characters of `text`; never raises.

    NUL, control characters and lone surrogates are removed, look-alike letters mended,
    `О.Э.` is two initials, hyphened words are their halves. A query of signs alone has no
    words, and finds nothing.
    """
    found = (query_token(word) for word in words(cleaned(text[:MAX_LENGTH])))
    known = tuple(token for token in found if token.folded)[:MAX_TOKENS]
    return NameQuery(known, syllable_keys(" ".join(token.folded for token in known)))


def query_token(word: str) -> QueryToken:
    """Return one word of `words` as a token: an initial if it is one letter of an alphabet."""
    folded = fold(word)
    initial = len(folded) == 1 and script_of(folded) in _ALPHABETS
    return QueryToken(word, folded, readings(word), initial)
