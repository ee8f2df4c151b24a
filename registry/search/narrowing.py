"""From a query to the people it leaves: every parameter but the names, as conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.models import (
    Biography,
    BurialCertainty,
    Document,
    Entry,
    Person,
    PersonStatus,
    Photograph,
    Repression,
)
from registry.names import tokens

from .query import PeopleQuery

BURIED = ~Q(burial_certainty=BurialCertainty.CENOTAPH)
"""Whoever has only a cenotaph somewhere does not lie there."""
PRIVATE = (
    "arrest_from", "arrest_to", "place", "region", "occupation", "nationality", "sex", "party",
    "category", "operation", "sentencing_body", "article", "rehabilitated", "site",
    "archive_file", "has",
)  # fmt: skip
"""Parameters that only people shown in full answer: of the others these facts are not told."""


def narrow_facts(query: PeopleQuery) -> QuerySet[Person, Person]:
    """Return the public people that answer every parameter but the names, in no order."""
    people: QuerySet[Person, Person] = Person.public.order_by()
    if any(getattr(query, name) for name in PRIVATE):
        people = people.filter(status=PersonStatus.PUBLIC)
    for condition in conditions(query):
        people = people.filter(condition)
    return people


def conditions(query: PeopleQuery) -> Iterator[Q | Exists]:
    """Yield the condition of every parameter but the names."""
    yield from _years("birth", query.birth_from, query.birth_to, undated=query.undated)
    yield from _years("death", query.death_from, query.death_to, undated=query.undated)
    yield from _arrests(query)
    for text, column in ((query.place, "places_folded"), (query.occupation, "occupations_folded")):
        for word in tokens(text):
            yield Q(**{f"{column}__contains": f" {word}"})
    for name in ("nationality", "party", "category", "fate"):
        if codes := getattr(query, name):
            yield Q(**{f"{name}__code__in": codes})
    if query.region:
        yield Q(birth_region__code__in=query.region) | Q(residence_region__code__in=query.region)
    if query.sex:
        yield Q(sex__in=query.sex)
    if query.rehabilitated:
        yield Q(rehabilitated__in=query.rehabilitated)
    if query.site:
        yield BURIED & Q(burial_site__slug__in=query.site, burial_site__status="public")
    yield from _in_entries(query)


def _years(name: str, first: int | None, last: int | None, *, undated: bool) -> Iterator[Q]:
    """Yield that a date of the person overlaps the years; open ends match."""
    if first is None and last is None:
        return
    condition = ~Q(**{f"{name}_edtf": ""}) & overlap(name, first, last)
    yield condition | Q(**{f"{name}_edtf": ""}) if undated else condition


def overlap(name: str, first: int | None, last: int | None) -> Q:
    """Return that the date in the columns `name` can lie in the years from `first` to `last`."""
    condition = Q()
    if first is not None:
        start = date(first, 1, 1)
        condition &= Q(**{f"{name}_latest__gte": start}) | Q(**{f"{name}_latest__isnull": True})
    if last is not None:
        end = date(last, 12, 31)
        condition &= Q(**{f"{name}_earliest__lte": end}) | Q(**{f"{name}_earliest__isnull": True})
    return condition


def _arrests(query: PeopleQuery) -> Iterator[Q | Exists]:
    if query.arrest_from is None and query.arrest_to is None:
        return
    dated = _repressions().exclude(arrest_edtf="")
    condition = Q(Exists(dated.filter(overlap("arrest", query.arrest_from, query.arrest_to))))
    yield condition | ~Q(Exists(dated)) if query.undated else condition


def _repressions() -> Any:
    """Return the repressions that entries in use and believed state of the outer person."""
    rows = Repression.public.filter(entry__person=OuterRef("pk")).order_by()
    return rows.exclude(entry__discredited__has_key="*")


def _in_entries(query: PeopleQuery) -> Iterator[Exists]:
    """Yield the conditions on what the entries of the person say."""
    for name in ("operation", "sentencing_body"):
        if codes := getattr(query, name):
            yield Exists(_repressions().filter(**{f"{name}__term__code__in": codes}))
    if query.article:
        yield Exists(_repressions().filter(article_terms__code__in=query.article))
    entries = Entry.public.filter(person=OuterRef("pk")).order_by()
    if query.source:
        yield Exists(entries.filter(source__slug=query.source))
    if query.archive_file:
        # SQLite knows small and capital letters of Latin alone, except in its own expressions.
        wanted = re.escape(query.archive_file)
        believed = entries.exclude(discredited__has_key="*")
        yield Exists(believed.filter(archive_file__iregex=wanted))
    files = {"photo": Photograph, "document": Document, "biography": Biography}
    for kind in query.has:
        yield Exists(files[kind].public.filter(person=OuterRef("pk")).order_by())
