"""From the rows of an entry back to a draft: what is asserted, ready to be edited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from registry.models import Entry, EntryName, EntryRole, Repression, Ruling, Stay, Term
from registry.records.drafts.building import (
    ENTRY_SPELLINGS,
    ENTRY_TEXTS,
    NAME_FIELDS,
    REPRESSION_TEXTS,
)
from registry.records.drafts.entries import (
    EntryDraft,
    NameDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.ledger.snapshots import PASSAGE

_SPANNED = ("from_date", "to_date")


def entry_draft(entry: int) -> EntryDraft:
    """Return what an entry asserts as a draft, which written back changes nothing.

    Raises Entry.DoesNotExist.
    """
    return draft_of(_rows().get(pk=entry))


def entry_drafts(entries: Iterable[int]) -> dict[int, EntryDraft]:
    """Return the same of several entries, by their ids; eight queries in all."""
    return {row.pk: draft_of(row) for row in _rows().filter(pk__in=entries)}


def _rows() -> Any:
    """Return entries with all that belongs to them, hidden or not."""
    return (
        Entry.all_records.select_related(
            "source", "passage", "birth_region", "residence_region", "burial_site",
            *ENTRY_SPELLINGS,
        )
        .prefetch_related(
            Prefetch("names", queryset=EntryName.all_records.order_by("pk")),
            Prefetch(
                "repressions",
                queryset=Repression.all_records.order_by("position").select_related(
                    "operation", "sentencing_body", "sentence_kind", "arrest_region",
                    "execution_site",
                ),
            ),
            Prefetch("repressions__article_terms", queryset=Term.all_records.order_by("pk")),
            Prefetch("rulings", queryset=Ruling.all_records.order_by("pk").select_related("body")),
            Prefetch("stays", queryset=Stay.all_records.order_by("pk").select_related("site")),
            Prefetch("roles", queryset=EntryRole.all_records.order_by("pk")),
        )
    )  # fmt: skip


def draft_of(entry: Entry) -> EntryDraft:
    """Return the draft of an entry whose rows are loaded."""
    rulings, stays = list(entry.rulings.all()), list(entry.stays.all())
    said: dict[str, Any] = {name: getattr(entry, name) for name in ENTRY_TEXTS}
    said.update({name: _spelled(getattr(entry, name)) for name in ENTRY_SPELLINGS})
    return EntryDraft(
        source=entry.source.slug,
        key=entry.key,
        **said,
        birth_region=_code(entry.birth_region),
        residence_region=_code(entry.residence_region),
        burial_site=entry.burial_site.slug if entry.burial_site else "",
        names=tuple(_name(row) for row in entry.names.all()),
        passage=_passage(entry),
        repressions=tuple(_repression(row, rulings, stays) for row in entry.repressions.all()),
        rulings=tuple(_ruling(row) for row in rulings if row.repression_id is None),
        stays=tuple(_stay(row) for row in stays if row.repression_id is None),
        roles=tuple(_role(row) for row in entry.roles.all()),
        discredited=dict(entry.discredited),
        reading=dict(entry.reading),
        wording=dict(entry.wording),
    )


def _spelled(spelling: Any) -> str:
    return spelling.text if spelling else ""


def _code(term: Term | None) -> str:
    return term.code if term else ""


def _name(row: EntryName) -> NameDraft:
    return NameDraft(**{name: getattr(row, name) for name in NAME_FIELDS})


def _passage(entry: Entry) -> PassageDraft | None:
    row = entry.passage
    return PassageDraft(**{name: getattr(row, name) for name in PASSAGE}) if row else None


def _repression(row: Repression, rulings: list[Ruling], stays: list[Stay]) -> RepressionDraft:
    return RepressionDraft(
        **{name: getattr(row, name) for name in REPRESSION_TEXTS},
        arrest_region=_code(row.arrest_region),
        article_codes=tuple(term.code for term in row.article_terms.all()),
        operation=_spelled(row.operation),
        sentencing_body=_spelled(row.sentencing_body),
        sentence_kind=_code(row.sentence_kind),
        execution_site=row.execution_site.slug if row.execution_site else "",
        rulings=tuple(_ruling(own) for own in rulings if own.repression_id == row.pk),
        stays=tuple(_stay(own) for own in stays if own.repression_id == row.pk),
        wording=dict(row.wording),
    )


def _ruling(row: Ruling) -> RulingDraft:
    return RulingDraft(
        kind=row.kind,
        date=row.date,
        body=_spelled(row.body),
        ground=row.ground,
        scope=row.scope,
        text=row.text,
        wording=dict(row.wording),
    )


def _stay(row: Stay) -> StayDraft:
    return StayDraft(
        place=row.place,
        kind=row.kind,
        site=row.site.slug if row.site else "",
        note=row.note,
        wording=dict(row.wording),
        **{name: getattr(row, name) for name in _SPANNED},
    )


def _role(row: EntryRole) -> RoleDraft:
    return RoleDraft(
        kind=row.kind,
        text=row.text,
        wording=dict(row.wording),
        **{name: getattr(row, name) for name in _SPANNED},
    )
