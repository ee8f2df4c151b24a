"""Entries and places made again in memory from bodies of revisions; none is ever saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.models import (
    Entry,
    MemorialSite,
    Passage,
    Repression,
    Ruling,
    SiteEvent,
    SiteFigure,
    SiteName,
    Source,
    Spelling,
    Stay,
    Term,
    Vocabulary,
)
from registry.records.catalogue.sites import PLAIN, row_values
from registry.records.drafts.sites import SiteDraft, sources_named
from registry.records.ledger.acts import Body
from registry.records.ledger.rows import fill_columns
from registry.records.ledger.snapshots import PARTS, PASSAGE
from registry.records.public.sites import SOURCED

TARGETS: dict[type, Any] = {Term: Term, Spelling: Spelling, MemorialSite: MemorialSite}
"""What rows of entries refer to beside entries, people and sources."""


class Remaking:
    """Makes entries with all their parts, in three queries however many they are."""

    def __init__(self, bodies: Mapping[int, Body]) -> None:
        self.bodies = bodies
        self._number = 0
        named: dict[type, set[int]] = {target: set() for target in TARGETS}
        for body in bodies.values():
            for model, row in _rows(body):
                for column, target in _references(model).items():
                    if row.get(column):
                        named[target].add(row[column])
        self.found = {
            target: TARGETS[target]
            .all_records.select_related(*(("term",) if target is Spelling else ()))
            .in_bulk(numbers)
            for target, numbers in named.items()
        }

    def entries(self) -> list[Entry]:
        """Return the entries; who asks gives them their sources."""
        return [self._entry(pk, body) for pk, body in sorted(self.bodies.items())]

    def _entry(self, number: int, body: Body) -> Entry:
        row: Entry = self._row(Entry, body)
        row.pk = number
        if body["passage"]:
            row.passage = Passage(**{name: body["passage"][name] for name in PASSAGE})
        parts: dict[str, list[Any]] = {}
        repressions: dict[int, Repression] = {}
        for name, model in PARTS.items():
            parts[name] = [self._row(model, told) for told in body[name]]
            for part, told in zip(parts[name], body[name], strict=True):
                self._number -= 1
                # A number of its own, that no saved row has.
                part.pk, part.entry = self._number, row
                if isinstance(part, Repression):
                    repressions[part.position] = part
                if isinstance(part, (Ruling, Stay)) and told["repression"] is not None:
                    part.repression = repressions[told["repression"]]
        row._prefetched_objects_cache = parts  # type: ignore[attr-defined]  # as prefetching does
        return row

    def _row(self, model: type, told: Body) -> Any:
        row = model()
        fill_columns(row, told)
        for column, target in _references(model).items():
            if told.get(column):
                setattr(row, column.removesuffix("_id"), self.found[target].get(told[column]))
        return row


def remake_site(draft: SiteDraft) -> Any:
    """Make a place with all its rows of what it was stated to be; two queries."""
    named = sources_named([draft])
    sources = {row.slug: row for row in Source.all_records.filter(slug__in=named)}
    row: Any = MemorialSite(slug=draft.slug, kinds=list(draft.kinds), wording=draft.wording)
    for name in PLAIN:
        setattr(row, name, getattr(draft, name))
    regions = Term.all_records.filter(vocabulary=Vocabulary.REGION, code=draft.region)
    row.region = regions.first() if draft.region else None
    for name in SOURCED:
        named_here = [sources[slug] for slug in getattr(draft, name) if slug in sources]
        setattr(row, f"all_{name}", named_here)
    row.all_names = [
        SiteName(language=one.language, name=one.name, source=sources.get(one.source))
        for one in draft.names
    ]
    parts = (("figures", SiteFigure), ("events", SiteEvent))
    for name, model in parts:
        rows = [one for one in getattr(draft, name) if one.source in sources]
        setattr(row, f"all_{name}", [model(**row_values(one, sources)) for one in rows])
    return row


def _rows(body: Body) -> list[tuple[type, Body]]:
    return [(Entry, body)] + [(PARTS[name], row) for name in PARTS for row in body[name]]


def _references(model: Any) -> dict[str, type]:
    return {
        field.attname: field.related_model
        for field in model._meta.concrete_fields
        if field.many_to_one and field.related_model in TARGETS
    }
