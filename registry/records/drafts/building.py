"""Turning a draft into the rows of its entry, none of them saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from django.utils.functional import cached_property

from registry.models import (
    Change,
    Entry,
    EntryName,
    EntryRole,
    MemorialSite,
    Passage,
    Repression,
    Ruling,
    Source,
    Spelling,
    Stay,
    Term,
    Vocabulary,
)
from registry.models.inserting import blank_row, refer
from registry.records.conclusions.assembling import entry_facts
from registry.records.conclusions.facts import EntryFacts

from .entries import EntryDraft, NameDraft, RepressionDraft, RoleDraft, RulingDraft, StayDraft

ENTRY_TEXTS = (
    "sex", "birth", "birth_place", "age", "citizenship", "social_origin", "education",
    "occupation", "residence", "relatives", "death", "death_place", "death_cause",
    "burial_place", "burial_certainty", "archive_file", "basis", "comment", "content_hash",
)  # fmt: skip
ENTRY_SPELLINGS = {
    "nationality": Vocabulary.NATIONALITY,
    "party": Vocabulary.PARTY,
    "category": Vocabulary.VICTIM_CATEGORY,
    "fate": Vocabulary.FATE,
}
REPRESSION_TEXTS = (
    "kind", "episode", "arrest", "arrested_by", "arrest_place", "arrest_circumstances",
    "charge", "articles", "sentence_date", "sentence", "sentence_months", "execution",
    "execution_place", "release", "note",
)  # fmt: skip
NAME_FIELDS = tuple(field.name for field in fields(NameDraft))
REPRESSION_SPELLINGS = {
    "operation": Vocabulary.OPERATION,
    "sentencing_body": Vocabulary.SENTENCING_BODY,
}


class Codebook:
    """Terms and places by their codes, read once for a whole batch, when first asked for."""

    @cached_property
    def terms(self) -> dict[tuple[str, str], Term]:
        """Every term by its vocabulary and code."""
        return {(term.vocabulary, term.code): term for term in Term.all_records.all()}

    @cached_property
    def sites(self) -> dict[str, MemorialSite]:
        """Every place by its slug."""
        return {site.slug: site for site in MemorialSite.all_records.all()}

    def term(self, vocabulary: str, code: str) -> Term | None:
        """Return the term, or None for an empty or unknown code."""
        return self.terms.get((vocabulary, code)) if code else None

    def site(self, slug: str) -> MemorialSite | None:
        """Return the place, or None for an empty or unknown slug."""
        return self.sites.get(slug) if slug else None


class CodeNumbers(Codebook):
    """The same where no more than the ids are needed, which need not read every term whole."""

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The id of every term by its vocabulary and code."""
        rows = Term.all_records.order_by().values_list("vocabulary", "code", "pk")
        return {(vocabulary, code): number for vocabulary, code, number in rows}

    def term(self, vocabulary: str, code: str) -> Term | None:
        """Return a term of which only the id is set."""
        number = self.numbers.get((vocabulary, code)) if code else None
        return Term(pk=number) if number else None

    @cached_property
    def places(self) -> dict[str, int]:
        """The id of every place by its slug."""
        return dict(MemorialSite.all_records.order_by().values_list("slug", "pk"))

    def site(self, slug: str) -> MemorialSite | None:
        """Return a place of which only the id is set."""
        number = self.places.get(slug) if slug else None
        return MemorialSite(pk=number) if number else None


class Parts:
    """The rows one entry is made of; `articles` are term ids beside each repression."""

    def __init__(self, entry: Entry, source: Source) -> None:
        self.entry = entry
        self.source = source
        self.names: list[EntryName] = []
        self.repressions: list[Repression] = []
        self.articles: list[list[int]] = []
        self.rulings: list[Ruling] = []
        self.stays: list[Stay] = []
        self.roles: list[EntryRole] = []

    def facts(self, *, reference: int) -> EntryFacts:
        """Return what the entry says; `reference` stands for the id it has not got yet."""
        return entry_facts(
            entry=self.entry,
            source=self.source,
            names=self.names,
            repressions=self.repressions,
            rulings=self.rulings,
            has_role=bool(self.roles),
            reference=reference,
        )


class EntryBuilder:
    """Builds rows from drafts; `spelled` holds every spelling the drafts name."""

    def __init__(self, *, change: Change, codes: Codebook) -> None:
        self.change = change
        self.codes = codes
        self.spelled: Mapping[tuple[str, str], Spelling] = {}

    def build(
        self,
        draft: EntryDraft,
        *,
        source: Source,
        passage: Passage | None,
        entry: Entry | None = None,
    ) -> Parts:
        """Turn a draft into unsaved rows; `entry` is the saved row to fill where there is one."""
        if entry is None:
            entry = blank_row(Entry)
            entry.key = draft.key
            refer(entry, "source", source)
            refer(entry, "change", self.change)
        for name in ENTRY_TEXTS:
            setattr(entry, name, getattr(draft, name))
        for name, vocabulary in ENTRY_SPELLINGS.items():
            refer(entry, name, self.spelled.get((vocabulary, getattr(draft, name))))
        refer(entry, "passage", passage)
        refer(entry, "birth_region", self._region(draft.birth_region))
        refer(entry, "residence_region", self._region(draft.residence_region))
        refer(entry, "burial_site", self.codes.site(draft.burial_site))
        entry.discredited, entry.reading = dict(draft.discredited), dict(draft.reading)
        entry.wording = dict(draft.wording)
        parts = Parts(entry, source)
        for spelt in draft.names:
            name_row = blank_row(EntryName)
            refer(name_row, "entry", entry)
            for name in NAME_FIELDS:
                setattr(name_row, name, getattr(spelt, name))
            parts.names.append(name_row)
        for position, repression in enumerate(draft.repressions, start=1):
            self._add_repression(parts, repression, position)
        parts.rulings += [self._ruling(entry, ruling, None) for ruling in draft.rulings]
        parts.stays += [self._stay(entry, stay, None) for stay in draft.stays]
        parts.roles += [_role(entry, role) for role in draft.roles]
        return parts

    def _add_repression(self, parts: Parts, draft: RepressionDraft, position: int) -> None:
        row = blank_row(Repression)
        refer(row, "entry", parts.entry)
        row.position, row.wording = position, dict(draft.wording)
        for name in REPRESSION_TEXTS:
            setattr(row, name, getattr(draft, name))
        for name, vocabulary in REPRESSION_SPELLINGS.items():
            refer(row, name, self.spelled.get((vocabulary, getattr(draft, name))))
        refer(row, "arrest_region", self._region(draft.arrest_region))
        kind = self.codes.term(Vocabulary.SENTENCE_KIND, draft.sentence_kind)
        refer(row, "sentence_kind", kind)
        refer(row, "execution_site", self.codes.site(draft.execution_site))
        parts.repressions.append(row)
        parts.articles.append(
            [self.codes.terms[Vocabulary.ARTICLE, code].pk for code in draft.article_codes]
        )
        parts.rulings += [self._ruling(parts.entry, ruling, row) for ruling in draft.rulings]
        parts.stays += [self._stay(parts.entry, stay, row) for stay in draft.stays]

    def _region(self, code: str) -> Term | None:
        return self.codes.term(Vocabulary.REGION, code)

    def _ruling(self, entry: Entry, draft: RulingDraft, about: Repression | None) -> Ruling:
        row = blank_row(Ruling)
        refer(row, "entry", entry)
        row.wording, row.date = dict(draft.wording), draft.date
        for name in ("kind", "ground", "scope", "text"):
            setattr(row, name, getattr(draft, name))
        refer(row, "repression", about)
        refer(row, "body", self.spelled.get((Vocabulary.REHABILITATION_BODY, draft.body)))
        return row

    def _stay(self, entry: Entry, draft: StayDraft, about: Repression | None) -> Stay:
        row = blank_row(Stay)
        refer(row, "entry", entry)
        row.wording = dict(draft.wording)
        row.kind, row.place, row.note = draft.kind, draft.place, draft.note
        refer(row, "repression", about)
        refer(row, "site", self.codes.site(draft.site))
        row.from_date, row.to_date = draft.from_date, draft.to_date
        return row


def _role(entry: Entry, draft: RoleDraft) -> EntryRole:
    row = EntryRole(entry=entry, kind=draft.kind, text=draft.text, wording=dict(draft.wording))
    row.from_date, row.to_date = draft.from_date, draft.to_date
    return row
