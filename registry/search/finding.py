"""Finding people and saying why: the façade that pages, the API and suggestions ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from registry.models import Person

from .asked_forms import Candidate
from .asking import read
from .explaining import Match, explain
from .facets import FacetValue, count_facets
from .lookups import Among
from .narrowing import narrow, of_year, without_a_year
from .query import PeopleQuery
from .retrieving import FEW, MOST_NEAR, NameSearch

AMONG = f"pk__{Among.lookup_name}"
WITHOUT_A_YEAR = 0.9
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
class _Ranked:
    """Candidates in order, and whether more people answer who are not among them."""

    candidates: Sequence[Candidate]
    is_cut: bool = False


class Found:
    """The answer to a query: people, pages of them in order, and facets over all of them."""

    def __init__(self, query: PeopleQuery) -> None:
        self.query = query
        self.asked = read(query)
        self.search = NameSearch(self.asked)

    @cached_property
    def people(self) -> QuerySet[Person, Person]:
        """Everyone who was found, in no order."""
        if not self.asked.is_named:
            return self._allowed
        near = [one.person for one in self._near.candidates]
        if self._full.is_cut:
            return self._allowed.filter(**{AMONG: [*self._everyone[0], *near]})
        return self._allowed.filter(
            pk__in=[one.person for one in self._full.candidates] + near
        )

    @cached_property
    def count(self) -> int:
        """How many people were found."""
        return self.full + len(self._near.candidates)

    @cached_property
    def full(self) -> int:
        """How many people answer in full."""
        if not self.asked.is_named or self._full.is_cut:
            return self.people.count()
        return len(self._full.candidates)

    def page(self, number: int | None = None, limit: int | None = None) -> FoundPage:
        """Return one page, the best first; the query's own page and limit by default."""
        number, limit = number or self.query.page, limit or self.query.limit
        start = (number - 1) * limit
        return FoundPage(
            hits=tuple(self._hits(start, limit)),
            count=self.count,
            count_is_exact=not self._full.is_cut or self._everyone[1],
            number=number,
            pages=max(1, -(-self.count // limit)),
            full=self.full,
        )

    def facets(self) -> Mapping[str, tuple[FacetValue, ...]]:
        """Return the values of every facet over all people found, the most frequent first."""
        return count_facets(self.people, self.query)

    # Who --------------------------------------------------------------------------------

    @cached_property
    def _allowed(self) -> QuerySet[Person, Person]:
        """Everyone who answers all that is asked besides the name."""
        people = narrow(self.query)
        for year in self.asked.years:
            condition = of_year(year)
            people = people.filter(condition | without_a_year() if self.asked.words else condition)
        return people

    @cached_property
    def _full(self) -> _Ranked:
        if not self.asked.is_named:
            return _Ranked(())
        return _Ranked(self._ordered(self.search.full), self.search.is_cut)

    @cached_property
    def _near(self) -> _Ranked:
        """Those of a near name, where few answer in full, or none and another order is asked."""
        few = 1 if self.query.sort not in {"", "relevance"} else FEW
        if not self.asked.is_named or self._full.is_cut or len(self._full.candidates) >= few:
            return _Ranked(())
        near = self._ordered(self.search.near)
        wanted = MOST_NEAR if not self._full.candidates else FEW - len(self._full.candidates)
        return _Ranked(near[:wanted])

    @cached_property
    def _everyone(self) -> tuple[list[int], bool]:
        ids, complete = self.search.all_people()
        return ids.tolist(), complete

    def _ordered(self, found: Sequence[Candidate]) -> list[Candidate]:
        """Return whoever of these is allowed, best first; ties in the order of the alphabet."""
        if not found:
            return []
        rows = self._allowed.filter(pk__in=[one.person for one in found])
        if self.asked.years:
            agrees = Q()
            for year in self.asked.years:
                agrees &= of_year(year)
            dated = set(rows.filter(agrees).values_list("pk", flat=True))
            for one in found:
                one.score *= 1.0 if one.person in dated else WITHOUT_A_YEAR
        names = dict(rows.values_list("pk", "sort_key"))
        allowed = [one for one in found if one.person in names]
        return sorted(
            allowed, key=lambda one: (-round(one.score, 4), names[one.person], one.person)
        )

    # Pages ------------------------------------------------------------------------------

    @property
    def _by_relevance(self) -> bool:
        return bool(self.asked.words) and self.query.sort in {"", "relevance"}

    def _hits(self, start: int, number: int) -> list[Hit]:
        near = {one.person: one for one in self._near.candidates}
        known = {one.person: one for one in self._full.candidates} | near
        if self._by_relevance:
            ranked = list(known)
            chosen = ranked[start : start + number]
            if len(chosen) < number and self._full.is_cut:
                rest = self.people.exclude(pk__in=ranked).order_by(*self._order)
                skip = max(0, start - len(ranked))
                ids = rest.values_list("pk", flat=True)
                chosen += list(ids[skip : skip + number - len(chosen)])
        else:
            rows = self.people.order_by(*self._order)
            chosen = list(rows.values_list("pk", flat=True)[start : start + number])
        matches = explain(
            self.asked, [known[person] for person in chosen if person in known], near=set(near)
        )
        return [Hit(person, matches.get(person)) for person in chosen]

    @property
    def _order(self) -> tuple[str | OrderBy, ...]:
        if self.query.sort in {"birth", "death"}:
            return (F(f"{self.query.sort}_earliest").asc(nulls_last=True), "sort_key", "pk")
        return ("sort_key", "pk")


def find_people(query: PeopleQuery) -> Found:
    """Return what answers the query. Nothing is asked of the database until it is read."""
    return Found(query)


def suggest(text: str, *, limit: int = 10) -> list[Hit]:
    """Return the people whose names answer best what has been typed so far."""
    found = find_people(PeopleQuery(q=text))
    return list(found.page(1, limit).hits) if found.asked.words else []
