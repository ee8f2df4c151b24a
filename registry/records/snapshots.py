"""What a record asserts, as plain data: the body of a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from registry.models import Entry, EntryName, EntryRole, Repression, Ruling, Stay

from .building import Parts

PARTS: dict[str, type[models.Model]] = {
    "names": EntryName,
    "repressions": Repression,
    "rulings": Ruling,
    "stays": Stay,
    "roles": EntryRole,
}
LEFT_OUT = frozenset({"id", "entry", "content_hash", "passage", "repression"})
"""What is told otherwise, or not asserted: ids of rows made anew, the digest of the row read."""
PASSAGE = ("locator", "url", "quotes", "language", "rendering", "text", "wording")


def entry_snapshot(entry: Entry, parts: Parts | None = None) -> dict[str, Any]:
    """Return all that an entry asserts; `parts` are its rows where they are not saved yet."""
    body = _columns(entry)
    passage = entry.passage
    body["passage"] = {name: getattr(passage, name) for name in PASSAGE} if passage else None
    for name, model in PARTS.items():
        rows: Iterable[Any]
        if parts is None:
            rows = model._base_manager.filter(entry=entry).order_by("pk")
        else:
            rows = getattr(parts, name)
        body[name] = [_columns(row) for row in rows]
        if model in {Ruling, Stay}:
            for told, row in zip(body[name], rows, strict=True):
                told["repression"] = row.repression.position if row.repression else None
    articles = _articles(entry) if parts is None else parts.articles
    for told, codes in zip(body["repressions"], articles, strict=True):
        told["articles_read"] = sorted(codes)
    return body


def _articles(entry: Entry) -> list[list[int]]:
    rows = Repression.all_records.filter(entry=entry).order_by("pk")
    return [list(row.article_terms.values_list("pk", flat=True)) for row in rows]


def _columns(row: models.Model) -> dict[str, Any]:
    columns = {}
    for field in row._meta.concrete_fields:
        if field.name in LEFT_OUT:
            continue
        columns[field.attname] = getattr(row, field.attname)
    return columns


def differing_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields in which two snapshots of one entry differ, sorted."""
    return tuple(sorted(name for name in after if before.get(name) != after[name]))
