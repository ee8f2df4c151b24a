"""How well a word or a name answers what was asked, with the reason why."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from registry.names.deriving import patronymic_equivalents
from registry.names.folding import words
from registry.names.given import equivalents
from registry.names.indexing import Role
from registry.names.keys import Reading
from registry.names.parts import NameParts
from registry.names.query import NameQuery, QueryToken, query_token
from registry.names.syllables import syllable_distance, syllables

__all__ = ["Kind", "NameMatch", "TokenMatch", "match_name", "match_token"]

Kind = Literal["exact", "reading", "equivalent", "syllable", "prefix", "reading-prefix", "initial"]

_MAX_WORDS: Final = 12
"""Words of a name that are compared; more is a sentence, and costs 2 to its power."""
_SHORTEST_PREFIX: Final = 2
# Whole words before parts of words, what is written before what is heard; a prefix is worth the
# more the more of the word it is, and is never worth a whole word.
_SCORES: Final[dict[Kind, float]] = {
    "exact": 1.0,
    "reading": 0.95,
    "equivalent": 0.85,
    "syllable": 0.8,
    "prefix": 0.6,
    "reading-prefix": 0.5,
    "initial": 0.45,
}
_PREFIX_GAIN: Final = 0.2
_FARTHEST: Final = 0.45
"""How far apart syllables may be that are still one; in a name one may be as far as it likes."""
_COVERAGE: Final = 0.1
"""What of the score is lost when a name has words that were not asked for."""

_Place = tuple[int, QueryToken, Role]
"""The bits of the words of a name that are taken up, what is compared, and which part it is."""


@dataclass(frozen=True, slots=True)
class TokenMatch:
    """Why one word answers another: the kind, a score in 0..1, the orthography it was read in."""

    kind: Kind
    score: float
    scheme: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Why a name answers a query: a score in 0..1, a reason for each word of the query in turn."""

    score: float
    reasons: tuple[TokenMatch, ...]


def match_token(query: QueryToken, name_token: str) -> TokenMatch | None:
    """Return how `name_token`, one word of a name as printed, answers one word asked, or None.

    Of several reasons the best: exact (folded equal), reading (one key, in which scheme),
    equivalent (a form of one given name or patronymic: `given`, `deriving`), prefix and
    reading-prefix (two letters at least), initial (either side is one letter).
    """
    return _best(query, _name_word(name_token), role="full")


def match_name(query: NameQuery, parts: NameParts) -> NameMatch | None:
    """Return how a name answers a query, or None where a word of the query finds no place.

    Each word asked takes a word of the name of its own, in any order; of all ways the best
    is taken. Hyphened names answer by halves and joined, given names and patronymics also
    by equivalents.
    The score is the mean of the words', less up to a tenth for words not asked for. A name
    asked in full as printed scores 1. An empty query answers nothing. A Chinese, Korean or
    Japanese name answers as a whole, too: the syllables in their order, each near to the one
    asked, and one of three at most another.
    """
    if not query.tokens:
        return None
    places, count = _places(parts)
    found = _assign([_answers(token, places) for token in query.tokens])
    if found is None:
        return _by_syllables(query, parts) if query.syllables else None
    used, reasons = found
    mean = sum(reason.score for reason in reasons) / len(reasons)
    covered = used.bit_count() / count
    return NameMatch(mean * (1 - _COVERAGE + _COVERAGE * covered), reasons)


def _by_syllables(query: NameQuery, parts: NameParts) -> NameMatch | None:
    asked = syllables(" ".join(token.folded for token in query.tokens))
    own = syllables(f"{parts.family} {parts.given} {parts.patronymic}")
    if len(asked) != len(own):
        return None
    far = [syllable_distance(one, other) for one, other in zip(asked, own, strict=True)]
    if sum(distance > _FARTHEST for distance in far) > (1 if len(far) > 2 else 0):
        return None
    score = _SCORES["syllable"] * (1 - sum(far) / len(far))
    whole = TokenMatch("syllable", score, "")
    return NameMatch(score, (whole,) * len(query.tokens))


@lru_cache(maxsize=65536)
def _name_word(text: str) -> QueryToken:
    return query_token("".join(words(text)))


def _best(query: QueryToken, name: QueryToken, *, role: Role) -> TokenMatch | None:
    if not query.folded or not name.folded:
        return None
    if query.folded == name.folded:
        return TokenMatch("exact", _SCORES["exact"], "")
    if query.initial or name.initial:
        return _initial(query, name)
    if same := _same_key(query, name):
        return TokenMatch("reading", _SCORES["reading"], same)
    if role != "family" and (scheme := _equivalent(query, name, role)):
        return TokenMatch("equivalent", _SCORES["equivalent"], scheme)
    return _prefix(query, name)


def _same_key(query: QueryToken, name: QueryToken) -> str | None:
    schemes = {reading.key: reading for reading in name.readings}
    for reading in query.readings:
        if other := schemes.get(reading.key):
            return _scheme(reading, other)
    return None


def _equivalent(query: QueryToken, name: QueryToken, role: Role) -> str | None:
    for reading in query.readings:
        others = equivalents(reading.key) if role != "patronymic" else frozenset[str]()
        if role != "given":
            others |= patronymic_equivalents(reading.key)
        for other in name.readings:
            if other.key in others:
                return _scheme(reading, other)
    return None


def _initial(query: QueryToken, name: QueryToken) -> TokenMatch | None:
    """Match one letter with the first of a word, as written or as it sounds: Я. and Yakov."""
    if query.folded[0] == name.folded[0]:
        return TokenMatch("initial", _SCORES["initial"], "")
    short, long = (query, name) if query.initial else (name, query)
    for reading in short.readings:
        for other in long.readings:
            if other.key.startswith(reading.key):
                return TokenMatch("initial", _SCORES["initial"], _scheme(reading, other))
    return None


def _prefix(query: QueryToken, name: QueryToken) -> TokenMatch | None:
    if len(query.folded) >= _SHORTEST_PREFIX and name.folded.startswith(query.folded):
        share = len(query.folded) / len(name.folded)
        return TokenMatch("prefix", _SCORES["prefix"] + _PREFIX_GAIN * share, "")
    for reading in query.readings:
        for other in name.readings:
            if len(reading.key) >= _SHORTEST_PREFIX and other.key.startswith(reading.key):
                share = len(reading.key) / len(other.key)
                score = _SCORES["reading-prefix"] + _PREFIX_GAIN * share
                return TokenMatch("reading-prefix", score, _scheme(reading, other))
    return None


def _scheme(query: Reading, name: Reading) -> str:
    """Return the scheme worth telling: the Latin one, that of the query before the name's."""
    return query.scheme if query.scheme != "cyrillic" else name.scheme


def _places(parts: NameParts) -> tuple[list[_Place], int]:
    """Return the words of a name, each with the bits of the words it takes up, and their count.

    A joined form takes up the words it is made of.
    """
    found: list[_Place] = []
    count = 0
    named: tuple[tuple[str, Role], ...] = (
        (parts.family, "family"),
        (parts.given, "given"),
        (parts.patronymic, "patronymic"),
    )
    for text, role in named:
        for piece in text.split():
            halves = words(piece)[: _MAX_WORDS - count]
            found += [(1 << (count + at), _name_word(half), role) for at, half in enumerate(halves)]
            if len(halves) > 1:
                mask = ((1 << len(halves)) - 1) << count
                found.append((mask, _name_word("".join(halves)), role))
            count += len(halves)
    return [place for place in found if place[1].folded], count


def _answers(query: QueryToken, places: list[_Place]) -> list[tuple[int, TokenMatch]]:
    found = ((mask, _best(query, word, role=role)) for mask, word, role in places)
    return [(mask, match) for mask, match in found if match]


def _assign(
    options: list[list[tuple[int, TokenMatch]]],
) -> tuple[int, tuple[TokenMatch, ...]] | None:
    """Return the words taken and the reasons of the best assignment, by the sum of scores."""
    best: dict[int, tuple[float, tuple[TokenMatch, ...]]] = {0: (0.0, ())}
    for choices in options:
        step: dict[int, tuple[float, tuple[TokenMatch, ...]]] = {}
        for used, (score, reasons) in best.items():
            for mask, match in choices:
                if not used & mask and score + match.score > step.get(used | mask, (-1.0, ()))[0]:
                    step[used | mask] = (score + match.score, (*reasons, match))
        best = step
    if not best:
        return None
    used, (_, reasons) = max(best.items(), key=lambda item: (item[1][0], item[0].bit_count()))
    return used, reasons
