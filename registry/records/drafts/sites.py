"""A memorial site on its way in, and what it must be to be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from registry.dates import Calendar, FuzzyDate
from registry.models import Measure, SiteEventKind, SiteKind

from .entries import Wording, plain_wording


class SiteRefused(ValueError):
    """A place that cannot be kept: `field` and `code` say why, `value` what was given."""

    def __init__(self, *, slug: str, field: str, code: str, value: str = "") -> None:
        super().__init__(f"{slug}: {field}: {code} {value[:80]}".rstrip())
        self.slug = slug
        self.field = field
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True)
class SiteNameDraft:
    """A name of a place in one language; `source` is a slug, or empty."""

    language: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class SiteFigureDraft:
    """A number one source gives; an open bound is None. `measure` is a `Measure` value."""

    measure: str
    low: int | None
    high: int | None
    source: str
    locator: str = ""
    note: str = ""
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteEventDraft:
    """Something that happened at a place, as one source tells it."""

    kind: str
    text: str
    source: str
    date: FuzzyDate | None = None
    locator: str = ""
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A place on its way in. `region` is a code of a term, sources are slugs.

    `latitude` and `longitude` in degrees, kept to five decimals; coordinates, period and
    status today each need at least one source.
    """

    slug: str
    kinds: tuple[str, ...]
    country: str = ""
    region: str = ""
    region_then: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision_m: int | None = None
    coordinates_note: str = ""
    coordinates_sources: tuple[str, ...] = ()
    period: FuzzyDate | None = None
    period_note: str = ""
    period_sources: tuple[str, ...] = ()
    status_today: str = ""
    status_sources: tuple[str, ...] = ()
    names: tuple[SiteNameDraft, ...] = ()
    figures: tuple[SiteFigureDraft, ...] = ()
    events: tuple[SiteEventDraft, ...] = ()
    wording: Wording = field(default_factory=dict)


def draft_from_body(body: Mapping[str, Any]) -> SiteDraft:
    """Return the draft that a revision of a place keeps: `asdict` of one, through JSON."""
    known = {name.name for name in fields(SiteDraft)}
    values = {name: value for name, value in body.items() if name in known}
    for name in ("kinds", "coordinates_sources", "period_sources", "status_sources"):
        values[name] = tuple(values[name])
    values["period"] = _date_from_body(body["period"])
    values["names"] = tuple(SiteNameDraft(**row) for row in body["names"])
    values["figures"] = tuple(SiteFigureDraft(**row) for row in body["figures"])
    values["events"] = tuple(
        SiteEventDraft(**{**row, "date": _date_from_body(row["date"])}) for row in body["events"]
    )
    return SiteDraft(**values)


def _date_from_body(told: Mapping[str, Any] | None) -> FuzzyDate | None:
    if told is None:
        return None
    first, last = (
        date.fromisoformat(str(told[name])) if told[name] else None
        for name in ("earliest", "latest")
    )
    return FuzzyDate(told["printed"], told["edtf"], first, last, Calendar(told["calendar"]))


def check_site(draft: SiteDraft) -> SiteDraft:
    """Return the draft in its one form: five decimals, sources in order. Raises SiteRefused."""
    _check_place(draft)
    for name, stated in (
        ("coordinates", draft.latitude is not None),
        ("period", draft.period is not None or draft.period_note),
        ("status", draft.status_today),
    ):
        if stated and not getattr(draft, f"{name}_sources"):
            raise SiteRefused(slug=draft.slug, field=f"{name}_sources", code="missing")
    _check_rows(draft)
    return replace(
        draft,
        latitude=_degrees(draft.latitude),
        longitude=_degrees(draft.longitude),
        coordinates_sources=_ordered(draft.coordinates_sources),
        period_sources=_ordered(draft.period_sources),
        status_sources=_ordered(draft.status_sources),
        wording=plain_wording(draft.wording),
        figures=tuple(replace(row, wording=plain_wording(row.wording)) for row in draft.figures),
        events=tuple(replace(row, wording=plain_wording(row.wording)) for row in draft.events),
    )


def sources_named(drafts: Sequence[SiteDraft]) -> set[str]:
    """Return the slugs of all sources that the drafts name."""
    found: set[str] = set()
    for draft in drafts:
        found.update(draft.coordinates_sources, draft.period_sources, draft.status_sources)
        rows: tuple[Any, ...] = (*draft.names, *draft.figures, *draft.events)
        found.update(row.source for row in rows if row.source)
    return found


def _check_place(draft: SiteDraft) -> None:
    if not draft.kinds:
        raise SiteRefused(slug=draft.slug, field="kinds", code="missing")
    for kind in draft.kinds:
        if kind not in SiteKind.values:
            raise SiteRefused(slug=draft.slug, field="kinds", code="unknown", value=kind)
    latitude, longitude = draft.latitude, draft.longitude
    if (latitude is None) != (longitude is None):
        raise SiteRefused(slug=draft.slug, field="latitude", code="half-a-point")
    if latitude is not None and not -90 <= latitude <= 90:
        raise SiteRefused(slug=draft.slug, field="latitude", code="off-the-globe")
    if longitude is not None and not -180 <= longitude <= 180:
        raise SiteRefused(slug=draft.slug, field="longitude", code="off-the-globe")


def _check_rows(draft: SiteDraft) -> None:
    problem = _names_problem(draft) or _figures_problem(draft) or _events_problem(draft)
    if problem:
        field, code, value = problem
        raise SiteRefused(slug=draft.slug, field=field, code=code, value=value)


def _names_problem(draft: SiteDraft) -> tuple[str, str, str] | None:
    """Return the field, the code and the value of what is wrong with the names."""
    if not draft.names:
        return ("names", "missing", "")
    said = [(row.language, row.name) for row in draft.names]
    for row in draft.names:
        if not row.name:
            return ("names", "empty", "")
        if said.count((row.language, row.name)) > 1:
            return ("names", "twice", row.name)
    return None


def _figures_problem(draft: SiteDraft) -> tuple[str, str, str] | None:
    for figure in draft.figures:
        if figure.measure not in Measure.values:
            return ("figures", "unknown", figure.measure)
        bounds = [bound for bound in (figure.low, figure.high) if bound is not None]
        if not bounds or min(bounds) < 0 or bounds != sorted(bounds):
            return ("figures", "no-range", f"{figure.low}-{figure.high}")
        if not figure.source:
            return ("figures", "source-missing", "")
    return None


def _events_problem(draft: SiteDraft) -> tuple[str, str, str] | None:
    for event in draft.events:
        if event.kind not in SiteEventKind.values:
            return ("events", "unknown", event.kind)
        if not event.text:
            return ("events", "empty", "")
        if not event.source:
            return ("events", "source-missing", "")
    return None


def _degrees(value: float | None) -> float | None:
    # Five decimals are one metre, and what the column holds.
    return None if value is None else round(float(value), 5)


def _ordered(slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(slugs)))
