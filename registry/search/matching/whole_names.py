"""Names compared as wholes: those of syllables, and those of more words than a name has parts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from registry.models import Entry, EntryName, Source, SourceStatus, Standing, WordRole
from registry.names import (
    NameParts,
    NameQuery,
    QueryToken,
    TokenMatch,
    match_name,
    split_full,
)
from registry.search.index.rows import ask, numbers

from .asked_forms import Candidate
from .asking import AskedWord
from .known import Answer

ENTRY, NAME, SOURCE = (f'"{model._meta.db_table}"' for model in (Entry, EntryName, Source))
SAME_SYLLABLES = 0.8
"""What `match_name` gives to syllables that are all the same."""
PARTS = {
    WordRole.FAMILY: "family",
    WordRole.GIVEN: "given",
    WordRole.PATRONYMIC: "patronymic",
}

NameRow = tuple[int, str, str, str, str, str]
"""The person, the kind of the name, its parts, the whole."""


def names_of(people: Collection[int]) -> Iterator[NameRow]:
    """Yield the names of people in entries in use and believed, the oldest first."""
    rows = ask(
        "SELECT name.id, entry.person_id, name.kind, name.family, name.given, name.patronymic,"  # noqa: S608 (our own names and numbers)
        f' name."full", CAST(entry.discredited AS text) FROM {ENTRY} entry'
        f" JOIN {NAME} name ON name.entry_id = entry.id"
        f" JOIN {SOURCE} source ON source.id = entry.source_id"
        f" WHERE entry.person_id IN ({numbers(people)})"
        " AND entry.standing = %s AND source.status = %s",
        [Standing.IN_USE, SourceStatus.IN_USE],
    )
    for _, person, kind, family, given, patronymic, full, discredited in sorted(rows):
        if "*" not in json.loads(discredited):
            yield person, kind, family, given, patronymic, full


def verify(
    words: Sequence[AskedWord], syllables: tuple[str, ...], people: Collection[int]
) -> list[Candidate]:
    """Return those of these people who have a name with every word asked for, and how well."""
    found: dict[int, Candidate] = {}
    for person, _, family, given, patronymic, full in names_of(people) if people else ():
        has_parts = any((family, given, patronymic))
        parts = NameParts(family, given, patronymic) if has_parts else split_full(full)
        reasons = _compared(words, syllables, parts)
        if reasons is None:
            continue
        score = sum(reason.score for reason in reasons) / len(reasons)
        if person not in found or found[person].score < score:
            answers = tuple(map(_answer, reasons))
            found[person] = Candidate(person, score, answers, name=full)
    return list(found.values())


def _answer(reason: TokenMatch) -> Answer:
    is_other = reason.kind == "syllable" and reason.score < SAME_SYLLABLES
    return Answer(reason.score, reason.kind, reason.scheme, "", 0, int(is_other))


def _compared(
    words: Sequence[AskedWord], syllables: tuple[str, ...], parts: NameParts
) -> tuple[TokenMatch, ...] | None:
    """Compare the words of each box with the part they must be, those of any part with all."""
    found: dict[int, TokenMatch] = {}
    for role in dict.fromkeys(word.role for word in words):
        own = [at for at, word in enumerate(words) if word.role == role]
        tokens = tuple(_token(words[at]) for at in own)
        match = match_name(NameQuery(tokens, syllables), _only(parts, role))
        if match is None:
            return None
        found |= dict(zip(own, match.reasons, strict=True))
    if any(word.exact and found[at].kind != "exact" for at, word in enumerate(words)):
        return None
    return tuple(found[at] for at in range(len(words)))


def _token(word: AskedWord) -> QueryToken:
    return QueryToken(word.text, word.folded, word.readings, word.initial)


def _only(parts: NameParts, role: int | None) -> NameParts:
    if role is None:
        return parts
    name = PARTS[WordRole(role)]
    return NameParts(**{name: getattr(parts, name)})
