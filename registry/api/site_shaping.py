"""Public places turned into the shapes of the answers."""

from __future__ import annotations

from collections.abc import Sequence

from registry.records.public.shapes import PublicFigure, PublicSite, PublicSiteEvent
from registry.records.public.summaries import PersonSummary

from . import site_schemas as out
from .shaping import Address, date_of, photograph_of, row_of, source_of, text_of, words


def site_row(site: PublicSite, address: Address) -> out.SiteRow:
    """Return a place in the list."""
    return out.SiteRow(
        slug=site.slug,
        url=address("site", site.slug),
        name=words(site.name),
        names=[words(name) for name in site.names],
        kinds=list(site.kinds),
        country=site.country,
        region=text_of(site.region),
        region_then=text_of(site.region_then),
        town=text_of(site.town),
        latitude=site.latitude,
        longitude=site.longitude,
        precision_m=site.precision_m,
        period=date_of(site.period),
    )


def site_whole(
    site: PublicSite,
    people: Sequence[PersonSummary],
    address: Address,
    ignored: list[str],
) -> out.SiteOut:
    """Return a place with its figures, events, and the people named in `people`."""
    rows = {found.line.id: row_of(found, address) for found in people}
    return out.SiteOut(
        **dict(site_row(site, address)),
        coordinates_note=text_of(site.coordinates_note),
        coordinates_sources=[source_of(source, address) for source in site.coordinates_sources],
        period_note=text_of(site.period_note),
        period_sources=[source_of(source, address) for source in site.period_sources],
        status_today=text_of(site.status_today),
        status_sources=[source_of(source, address) for source in site.status_sources],
        figures={
            measure: [_figure(figure, address) for figure in figures]
            for measure, figures in site.figures.items()
        },
        events=[_event(event, address) for event in site.events],
        people_count=site.people_count,
        buried=[rows[line.id] for line in site.buried if line.id in rows],
        presumed=[rows[line.id] for line in site.presumed if line.id in rows],
        photographs=[photograph_of(one, address) for one in site.photographs],
        documents=[photograph_of(one, address) for one in site.documents],
        ignored=ignored,
    )


def _figure(figure: PublicFigure, address: Address) -> out.FigureOut:
    return out.FigureOut(
        low=figure.low,
        high=figure.high,
        source=source_of(figure.source, address),
        locator=figure.locator,
        note=text_of(figure.note),
    )


def _event(event: PublicSiteEvent, address: Address) -> out.EventOut:
    return out.EventOut(
        kind=event.kind,
        date=date_of(event.date),
        text=words(event.text),
        source=source_of(event.source, address),
        locator=event.locator,
    )
