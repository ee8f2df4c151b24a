"""Sources as the public sees them, and the people who have entries from each."""

from __future__ import annotations

from django.db.models import F

from registry.models import Entry, Person, Source, SourceStatus, Standing

from .lines import person_lines
from .pages import Page, cut_page
from .shapes import PersonLine, PublicSource
from .shaping import shape_source

SOURCES_A_PAGE = 50
PEOPLE_A_PAGE = 50


class SourceUnknown(LookupError):
    """No source has this slug."""


class SourceGone(LookupError):
    """The source was withdrawn: nothing of it is shown."""


def public_source(slug: str, *, language: str) -> PublicSource:
    """Return the source for a reader of `language`. Raises SourceUnknown, SourceGone."""
    return shape_source(_shown(slug), language=language)


def public_sources(*, language: str, page: int = 1) -> Page[PublicSource]:
    """Return one page of the sources in use, by rank, then title; past the end, the last."""
    # The databases differ in where what has no rank would stand.
    by_rank = F("rank").asc(nulls_last=True)
    found = cut_page(Source.public.order_by(by_rank, "title", "slug"), page, SOURCES_A_PAGE)
    return found.map(lambda source: shape_source(source, language=language))


def source_people(slug: str, *, page: int = 1, language: str) -> Page[PersonLine]:
    """Return one page of the people shown that have an entry in use from the source, by name.

    Past the end, the last page. Raises SourceUnknown, SourceGone.
    """
    source = _shown(slug)
    entries = Entry.all_records.filter(source=source, standing=Standing.IN_USE)
    people = Person.public.filter(pk__in=entries.order_by().values("person_id"))
    found = cut_page(
        people.order_by("sort_key", "pk").values_list("pk", flat=True), page, PEOPLE_A_PAGE
    )
    return found.with_items(tuple(person_lines(found.items, language=language)))


def _shown(slug: str) -> Source:
    source = Source.all_records.filter(slug=slug).first()
    if source is None:
        raise SourceUnknown(slug)
    if source.status != SourceStatus.IN_USE:
        raise SourceGone(slug)
    found: Source = source
    return found
