"""Places of killing, burial, imprisonment and memory: written, and shown to the public.

Every fact of a place is shown with its sources. What only withdrawn sources state is not shown
at all: figures, events and names as rows; coordinates, period and status today each whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Prefetch, QuerySet

from registry.models import (
    BurialCertainty,
    Change,
    ChangeKind,
    Document,
    Measure,
    MemorialSite,
    Person,
    PersonStatus,
    Photograph,
    Role,
    SiteEvent,
    SiteFigure,
    SiteName,
    SiteStatus,
    Source,
    SourceStatus,
    Term,
    Vocabulary,
)

from .changes import Snapshot, begin_change, write_revisions
from .lines import person_lines
from .shapes import PersonLine, PublicFigure, PublicSite, PublicSiteEvent, PublicSource, Text
from .shaping import shape_source, worded_text
from .shown_files import public_files
from .site_drafts import (
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SiteNameDraft,
    SiteRefused,
    check_site,
    sources_named,
)

PEOPLE_SHOWN = 50
KNOWN = (BurialCertainty.DOCUMENTED, BurialCertainty.REBURIED)
PRESUMED = (BurialCertainty.PRESUMED, BurialCertainty.UNKNOWN)
"""A burial stated without a word on its certainty is presumed; a cenotaph is no burial."""
PLAIN = (
    "country",
    "region_then",
    "town",
    "latitude",
    "longitude",
    "precision_m",
    "coordinates_note",
    "period",
    "period_note",
    "status_today",
)
SOURCED = ("coordinates_sources", "period_sources", "status_sources")


class SiteUnknown(LookupError):
    """No place has this slug."""


class SiteGone(LookupError):
    """The place was withdrawn: nothing of it is shown."""


def put_sites(*, drafts: Sequence[SiteDraft], change: Change, keep: bool = True) -> int:
    """Write the places that are new or differ, with all their rows; return how many they were.

    The caller's transaction, and the caller's revisions where `keep` is false. A withdrawn place
    stays withdrawn. Raises SiteRefused, also where a source or region is not known.
    """
    checked = [check_site(draft) for draft in drafts]
    sources = _sources_of(checked)
    regions = _regions_of(checked)
    slugs = [draft.slug for draft in checked]
    known = {site.slug: site for site in whole_sites().filter(slug__in=slugs)}
    snapshots = []
    for draft in checked:
        site = known.get(draft.slug)
        if site is not None and site_draft(site) == draft:
            continue
        site = site or MemorialSite(slug=draft.slug)
        _write(site, draft, sources, regions)
        body = {**asdict(draft), "status": site.status}
        snapshots.append(Snapshot("site", site.slug, body))
    if keep:
        write_revisions(change=change, snapshots=snapshots)
    return len(snapshots)


def edit_site(
    *, draft: SiteDraft, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Write one place as an act of its own; return the change, or None when nothing differs.

    Raises SiteRefused.
    """
    with transaction.atomic():
        if read_site_draft(draft.slug) == check_site(draft):
            return None
        change = begin_change(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now)
        put_sites(drafts=[draft], change=change)
        return change


def read_site_draft(slug: str) -> SiteDraft | None:
    """Return what is asserted of a place now, withdrawn sources included, or None."""
    site = whole_sites().filter(slug=slug).first()
    return None if site is None else site_draft(site)


def site_draft(site: Any) -> SiteDraft:
    """Return what is asserted of a place that was read with all its rows."""
    return SiteDraft(
        slug=site.slug,
        kinds=tuple(site.kinds),
        country=site.country,
        region=site.region.code if site.region else "",
        region_then=site.region_then,
        town=site.town,
        latitude=_degrees(site.latitude),
        longitude=_degrees(site.longitude),
        precision_m=site.precision_m,
        coordinates_note=site.coordinates_note,
        coordinates_sources=_slugs(site.all_coordinates_sources),
        period=site.period,
        period_note=site.period_note,
        period_sources=_slugs(site.all_period_sources),
        status_today=site.status_today,
        status_sources=_slugs(site.all_status_sources),
        names=tuple(
            SiteNameDraft(row.language, row.name, row.source.slug if row.source else "")
            for row in site.all_names
        ),
        figures=tuple(
            SiteFigureDraft(
                row.measure,
                row.low,
                row.high,
                row.source.slug,
                row.locator,
                row.note,
                row.wording,
            )
            for row in site.all_figures
        ),
        events=tuple(
            SiteEventDraft(row.kind, row.text, row.source.slug, row.date, row.locator, row.wording)
            for row in site.all_events
        ),
        wording=site.wording,
    )


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
        latitude=_degrees(site.latitude) if spot else None,
        longitude=_degrees(site.longitude) if spot else None,
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


def _write(
    site: MemorialSite,
    draft: SiteDraft,
    sources: Mapping[str, Source],
    regions: Mapping[str, Term],
) -> None:
    for name in PLAIN:
        setattr(site, name, getattr(draft, name))
    site.kinds = list(draft.kinds)
    site.wording = dict(draft.wording)
    site.region = regions[draft.region] if draft.region else None
    site.save()
    for name in SOURCED:
        getattr(site, name).set([sources[slug] for slug in getattr(draft, name)], clear=True)
    for model in (SiteName, SiteFigure, SiteEvent):
        model.all_records.filter(site=site).delete()
    SiteName.all_records.bulk_create(
        SiteName(site=site, language=row.language, name=row.name, source=sources.get(row.source))
        for row in draft.names
    )
    SiteFigure.all_records.bulk_create(
        SiteFigure(site=site, **row_values(row, sources)) for row in draft.figures
    )
    SiteEvent.all_records.bulk_create(
        SiteEvent(site=site, **row_values(row, sources)) for row in draft.events
    )


def row_values(
    row: SiteFigureDraft | SiteEventDraft, sources: Mapping[str, Source]
) -> dict[str, Any]:
    """Return the columns of a figure or an event of a place."""
    values = {name: getattr(row, name) for name in row.__slots__}
    return {**values, "source": sources[row.source], "wording": dict(row.wording)}


def _sources_of(drafts: Sequence[SiteDraft]) -> dict[str, Source]:
    named = sources_named(drafts)
    found = {source.slug: source for source in Source.all_records.filter(slug__in=named).order_by()}
    for draft in drafts:
        for slug in sorted(sources_named([draft]) - found.keys()):
            raise SiteRefused(slug=draft.slug, field="source", code="unknown", value=slug)
    return found


def _regions_of(drafts: Sequence[SiteDraft]) -> dict[str, Term]:
    codes = {draft.region for draft in drafts if draft.region}
    terms = Term.all_records.filter(vocabulary=Vocabulary.REGION, code__in=codes)
    found = {term.code: term for term in terms}
    for draft in drafts:
        if draft.region and draft.region not in found:
            raise SiteRefused(slug=draft.slug, field="region", code="unknown", value=draft.region)
    return found


def _slugs(sources: list[Source]) -> tuple[str, ...]:
    return tuple(source.slug for source in sources)


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)
