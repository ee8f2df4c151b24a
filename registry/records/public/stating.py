"""What one entry says, field by field, as the public sees it."""

from __future__ import annotations

from collections.abc import Container

from registry.dates import FuzzyDate
from registry.models import Entry, Passage, Repression, Ruling, Stay
from registry.names import script_of
from registry.records.conclusions.facts import EntryFacts, RepressionFact, Value, Words
from registry.records.drafts.readings import doubt_mark

from .linked import role_key
from .shapes import (
    PublicEntry,
    PublicEpisode,
    PublicFact,
    PublicName,
    PublicPassage,
    PublicRole,
    PublicRuling,
    PublicStay,
    PublicVia,
    Text,
)
from .shaping import shape_source, worded_text
from .valuing import Reader, discredit_reason

SHOWN_FIELDS = (
    "sex", "birth", "birth_place", "age", "nationality", "citizenship", "social_origin",
    "education", "party", "category", "occupation", "residence", "relatives", "death",
    "death_place", "death_cause", "fate", "burial", "archive_file", "basis", "comment",
)  # fmt: skip
"""The fields of an entry in the order of a printed one."""


def shape_entry(
    entry: Entry,
    facts: EntryFacts,
    reader: Reader,
    roles: Container[tuple[str, str]],
    via: PublicVia | None = None,
) -> PublicEntry:
    """Return what one entry says, everything as printed and in its order.

    Of posts and acts only those of `roles` (see `tellable_roles`): a page of the web that is
    alone in accusing does not accuse here either.
    """
    marks = (reader.marks[entry.pk],)
    return PublicEntry(
        id=entry.pk,
        mark=marks[0],
        source=shape_source(entry.source, language=reader.language),
        passage=_passage(entry.passage, reader) if entry.passage else None,
        names=tuple(
            PublicName(
                n.kind,
                n.family,
                n.given,
                n.patronymic,
                n.full,
                n.language,
                n.script or script_of(n.full),
                marks,
            )
            for n in facts.names
        ),
        fields=tuple(
            (name, reader.value(name, value, (entry.pk,)))
            for name in SHOWN_FIELDS
            if (value := _stated(entry, facts, name))
        ),
        repressions=tuple(
            _repression(row, fact, entry, reader)
            for row, fact in zip(entry.repressions.all(), facts.repressions, strict=True)
        ),
        rulings=tuple(
            public_ruling(row, reader) for row in entry.rulings.all() if row.repression_id is None
        ),
        stays=tuple(
            public_stay(row, reader) for row in entry.stays.all() if row.repression_id is None
        ),
        roles=tuple(
            PublicRole(
                row.kind,
                worded_text(row, "text", reader.language) or Text(row.text),
                row.from_date,
                row.to_date,
                marks,
            )
            for row in entry.roles.all()
            if role_key(row) in roles
        ),
        reading={
            path: str(what.get("reason", ""))
            for path, what in entry.reading.items()
            if path not in {"*", *map(doubt_mark, entry.discredited)}
        },
        discredited={
            name: discredit_reason(entry, name, reader.language) for name in entry.discredited
        },
        via=via,
    )


def _stated(entry: Entry, facts: EntryFacts, name: str) -> Value | None:
    """Return what the entry itself has in a field, and not what an execution implies of it."""
    if name == "death":
        return entry.death
    return None if name == "fate" and entry.fate_id is None else facts.values.get(name)


def _passage(passage: Passage, reader: Reader) -> PublicPassage:
    return PublicPassage(
        locator=worded_text(passage, "locator", reader.language),
        url=passage.url,
        quotes=worded_text(passage, "quotes", reader.language),
        rendering=passage.rendering,
        text=_print_of(passage, reader.language),
    )


def _print_of(passage: Passage, language: str) -> Text | None:
    text = worded_text(passage, "text", language)
    return Text(text.value, text.lang or passage.language) if text else None


def _repression(
    row: Repression, fact: RepressionFact, entry: Entry, reader: Reader
) -> PublicEpisode:
    """Return one repression as the entry states it: an episode with one witness."""
    values: dict[str, FuzzyDate | Words] = dict(fact.values)
    return PublicEpisode(
        number=row.position,
        kind=row.kind,
        facts={
            name: PublicFact(field=name, values=(reader.value(name, value, (entry.pk,)),))
            for name, value in values.items()
        },
        rulings=tuple(
            public_ruling(ruling, reader)
            for ruling in entry.rulings.all()
            if ruling.repression_id == row.pk
        ),
        stays=tuple(
            public_stay(stay, reader) for stay in entry.stays.all() if stay.repression_id == row.pk
        ),
    )


def public_ruling(row: Ruling, reader: Reader) -> PublicRuling:
    """Return what was decided afterwards; a body by the label of its term where known."""
    body: Text | None = None
    if row.body:
        term = row.body.term
        wording = row.wording.get("body", {})
        body = reader.text(Words(row.body.text, wording=wording))
        if term and not wording:
            body = Text(term.label(reader.language), reader.language)
    return PublicRuling(
        kind=row.kind,
        date=row.date,
        body=body,
        ground=worded_text(row, "ground", reader.language),
        scope=worded_text(row, "scope", reader.language),
        text=worded_text(row, "text", reader.language),
        marks=(reader.marks[row.entry_id],),
    )


def public_stay(row: Stay, reader: Reader) -> PublicStay:
    """Return a place where the person was held."""
    return PublicStay(
        kind=row.kind,
        place=worded_text(row, "place", reader.language) or Text(row.place),
        site=row.site.slug if row.site and row.site.status == "public" else "",
        from_date=row.from_date,
        to_date=row.to_date,
        note=worded_text(row, "note", reader.language),
        marks=(reader.marks[row.entry_id],),
    )
