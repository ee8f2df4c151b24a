"""Whether a draft can be kept: its lengths, kinds and numbers, before the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.db import models

from registry.dates import FuzzyDate
from registry.models import (
    Entry,
    EntryName,
    EntryRole,
    NameKind,
    Passage,
    Repression,
    Ruling,
    Spelling,
    Stay,
)

from .entries import (
    EntryDraft,
    NameDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)

TABLES: dict[type[Any], type[models.Model]] = {
    EntryDraft: Entry,
    PassageDraft: Passage,
    NameDraft: EntryName,
    RepressionDraft: Repression,
    RulingDraft: Ruling,
    StayDraft: Stay,
    RoleDraft: EntryRole,
}
NEEDED = {("full", NameDraft), ("place", StayDraft), ("text", RoleDraft), ("key", EntryDraft)}
LONGEST_DATE = 300
HIGHEST = 32767


def draft_faults(draft: EntryDraft) -> Iterator[tuple[str, str]]:
    """Yield the path and the code of everything for which a draft cannot be kept.

    `missing`, `too-long`, `unknown`, `nul` (a sign that no database keeps), `bad-number`,
    `two-main-names`. Terms and places are not looked up (see `EntryWriter.unknown_code`).
    """
    yield from _faults(draft, "")
    if sum(name.kind == NameKind.MAIN for name in draft.names) > 1:
        yield "names", "two-main-names"


def _faults(part: Any, at: str) -> Iterator[tuple[str, str]]:
    table = TABLES[type(part)]
    columns = {field.name: field for field in table._meta.concrete_fields}
    for field in fields(part):
        value, path = getattr(part, field.name), f"{at}{field.name}"
        if isinstance(value, tuple) and field.name != "article_codes":
            for number, own in enumerate(value, start=1):
                yield from _faults(own, f"{path}.{number}.")
        elif type(value) in TABLES:
            yield from _faults(value, f"{path}.")
        elif isinstance(value, str):
            needed = (field.name, type(part)) in NEEDED
            if code := _text_fault(value, columns.get(field.name), needed=needed):
                yield path, code
        elif isinstance(value, FuzzyDate):
            if len(value.printed) > LONGEST_DATE or "\x00" in value.printed:
                yield path, "too-long" if len(value.printed) > LONGEST_DATE else "nul"
        elif isinstance(value, int) and not 0 <= value <= HIGHEST:
            yield path, "bad-number"


def _text_fault(text: str, column: models.Field[Any, Any] | None, *, needed: bool) -> str:
    if "\x00" in text:
        return "nul"
    if not text.strip():
        return "missing" if needed else _kind_fault(text, column)
    longest = column.max_length if isinstance(column, models.CharField) else None
    if isinstance(column, models.ForeignKey) and column.related_model is Spelling:
        longest = Spelling._meta.get_field("text").max_length
    if longest is not None and len(text) > longest:
        return "too-long"
    return _kind_fault(text, column)


def _kind_fault(text: str, column: models.Field[Any, Any] | None) -> str:
    choices = dict(column.flatchoices) if isinstance(column, models.CharField) else {}
    return "unknown" if choices and text not in choices and (text or not column.blank) else ""  # type: ignore[union-attr]  # choices come from a column
