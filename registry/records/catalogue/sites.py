"""Places of killing, burial, imprisonment and memory: what is asserted of them, and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from registry.models import (
    Change,
    ChangeKind,
    MemorialSite,
    Role,
    SiteEvent,
    SiteFigure,
    SiteName,
    Source,
    Term,
    Vocabulary,
)
from registry.records.drafts.sites import (
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SiteNameDraft,
    SiteRefused,
    check_site,
    sources_named,
)
from registry.records.ledger.changes import Snapshot, begin_change, write_revisions
from registry.records.public.sites import SOURCED, degrees, whole_sites

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
        latitude=degrees(site.latitude),
        longitude=degrees(site.longitude),
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
