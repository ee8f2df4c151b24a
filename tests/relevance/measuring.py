"""Queries asked and judged: at which place the first right person stands, by class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from registry.search import Hit, PeopleQuery, find_people, suggest
from tests.benchmarks.timing import Times

from .people import names_of
from .queries import Asked

FIRST = 10
"""Places that are looked at."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a query: the place of the first right one (0: none), and how many came.

    `similar`: nobody was said to bear the name. `first` is the name of whoever came first.
    """

    asked: Asked
    place: int
    found: int
    similar: bool
    first: str = ""

    @property
    def right(self) -> bool:
        """Whether it was answered as it should be, by the first ten."""
        return self.similar if self.asked.nobody else self.place > 0


def ask(asked: Asked, times: Times | None = None) -> Answer:
    """Ask the search, and judge the first ten people by the names they bear; keep the time."""
    times = times or Times()
    hits: Sequence[Hit] = times.add(lambda: _hits(asked))
    names = names_of([hit.person for hit in hits[:FIRST]])
    place = next(
        (
            number
            for number, hit in enumerate(hits[:FIRST], 1)
            if any(asked.answers(name) for _, name in names.get(hit.person, ()))
        ),
        0,
    )
    first = hits[0].match.name if hits and hits[0].match else ""
    return Answer(asked, place, len(hits), _similar(hits), first)


def _hits(asked: Asked) -> Sequence[Hit]:
    if asked.suggested:
        return suggest(asked.boxes["q"], limit=FIRST).hits
    return find_people(PeopleQuery(**asked.boxes, limit=FIRST)).page().hits


def _similar(hits: Sequence[Hit]) -> bool:
    """Return whether nobody is said to have the name: all hits are marked as only near."""
    return all(hit.match is not None and hit.match.near for hit in hits)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one class; shares from 0 to 1. Of `nobody` classes `s10` is what is right."""

    queries: int
    s1: float
    s10: float
    mrr: float
    empty: float

    def as_json(self) -> dict[str, Any]:
        return {name: round(getattr(self, name), 4) for name in self.__slots__}


def figures(answers: Iterable[Answer]) -> Figures:
    """Return the figures of some answers."""
    told = list(answers)
    count = max(1, len(told))
    places = [
        (1 if answer.right else 0) if answer.asked.nobody else answer.place for answer in told
    ]
    return Figures(
        queries=len(told),
        s1=sum(place == 1 for place in places) / count,
        s10=sum(place > 0 for place in places) / count,
        mrr=sum(1 / place for place in places if place) / count,
        empty=sum(answer.found == 0 for answer in told) / count,
    )


def by_class(answers: Iterable[Answer]) -> dict[str, Figures]:
    """Return the figures of each class, in the order the classes were asked."""
    classes: dict[str, list[Answer]] = {}
    for answer in answers:
        classes.setdefault(answer.asked.kind, []).append(answer)
    return {kind: figures(found) for kind, found in classes.items()}
