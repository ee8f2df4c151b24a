"""From rows to plain facts: what an entry's tables say, ready to be concluded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from registry.dates import FuzzyDate
from registry.models import Entry, EntryName, Repression, Ruling, Source, Spelling, Term

from .facts import (
    NO_RANK,
    EntryFacts,
    EntryRef,
    NameFact,
    RepressionFact,
    RulingFact,
    Value,
    Words,
    canonical_field,
)

TEXTS = (
    "birth_place",
    "age",
    "citizenship",
    "social_origin",
    "education",
    "occupation",
    "residence",
    "relatives",
    "death_place",
    "death_cause",
    "archive_file",
    "basis",
    "comment",
)
SPELLINGS = ("nationality", "party", "category", "fate")
REPRESSION_TEXTS = (
    "arrested_by",
    "arrest_place",
    "arrest_circumstances",
    "charge",
    "articles",
    "note",
)
REPRESSION_DATES = ("arrest", "sentence_date", "execution", "release")
REPRESSION_SPELLINGS = ("operation", "sentencing_body")
NOTHING: Mapping[str, str] = {}
EXECUTED = "executed"
"""The code of the fate that an execution states."""


def entry_facts(
    *,
    entry: Entry,
    source: Source,
    names: Sequence[EntryName],
    repressions: Sequence[Repression],
    rulings: Sequence[Ruling],
    has_role: bool,
    reference: int | None = None,
) -> EntryFacts:
    """Gather what one entry says. `reference` stands for the id while the row has none.

    Spellings and their terms must be loaded, or each costs a query.
    """
    rank = entry.own_rank or source.rank or NO_RANK
    ref = EntryRef(entry.pk if reference is None else reference, source.slug, entry.key, rank)
    discredited = frozenset(canonical_field(name) for name in entry.discredited)
    unreliable = frozenset(canonical_field(name) for name in source.unreliable_for)
    doubted = discredited | unreliable
    return EntryFacts(
        ref=ref,
        values=_entry_values(entry, repressions, doubted),
        names=tuple(_name_fact(name) for name in names),
        repressions=tuple(_repression_fact(row, ref, doubted) for row in repressions),
        rulings=tuple(
            RulingFact(ref, row.pk or 0, row.kind, row.date, _position(row, repressions))
            for row in rulings
        ),
        has_role=has_role,
        living_rule=source.living_rule,
        unreliable=unreliable,
        discredited=discredited,
    )


def _entry_values(
    entry: Entry, repressions: Sequence[Repression], doubted: frozenset[str]
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name in TEXTS:
        text = getattr(entry, name)
        if text:
            values[name] = Words(text, wording=entry.wording.get(name, NOTHING))
    for name in SPELLINGS:
        spelling: Spelling | None = getattr(entry, name)
        if spelling is not None:
            values[name] = spelled(spelling, entry.wording.get(name, NOTHING))
    for name in ("birth_region", "residence_region"):
        region: Term | None = getattr(entry, name)
        if region is not None:
            values[name] = Words("", region.code)
    if entry.sex:
        values["sex"] = Words("", entry.sex)
    if entry.birth:
        values["birth"] = entry.birth
    if entry.death:
        values["death"] = entry.death
    if entry.burial_place or entry.burial_site:
        site = entry.burial_site.slug if entry.burial_site else ""
        values["burial"] = Words(
            entry.burial_place,
            site,
            entry.burial_certainty,
            entry.wording.get("burial_place", NOTHING),
        )
    return values | _implied(entry, repressions, doubted)


def _implied(
    entry: Entry, repressions: Sequence[Repression], doubted: frozenset[str]
) -> dict[str, Value]:
    """Return what an execution says of the death, where the entry itself says nothing of it."""
    # Whoever is said to have been shot on a day is said to have died on it. What stands in
    # the column and was not understood as a day ("commuted to ten years") says no such thing.
    executions = [row.execution for row in repressions if row.execution and row.execution.edtf]
    if not executions or "execution" in doubted:
        return {}
    implied: dict[str, Value] = {}
    if entry.fate is None:
        implied["fate"] = Words("", EXECUTED)
    # Nor does a day of death that was not understood; a doubted one is told as it is printed.
    if entry.death is None or not (entry.death.edtf or {"death", "*"} & doubted):
        implied["death"] = executions[-1]
    return implied


def _position(ruling: Ruling, repressions: Sequence[Repression]) -> int | None:
    """Return the position of the repression a ruling is about, saved or not."""
    if ruling.repression_id is None:
        # An unsaved repression has no id yet: only the object itself tells.
        mine = ruling.__dict__["_state"].fields_cache.get("repression")
        return next((row.position for row in repressions if row is mine), None)
    return next((row.position for row in repressions if row.pk == ruling.repression_id), None)


def spelled(spelling: Spelling, wording: Mapping[str, str] = NOTHING) -> Words:
    """Return a spelling as words: its text, and the code of its term if it has one."""
    return Words(spelling.text, spelling.term.code if spelling.term else "", wording=wording)


def _name_fact(row: EntryName) -> NameFact:
    return NameFact(
        row.pk or 0,
        row.kind,
        row.family,
        row.given,
        row.patronymic,
        row.full,
        row.language,
        row.script,
    )


def _repression_fact(row: Repression, ref: EntryRef, doubted: frozenset[str]) -> RepressionFact:
    values: dict[str, Value] = {}
    for name in REPRESSION_DATES:
        date: FuzzyDate | None = getattr(row, name)
        if date:
            values[name] = date
    for name in REPRESSION_TEXTS:
        text = getattr(row, name)
        if text:
            values[name] = Words(text, wording=row.wording.get(name, NOTHING))
    for name in REPRESSION_SPELLINGS:
        spelling: Spelling | None = getattr(row, name)
        if spelling:
            values[name] = spelled(spelling, row.wording.get(name, NOTHING))
    if row.execution_place or row.execution_site:
        site = row.execution_site.slug if row.execution_site else ""
        wording = row.wording.get("execution_place", NOTHING)
        values["execution_place"] = Words(row.execution_place, site, wording=wording)
    if row.sentence or row.sentence_kind:
        kind = row.sentence_kind.code if row.sentence_kind else ""
        # Ten years of camp and five are of one kind, and still differ.
        months = f":{row.sentence_months}" if row.sentence_months else ""
        values["sentence"] = Words(
            row.sentence,
            kind + months if kind else "",
            wording=row.wording.get("sentence", NOTHING),
        )
    return RepressionFact(ref, row.pk or 0, row.position, row.kind, values, row.episode, doubted)


def first_days(facts: Iterable[EntryFacts]) -> list[tuple[FuzzyDate, EntryRef]]:
    """Return the first date believed of every repression that has one, with its entry."""
    found = []
    for entry in facts:
        for repression in entry.repressions:
            for name in REPRESSION_DATES:
                value = repression.values.get(name) if repression.believed(name) else None
                if isinstance(value, FuzzyDate) and (value.earliest or value.latest):
                    found.append((value, entry.ref))
                    break
    return found
