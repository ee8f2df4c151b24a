"""The shapes of answers about places and sources."""

from __future__ import annotations

from ninja import Field, Schema

from .schemas import DateOut, PersonRow, PhotographOut, SourceOut, TextOut


class FigureOut(Schema):
    """A number one source gives for a place; an open bound is null."""

    low: int | None
    high: int | None
    source: SourceOut
    locator: str
    note: TextOut | None


class EventOut(Schema):
    """Something that happened at a place, as one source tells it."""

    kind: str
    date: DateOut | None
    text: TextOut
    source: SourceOut
    locator: str


class SiteRow(Schema):
    """A place in the list. Coordinates are WGS 84 degrees, `precision_m` metres."""

    slug: str
    url: str
    name: TextOut
    names: list[TextOut]
    kinds: list[str]
    country: str
    region: TextOut | None
    region_then: TextOut | None
    town: TextOut | None
    latitude: float | None
    longitude: float | None
    precision_m: int | None
    period: DateOut | None


class SiteOut(SiteRow):
    """A place with its rival figures, and the first of the people who lie there.

    Figures of different measures never stand in one range, and none are added up.
    """

    coordinates_note: TextOut | None
    coordinates_sources: list[SourceOut]
    period_note: TextOut | None
    period_sources: list[SourceOut]
    status_today: TextOut | None
    status_sources: list[SourceOut]
    figures: dict[str, list[FigureOut]] = Field(description="By measure.")
    events: list[EventOut]
    people_count: int
    buried: list[PersonRow] = Field(description="Known to lie there; at most 50.")
    presumed: list[PersonRow] = Field(description="Presumed to lie there; at most 50.")
    photographs: list[PhotographOut]
    documents: list[PhotographOut]
    ignored: list[str]


class SitesOut(Schema):
    """Every place."""

    count: int
    next: str | None
    results: list[SiteRow]
    ignored: list[str]


class SourcesOut(Schema):
    """A page of the sources in use, by rank, then title."""

    count: int
    next: str | None
    results: list[SourceOut]
    ignored: list[str]
