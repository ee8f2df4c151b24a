"""Places as the public sees them.

Every fact of a place is shown with its sources. What only withdrawn sources state is not shown
at all: figures, events and names as rows; coordinates, period and status today each whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from registry.models import (
    BurialCertainty,
    Document,
    Measure,
    MemorialSite,
    Person,
    PersonStatus,
    Photograph,
    SiteEvent,
    SiteFigure,
    SiteName,
    SiteStatus,
    Source,
    SourceStatus,
)

from .files import public_files
from .lines import person_lines
from .shapes import PersonLine, PublicFigure, PublicSite, PublicSiteEvent, PublicSource, Text
from .shaping import shape_source, worded_text

PEOPLE_SHOWN = 50
KNOWN = (BurialCertainty.DOCUMENTED, BurialCertainty.REBURIED)
PRESUMED = (BurialCertainty.PRESUMED, BurialCertainty.UNKNOWN)
"""A burial stated without a word on its certainty is presumed; a cenotaph is no burial."""
SOURCED = ("coordinates_sources", "period_sources", "status_sources")


class SiteUnknown(LookupError):
    """No place has this slug."""


class SiteGone(LookupError):
    """The place was withdrawn: nothing of it is shown."""


def public_sites(*, language: str) -> list[PublicSite]:
    """Return every place shown, without people, by its name for the reader."""
    shaped = [shape_site(site, language) for site in whole_sites().filter(status=SiteStatus.PUBLIC)]
    return sorted(shaped, key=lambda site: (site.name.value.casefold(), site.slug))


def public_site(slug: str, *, language: str) -> PublicSite:
    """Return one place with the first 50 people known, and presumed, to lie there.

    Raises SiteUnknown, SiteGone.
    """
    site = shown_site(slug)
    # Where someone possibly living is said to lie is not among what is shown of them.
    people = Person.public.filter(burial_site=site, status=PersonStatus.PUBLIC)
    known, presumed = (
        people.filter(burial_certainty__in=certainty) for certainty in (KNOWN, PRESUMED)
    )
    shown = [_first(known), _first(presumed)]
    lines = person_lines([*shown[0], *shown[1]], language=language)
    by_id = {line.id: line for line in lines}
    whole = shape_site(
        site,
        language,
        buried=tuple(by_id[key] for key in shown[0] if key in by_id),
        presumed=tuple(by_id[key] for key in shown[1] if key in by_id),
        people_count=people.filter(burial_certainty__in=(*KNOWN, *PRESUMED)).count(),
    )
    files = public_files(site, language=language)
    return replace(whole, photographs=files[Photograph], documents=files[Document])


def shown_site(slug: str) -> Any:
    """Return the row of a place shown, with all its rows. Raises SiteUnknown, SiteGone."""
    site = whole_sites().filter(slug=slug).first()
    if site is None:
        raise SiteUnknown(slug)
    if site.status != SiteStatus.PUBLIC:
        raise SiteGone(slug)
    return site


def _first(people: QuerySet[Any, Any]) -> list[int]:
    ordered = people.order_by("sort_key", "pk").values_list("pk", flat=True)
    return list(ordered[:PEOPLE_SHOWN])


def whole_sites() -> QuerySet[Any, Any]:
    """Return the places with all their rows, withdrawn sources included: eight queries."""
    rows: tuple[tuple[str, Any], ...] = (
        ("names", SiteName),
        ("figures", SiteFigure),
        ("events", SiteEvent),
    )
    parts = [
        Prefetch(
            name,
            queryset=model.all_records.select_related("source").order_by("pk"),
            to_attr=f"all_{name}",
        )
        for name, model in rows
    ]
    sources = [
        Prefetch(name, queryset=Source.all_records.order_by("slug"), to_attr=f"all_{name}")
        for name in SOURCED
    ]
    found: QuerySet[Any, Any] = MemorialSite.all_records.select_related("region")
    return found.prefetch_related(*parts, *sources).order_by("slug")


def shape_site(
    site: Any,
    language: str,
    *,
    buried: tuple[PersonLine, ...] = (),
    presumed: tuple[PersonLine, ...] = (),
    people_count: int = 0,
) -> PublicSite:
    """Return a place that was read with all its rows, or made of what it once was."""
    names = _names(site)
    spot = _in_use(site.all_coordinates_sources, language)
    period = _in_use(site.all_period_sources, language)
    status = _in_use(site.all_status_sources, language)
    return PublicSite(
        slug=site.slug,
        name=_name_for(names, language) or Text(site.town or site.slug),
        names=names,
        kinds=tuple(site.kinds),
        country=site.country,
        region=Text(site.region.label(language), language) if site.region else None,
        region_then=worded_text(site, "region_then", language),
        town=worded_text(site, "town", language),
        latitude=degrees(site.latitude) if spot else None,
        longitude=degrees(site.longitude) if spot else None,
        precision_m=site.precision_m if spot else None,
        coordinates_note=worded_text(site, "coordinates_note", language) if spot else None,
        coordinates_sources=spot,
        period=site.period if period else None,
        period_note=worded_text(site, "period_note", language) if period else None,
        period_sources=period,
        status_today=worded_text(site, "status_today", language) if status else None,
        status_sources=status,
        figures=_figures(site, language),
        events=_events(site, language),
        buried=buried,
        presumed=presumed,
        people_count=people_count,
    )


def _names(site: Any) -> tuple[Text, ...]:
    return tuple(
        Text(row.name, row.language)
        for row in site.all_names
        if row.source is None or row.source.status == SourceStatus.IN_USE
    )


def _name_for(names: tuple[Text, ...], language: str) -> Text | None:
    for wanted in (language, "en"):
        for name in names:
            if name.lang == wanted:
                return name
    return names[0] if names else None


def _in_use(sources: list[Source], language: str) -> tuple[PublicSource, ...]:
    return tuple(
        shape_source(source, language=language)
        for source in sources
        if source.status == SourceStatus.IN_USE
    )


def _figures(site: Any, language: str) -> dict[str, tuple[PublicFigure, ...]]:
    """Return the figures by measure, in the order the measures are declared."""
    found: dict[str, list[PublicFigure]] = {}
    for row in site.all_figures:
        if row.source.status == SourceStatus.IN_USE:
            figure = PublicFigure(
                measure=row.measure,
                low=row.low,
                high=row.high,
                source=shape_source(row.source, language=language),
                locator=_worded(row, "locator", language),
                note=worded_text(row, "note", language),
            )
            found.setdefault(row.measure, []).append(figure)
    return {measure: tuple(found[measure]) for measure in Measure.values if measure in found}


def _events(site: Any, language: str) -> tuple[PublicSiteEvent, ...]:
    return tuple(
        PublicSiteEvent(
            kind=row.kind,
            date=row.date,
            text=Text(*row.worded("text", language)),
            source=shape_source(row.source, language=language),
            locator=row.locator,
        )
        for row in site.all_events
        if row.source.status == SourceStatus.IN_USE
    )


def _worded(row: Any, name: str, language: str) -> str:
    text: str = row.worded(name, language)[0]
    return text


def degrees(value: Any) -> float | None:
    """Return a latitude or a longitude as a number, where there is one."""
    return None if value is None else float(value)
