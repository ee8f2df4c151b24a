"""Finding people and saying why: the façade that pages, the API and suggestions ask.

The index of names says who answers the name, the columns who of them answers everything else;
neither knows of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from django.utils.functional import cached_property

from registry.models import Person

from .columns import Columns, Narrowed, PlainColumns, PlainNarrowed, current
from .columns.layout import Array
from .columns.sql import Among
from .facets import FacetValue, facet_values
from .ids import distinct, without
from .labels import Labels
from .matching.asked_forms import Candidate
from .matching.asking import read
from .matching.explaining import Match, completed, explain
from .matching.known import Answer
from .matching.retrieving import FEW, MOST_NEAR, NameSearch
from .query import RELEVANCE, PeopleQuery
from .years import Dated, dated

SUGGESTED = 60
"""People ranked for a suggestion: as many as there are places, and some who may be hidden."""
SPELLINGS = 4
"""Spellings beside the people of a suggestion: more would push the people out of sight."""
WHOLE = frozenset({"exact", "initial"})
"""Kinds of an answer to which no spelling has anything to add."""
WITHOUT_A_YEAR = 0.8
"""What is left of the score where a year was asked for, and the person has none to compare."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, by id, and why; without a reason where no name was asked."""

    person: int
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of what was found: `number` from 1; past the last page `hits` is empty.

    `full` counts those who answer in full; whoever comes after them, the others of `count`, has
    a name that is only near: a letter, or a part of it, is another.
    """

    hits: tuple[Hit, ...]
    count: int
    count_is_exact: bool
    number: int
    pages: int
    full: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may be meant by what has been typed so far: people, and texts to search for.

    `spellings` are what was typed with its last word as names of people found spell it.
    """

    hits: tuple[Hit, ...] = ()
    spellings: tuple[str, ...] = ()


class Found:
    """The answer to a query: people, pages of them in order, and facets over all of them."""

    def __init__(self, query: PeopleQuery, *, ranked: int | None = None) -> None:
        self.query = query
        self.asked = read(query)
        self.search = NameSearch(self.asked, ranked=ranked)

    @property
    def people(self) -> QuerySet[Person, Person]:
        """Everyone who was found, in no order."""
        ids = self._narrowed.ids
        return Person.public.filter(**{f"pk__{Among.lookup_name}": ids}).order_by()

    @property
    def count(self) -> int:
        """How many people were found."""
        return self._narrowed.count

    def page(self, number: int | None = None, limit: int | None = None) -> FoundPage:
        """Return one page, the best first; the query's own page and limit by default."""
        number, limit = number or self.query.page, limit or self.query.limit
        return FoundPage(
            hits=tuple(self._hits((number - 1) * limit, limit)),
            count=self.count,
            count_is_exact=self._narrowed.is_exact and self._everyone[1],
            number=number,
            pages=max(1, -(-self.count // limit)),
            full=self.count - len(self._near),
        )

    def facets(self, labels: Labels) -> Mapping[str, tuple[FacetValue, ...]]:
        """Return the values of every facet over all people found, the most frequent first."""
        return facet_values(self._narrowed.counts(), self.query, labels)

    def suggestions(self, limit: int) -> Suggested:
        """Return the best of whoever answers in full, or if nobody does of those near."""
        best = self._ranked or self._ordered(self.search.first_near)
        if not best and self.search.first_near:
            # Of the first who nearly answer nobody is told of: they are hidden, or of other years.
            best = self._ordered(self.search.near)
        near = set() if self._ranked else {one.person for one in best}
        spelled = _one_a_spelling(best)
        chosen = {one.person: one for one in [*best[:limit], *spelled.values()]}
        matches = explain(self.asked, list(chosen.values()), near=near)
        texts = [
            completed(self.query.q, self.asked.words[-1], answer, matches[one.person])
            for answer, one in spelled.items()
            if one.person in matches
        ]
        return Suggested(
            hits=tuple(Hit(one.person, matches.get(one.person)) for one in best[:limit]),
            spellings=tuple(dict.fromkeys(text for text in texts if text)),
        )

    # Who --------------------------------------------------------------------------------

    @cached_property
    def _columns(self) -> Columns | PlainColumns:
        return current()

    @cached_property
    def _everyone(self) -> tuple[Array | None, bool]:
        """Return who answers the names and the years in full, None where none are asked, and
        whether they are all there are.
        """
        people: Array | None = None
        complete = True
        if self.asked.is_named:
            people, complete = self.search.all_people()
        if self.asked.years and (people is None or len(people)):
            people = self._dated(people).people
        return people, complete

    def _dated(self, people: Array | None) -> Dated:
        return dated(self._columns, people, self.asked.years)

    @cached_property
    def _full(self) -> Narrowed | PlainNarrowed:
        """Who answers everything."""
        return self._columns.narrow(self._everyone[0], self.query)

    @cached_property
    def _narrowed(self) -> Narrowed | PlainNarrowed:
        """Who is told of: those, and people of near names."""
        if not self._near:
            return self._full
        near = np.array([one.person for one in self._near], np.int64)
        return self._columns.narrow(distinct(np.append(self._full.ids, near)), self.query)

    @cached_property
    def _ranked(self) -> list[Candidate]:
        """Who answers everything, best first, as many as are ranked."""
        return self._ordered(self.search.full)

    @cached_property
    def _near(self) -> list[Candidate]:
        """People of near names, where few answer in full, or nobody and another order is asked."""
        few = FEW if self.query.sort == RELEVANCE else 1
        if not self.asked.words or self.search.is_cut or self._full.count >= few:
            return []
        near = self._ordered(self.search.near)
        return near[: FEW - self._full.count if self._full.count else MOST_NEAR]

    def _ordered(self, found: Sequence[Candidate]) -> list[Candidate]:
        """Return who of these answers everything else, best first; ties by the alphabet."""
        if not found:
            return []
        people = distinct(np.array([one.person for one in found], np.int64))
        if self.asked.years:
            answering = self._dated(people)
            people, agreeing = answering.people, set(answering.agreeing.tolist())
            for one in found:
                one.score *= 1.0 if one.person in agreeing else WITHOUT_A_YEAR
        narrowed = self._columns.narrow(people, self.query)
        place = {pk: at for at, pk in enumerate(narrowed.page("name", 0, len(people)))}
        allowed = [one for one in found if one.person in place]
        return sorted(allowed, key=lambda one: (-round(one.score, 4), place[one.person]))

    # Pages ------------------------------------------------------------------------------

    def _hits(self, start: int, number: int) -> list[Hit]:
        if not self.asked.words:
            return [Hit(pk) for pk in self._narrowed.page(self.query.sort, start, number)]
        near = {one.person: one for one in self._near}
        known = {one.person: one for one in self._ranked} | near
        if self.query.sort == RELEVANCE:
            chosen = list(known)[start : start + number]
            if len(chosen) < number and self.search.is_cut:
                chosen += self._rest(list(known), start, number - len(chosen))
        else:
            chosen = self._narrowed.page(self.query.sort, start, number)
        matches = explain(
            self.asked, [known[person] for person in chosen if person in known], near=near.keys()
        )
        return [Hit(person, matches.get(person)) for person in chosen]

    def _rest(self, ranked: Sequence[int], start: int, number: int) -> list[int]:
        """Return who follows those ranked, by the alphabet."""
        others = without(self._full.ids, np.array(ranked, np.int64))
        narrowed = self._columns.narrow(others, self.query)
        return narrowed.page("name", max(0, start - len(ranked)), number)


def find_people(query: PeopleQuery) -> Found:
    """Return what answers the query. Nothing is asked of the database until it is read."""
    return Found(query)


def suggest(text: str, *, limit: int = 10) -> Suggested:
    """Return the people and the spellings that answer best what has been typed so far."""
    found = Found(PeopleQuery(q=text), ranked=SUGGESTED)
    return found.suggestions(limit) if found.asked.words else Suggested()


def _one_a_spelling(candidates: Sequence[Candidate]) -> dict[Answer, Candidate]:
    """Return the best candidate for each word of names that answers the last one, the best first.

    Only of people who are found: a word that hidden people alone are called by is no suggestion.
    """
    found: dict[str, tuple[Answer, Candidate]] = {}
    for one in candidates:
        answer = one.answers[-1]
        if answer is not None and answer.folded and answer.kind not in WHOLE:
            found.setdefault(answer.folded, (answer, one))
    return dict(list(found.values())[:SPELLINGS])
