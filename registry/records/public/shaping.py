"""Rows turned into what the public sees of them, worded for one reader's language."""

from __future__ import annotations

from registry.models import Source, Worded

from .shapes import PublicSource, Text


def worded_text(row: Worded, name: str, language: str) -> Text | None:
    """Return a worded field of a row for a reader of `language`, or None when it is empty."""
    value, lang = row.worded(name, language)
    return Text(value, lang) if value else None


def shape_source(source: Source, *, language: str) -> PublicSource:
    """Return what the public sees of a source in use, worded for a reader of `language`.

    The caller leaves withdrawn ones out. The title as printed is in the source's language.
    """
    title, title_language = source.worded("title", language)
    return PublicSource(
        slug=source.slug,
        kind=source.kind,
        rank=source.rank,
        title=Text(title, title_language or source.language),
        author=source.author,
        publisher=source.publisher,
        year=source.year,
        language=source.language,
        url=source.url,
        archived_url=source.archived_url,
        licence=source.licence,
        quotes=worded_text(source, "quotes", language),
        note=worded_text(source, "note", language),
        unreliable_for=tuple(source.unreliable_for),
    )
