"""A person or a place as of a day past: concluded again from what the ledger has of then.

Nothing is written. Rows are made in memory from the bodies of revisions, or are those of today
where the ledger knows of no change, and go the way every person goes to the public. What is not
shown now is left out, whatever it was then. Vocabularies are read as they are today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from registry.models import (
    Biography,
    Change,
    Choice,
    Entry,
    Person,
    PersonStatus,
    Relation,
    Source,
    SourceStatus,
    Standing,
)
from registry.records.conclusions.assembling import entry_facts
from registry.records.conclusions.chosen import Chosen, entries_of
from registry.records.drafts.building import Codebook
from registry.records.drafts.sites import draft_from_body
from registry.records.ledger.acts import Body
from registry.records.ledger.changes import canonical
from registry.records.ledger.refreshing import fill_person
from registry.records.ledger.rows import fill_columns
from registry.records.ledger.snapshots import ENTRY
from registry.records.ledger.trails import Record, Trail, body_of, is_erased
from registry.records.public.linked import role_key
from registry.records.public.people import shape_person
from registry.records.public.rows import PersonRows, load_person, read_entries
from registry.records.public.shapes import PublicPerson, PublicSite
from registry.records.public.sites import shape_site, shown_site

from .concerning import Concern, in_full, is_shown, read_concern, read_site_concern
from .remaking import Remaking, remake_site
from .shapes import Moment


class MomentUnknown(LookupError):
    """No such change has anything to do with the record."""


def person_as_of(person: int, *, change: int, language: str) -> tuple[PublicPerson, Moment]:
    """Return a person as concluded after a change, and what that view is cited by.

    The number of queries does not depend on the number of changes. Raises PersonUnknown,
    PersonGone, PersonMoved, MomentUnknown.
    """
    loaded = load_person(person)
    concern = read_concern(loaded.person, language=language)
    then = _Then(concern, change)
    made = Change.all_records.filter(pk=change).first()
    if made is None or change not in {step.change for step in concern.trail.steps()}:
        raise MomentUnknown(change)
    rows = then.rows(loaded)
    if not rows.entries:
        raise MomentUnknown(change)
    rows = replace(rows, person=_concluded(rows, made))
    moment = Moment(
        change=change,
        day=made.at.date(),
        digest=_digest(concern.trail, change, then.current),
        left_out=then.left_out,
        is_latest=change == max(step.change for step in concern.trail.steps()),
    )
    return shape_person(rows, language=language), moment


def _concluded(rows: PersonRows, made: Change) -> Person:
    """Return the person with the columns that these rows come to; shown as today."""
    row = Person()
    facts = [
        entry_facts(
            entry=entry,
            source=entry.source,
            names=list(entry.names.all()),
            repressions=list(entry.repressions.all()),
            rulings=list(entry.rulings.all()),
            has_role=bool(entry.roles.all()),
        )
        for entry in rows.entries
    ]
    chosen = entries_of(Chosen(rows.choices).of_person())
    row.status, row.status_by_rule = rows.person.status, False
    fill_person(row, facts, choices=chosen, book=Codebook(), today=made.at.date())
    row.pk = rows.person.pk
    return row


class _Then:
    """What stood after a change of all that concerns a person."""

    def __init__(self, concern: Concern, change: int) -> None:
        self.concern = concern
        self.change = change
        self.left_out = False
        missing = [
            ref for kind, ref in concern.trail.origins if not concern.trail.known((kind, ref))
        ]
        self.current = {("entry", ref): body for ref, body in ENTRY.read(missing).items()}

    def rows(self, loaded: PersonRows) -> PersonRows:
        """Return the rows of then; of the possibly living no more than are told today."""
        entries = self._entries()
        shown = {entry.pk for entry in entries}
        choices = [choice for choice in self._choices() if choice.entry_id in shown]
        if loaded.person.status == PersonStatus.RESTRICTED:
            return PersonRows(loaded.person, entries, choices, (), (), ())
        return PersonRows(
            person=loaded.person,
            entries=entries,
            choices=choices,
            relations=list(self._relations()),
            biographies=list(self._biographies(loaded)),
            files=[
                (model, row)
                for model, row in loaded.files
                if self._was_there((model.__name__.lower(), str(row.pk)))
            ],
        )

    def _body(self, record: Record) -> Body | None:
        """Return what a record asserted then; None where it was not there, or was emptied."""
        trail = self.concern.trail
        if not trail.known(record):
            began = trail.origins.get(record, 0)
            return self.current.get(record) if began <= self.change else None
        row = trail.after(record, self.change)
        if row is not None and is_erased(row):
            self.left_out = True
        return self.concern.taken_back.clean(record, body_of(row))

    def _was_there(self, record: Record) -> bool:
        body = self._body(record)
        return bool(body and body["published"])

    def _records(self, subject: str) -> Iterator[tuple[str, Body]]:
        records = {*self.concern.trail.rows, *self.concern.trail.origins}
        for kind, reference in sorted(records):
            body = self._body((kind, reference)) if kind == subject else None
            if body is not None:
                yield reference, body

    def _entries(self) -> list[Entry]:
        """Return the entries that counted then and are shown now."""
        sources = self._sources()
        bodies: dict[int, Body] = {}
        for reference, body in self._records("entry"):
            row = self.concern.entries[int(reference)]
            used = sources[row.source.slug].status == SourceStatus.IN_USE
            if body["person_id"] != self.concern.person.pk or body["standing"] != Standing.IN_USE:
                continue
            if not is_shown(row):
                self.left_out = True
            elif used and (in_full(row.person) or row.person_id == self.concern.person.pk):
                bodies[row.pk] = body
        today = [pk for pk in bodies if ("entry", str(pk)) in self.current]
        rows = read_entries(Entry.all_records.filter(pk__in=today))
        rows += Remaking({pk: body for pk, body in bodies.items() if pk not in today}).entries()
        for row in rows:
            row.source = sources[self.concern.entries[row.pk].source.slug]
            # Of posts and acts, too, only what may be told today is told of then.
            roles = [role for role in row.roles.all() if role_key(role) in self.concern.roles]
            row._prefetched_objects_cache["roles"] = roles  # type: ignore[attr-defined]
        return rows

    def _sources(self) -> dict[str, Source]:
        """Return the sources as they were stated then."""
        found = {entry.source.slug: entry.source for entry in self.concern.entries.values()}
        for slug, body in self._records("source"):
            row = Source(pk=found[slug].pk)
            fill_columns(row, body)
            found[slug] = row
        return found

    def _choices(self) -> Iterator[Choice]:
        for number, (reference, body) in enumerate(self._records("choice"), start=1):
            person, _, named = reference.partition(":")
            if int(person) == self.concern.person.pk:
                field = named.removesuffix(f":{body['entry']}") if ":" in named else named
                yield Choice(
                    pk=number,
                    person_id=int(person),
                    field=field,
                    entry_id=body["entry"],
                    reason=body["reason"],
                )

    def _relations(self) -> Iterator[Relation]:
        """Yield the links of then, both ends and the entry of which are shown in full now."""
        people = {**self.concern.others, self.concern.person.pk: self.concern.person}
        for reference, body in self._records("relation"):
            ends = (body["person_id"], body["other_id"])
            entry = self.concern.entries.get(body["entry_id"])
            if self.concern.person.pk not in ends or entry is None or not is_shown(entry):
                continue
            if all(in_full(people.get(end)) for end in ends):
                row = Relation(pk=int(reference))
                fill_columns(row, body)
                row.person, row.other, row.entry = people[ends[0]], people[ends[1]], entry
                yield row

    def _biographies(self, loaded: PersonRows) -> Iterator[Biography]:
        """Yield, of the biographies shown now, what they said then; sources are of today."""
        today = {row.pk: row for row in loaded.biographies}
        for reference, body in self._records("biography"):
            if body["person_id"] == self.concern.person.pk and int(reference) in today:
                row = Biography(pk=int(reference))
                fill_columns(row, body)
                sources = today[row.pk].sources.all()
                row._prefetched_objects_cache = {"sources": sources}  # type: ignore[attr-defined]
                yield row


def _digest(trail: Trail, change: int, current: dict[Record, Body]) -> str:
    """Return one digest of all that was asserted after a change, of whatever is shown or not."""
    lines = []
    for record in sorted({*trail.rows, *trail.origins}):
        if trail.known(record):
            row = trail.after(record, change)
            lines.append(f"{record[0]} {record[1]} {row.hash if row else ''}")
        elif trail.origins[record] <= change:
            text = canonical(current.get(record))
            lines.append(f"{record[0]} {record[1]} {hashlib.sha256(text.encode()).hexdigest()}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def site_as_of(slug: str, *, change: int, language: str) -> tuple[PublicSite, Moment]:
    """Return a place as it was stated after a change, and what that view is cited by.

    Who lies there and what pictures there are is told of today alone. Raises SiteUnknown,
    SiteGone, MomentUnknown.
    """
    site = shown_site(slug)
    concern = read_site_concern(site, language=language)
    trail = concern.trail
    changes = {step.change for step in trail.steps()}
    made = Change.all_records.filter(pk=change).first()
    if made is None or change not in changes:
        raise MomentUnknown(change)
    record = ("site", slug)
    stated = body_of(trail.after(record, change)) if trail.known(record) else None
    body = concern.taken_back.clean(record, stated)
    if body is None:
        raise MomentUnknown(change)
    moment = Moment(
        change=change,
        day=made.at.date(),
        digest=_digest(trail, change, {}),
        left_out=False,
        is_latest=change == max(changes),
    )
    return shape_site(remake_site(draft_from_body(body)), language), moment
