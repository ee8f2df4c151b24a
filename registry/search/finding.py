"""Finding people and saying why: the façade that pages, the API and suggestions ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.db.models import QuerySet

from registry.models import EntryName, Person, SourceStatus, Standing
from registry.names import NameParts, NameQuery, match_name, parse_query, split_full

from .columns import Narrowed, PlainNarrowed, current
from .facets import FacetValue, facet_values
from .narrowing import name_boxes, narrow, narrow_names
from .query import PeopleQuery

KINDS = ("main", "pseudonym", "birth", "married", "religious", "variant", "transliteration")
RANKED = 500
"""How many people are compared with the query one by one; any more follow in order of names."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one word matched: the kind (see `registry.names.match_token`), both words, how read."""

    kind: str
    asked: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why a person was found: the spelling that matched best, the reasons, a score in 0..1."""

    name: str
    reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, by id, and why; without a reason where no name was asked."""

    person: int
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of what was found: `number` from 1; past the last page `hits` is empty."""

    hits: tuple[Hit, ...]
    count: int
    count_is_exact: bool
    number: int
    pages: int


class Found:
    """The answer to a query: people, pages of them in order, and facets over all of them."""

    def __init__(self, query: PeopleQuery) -> None:
        self.query = query
        self.people: QuerySet[Person, Person] = narrow(query)

    @cached_property
    def count(self) -> int:
        """How many people were found."""
        return self._narrowed.count

    @cached_property
    def _narrowed(self) -> Narrowed | PlainNarrowed:
        """Who answers, of those whom the names have found."""
        named = None
        if any(True for _ in name_boxes(self.query)):
            named = np.array(narrow_names(self.query).values_list("pk", flat=True), np.int64)
        return current().narrow(named, self.query)

    def page(self, number: int | None = None, limit: int | None = None) -> FoundPage:
        """Return one page, the best first; the query's own page and limit by default."""
        number, limit = number or self.query.page, limit or self.query.limit
        start = (number - 1) * limit
        hits = self._ranked if self._by_relevance else []
        chosen = hits[start : start + limit]
        if len(chosen) < limit and (len(hits) == RANKED or not self._by_relevance):
            chosen += self._rest(hits, start, limit - len(chosen))
        return FoundPage(
            hits=tuple(chosen),
            count=self.count,
            count_is_exact=self._narrowed.is_exact,
            number=number,
            pages=max(1, -(-self.count // limit)),
        )

    def facets(self) -> Mapping[str, tuple[FacetValue, ...]]:
        """Return the values of every facet over all people found, the most frequent first."""
        return facet_values(self._narrowed.counts(), self.query)

    @property
    def _by_relevance(self) -> bool:
        named = any(True for _ in name_boxes(self.query))
        return named and self.query.sort in {"", "relevance"}

    @cached_property
    def _ranked(self) -> list[Hit]:
        """Those of the first `RANKED` found, best match first; ties by name and id."""
        people = dict(self.people.order_by("sort_key", "pk").values_list("pk", "sort_key")[:RANKED])
        matches = match_people(self._asked, people)
        return [
            Hit(pk, matches.get(pk))
            for pk in sorted(
                people,
                key=lambda pk: (-(matches[pk].score if pk in matches else 0), people[pk], pk),
            )
        ]

    @property
    def _asked(self) -> NameQuery:
        asked = [parse_query(text) for _, text in name_boxes(self.query)]
        words = (token for query in asked for token in query.tokens)
        return NameQuery(tuple(words), asked[0].syllables if len(asked) == 1 else ())

    def _rest(self, ranked: Sequence[Hit], start: int, number: int) -> list[Hit]:
        """Return what follows those ranked, in the order asked."""
        skip = max(start, len(ranked))
        ids = self._narrowed.page(self.query.sort, skip, number)
        if not self._by_relevance and any(True for _ in name_boxes(self.query)):
            matches = match_people(self._asked, ids)
            return [Hit(pk, matches.get(pk)) for pk in ids]
        return [Hit(pk) for pk in ids]


def match_people(asked: NameQuery, people: Mapping[int, str] | Sequence[int]) -> dict[int, Match]:
    """Return for each person the name row that answers best; people without one are absent."""
    rows = (
        EntryName.all_records.filter(
            entry__person__in=list(people),
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
        )
        .exclude(entry__discredited__has_key="*")
        .order_by("pk")
        .values_list("entry__person", "kind", "family", "given", "patronymic", "full")
    )
    best: dict[int, tuple[tuple[float, int, float], Match]] = {}
    for person, kind, family, given, patronymic, full in rows:
        parts = NameParts(family, given, patronymic)
        found = match_name(asked, parts if any((family, given, patronymic)) else split_full(full))
        if found is None:
            continue
        # Of spellings that match equally well the better known one is shown.
        words = sum(reason.score for reason in found.reasons)
        worth = (round(words, 6), -KINDS.index(kind), found.score)
        if person in best and best[person][0] >= worth:
            continue
        reasons = tuple(
            Reason(reason.kind, token.text, reason.scheme)
            for token, reason in zip(asked.tokens, found.reasons, strict=True)
        )
        best[person] = (worth, Match(full, reasons, round(found.score, 4)))
    return {person: match for person, (_, match) in best.items()}


def find_people(query: PeopleQuery) -> Found:
    """Return what answers the query. Nothing is asked of the database until it is read."""
    return Found(query)


def suggest(text: str, *, limit: int = 10) -> list[Hit]:
    """Return the people whose names answer best what has been typed so far."""
    if not parse_query(text).tokens:
        return []
    return list(find_people(replace(PeopleQuery(), q=text)).page(1, limit).hits)
