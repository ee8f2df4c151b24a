"""Links between people, as entries and editors state them, each resting on an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from registry.models import (
    LANGUAGES,
    Change,
    ChangeKind,
    Entry,
    Person,
    PersonStatus,
    Relation,
    RelationKind,
    Role,
)
from registry.records.drafts.entries import Wording
from registry.records.ledger.acts import act
from registry.records.ledger.changes import Snapshot, write_revisions
from registry.records.ledger.rows import row_subject

from .identity import PersonRefused, people_by_key

LONGEST = 500
"""Characters of what is said about a link."""
RELATION = row_subject("relation", Relation)


class RelationRefused(ValueError):
    """A link that is not made: `field` and `code` say why.

    `unknown-person`, `merged`, `same-person`, `unknown-kind`, `unknown-entry` (none of either
    person), `withdrawn` (the entry or its source), `too-long`, `unknown-relation`.
    """

    def __init__(self, *, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """A link as one entry states it: `other_key` is `kind` to `person_key`."""

    person_key: str
    other_key: str
    kind: str
    source: str
    entry_key: str
    text: str = ""
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """`other` is `kind` to `person`, as `entry` (of either of them) states it, by their ids.

    `text` is in English; `wording` has it in the other languages.
    """

    person: int
    other: int
    kind: str
    entry: int
    text: str = ""
    wording: Mapping[str, str] = field(default_factory=dict)


def put_relations(*, relations: Sequence[RelationDraft], change: Change) -> int:
    """Write links that are new or worded anew; return how many were written.

    Raises PersonRefused: `unknown-person`, `unknown-entry`, `unknown-kind`, `same-person`.
    """
    keys = {key for draft in relations for key in (draft.person_key, draft.other_key)}
    people = people_by_key(keys)
    entries = {
        (source, key): pk
        for source, key, pk in Entry.all_records.filter(
            source__slug__in={draft.source for draft in relations},
            key__in={draft.entry_key for draft in relations},
        ).values_list("source__slug", "key", "pk")
    }
    written = []
    for draft in relations:
        row = _relation(draft, people, entries)
        if row is not None:
            row.save()
            written.append(str(row.pk))
    snapshots = [
        Snapshot(RELATION.name, reference, body)
        for reference, body in RELATION.read(written).items()
    ]
    return write_revisions(change=change, snapshots=snapshots)


def _relation(
    draft: RelationDraft, people: Mapping[str, int], entries: Mapping[tuple[str, str], int]
) -> Relation | None:
    """Return the row to save, or None where it stands already."""
    for key in (draft.person_key, draft.other_key):
        if key not in people:
            raise PersonRefused(code="unknown-person", key=key)
    entry = entries.get((draft.source, draft.entry_key))
    if entry is None:
        raise PersonRefused(code="unknown-entry", key=f"{draft.source}/{draft.entry_key}")
    if draft.kind not in RelationKind.values:
        raise PersonRefused(code="unknown-kind", key=draft.kind)
    if people[draft.person_key] == people[draft.other_key]:
        raise PersonRefused(code="same-person", key=draft.person_key)
    identity = {
        "person_id": people[draft.person_key],
        "other_id": people[draft.other_key],
        "kind": draft.kind,
        "entry_id": entry,
    }
    row: Relation = Relation.all_records.filter(**identity).first() or Relation(**identity)
    wording = {name: dict(texts) for name, texts in draft.wording.items()}
    if row.pk and (row.text, row.wording) == (draft.text, wording):
        return None
    row.text, row.wording = draft.text, wording
    return row


def state_relation(
    *, link: Link, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """State a link, or word it anew; return the change, or None when nothing differs.

    Raises RelationRefused.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        _check(link)
        identity = {
            "person_id": link.person,
            "other_id": link.other,
            "kind": link.kind,
            "entry_id": link.entry,
        }
        row = Relation.all_records.filter(**identity).first()
        if row is not None:
            doing.touch(RELATION, row.pk)
        is_new = row is None
        row = row or Relation(**identity)
        worded = {code: link.wording[code] for code in LANGUAGES if link.wording.get(code)}
        row.text, row.wording = link.text, {"text": worded} if worded else {}
        row.save()
        if is_new:
            doing.add(RELATION, row.pk)
    return doing.change


def remove_relation(
    *, relation: int, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change:
    """Take a link away; undoing the change brings it back. Raises RelationRefused."""
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        row = Relation.all_records.filter(pk=relation).first()
        if row is None:
            raise RelationRefused(field="relation", code="unknown-relation")
        doing.touch(RELATION, row.pk)
        row.delete()
    return doing.under


def _check(link: Link) -> None:
    if link.person == link.other:
        raise RelationRefused(field="other", code="same-person")
    people = {row.pk: row for row in Person.all_records.filter(pk__in=(link.person, link.other))}
    for name in ("person", "other"):
        row = people.get(getattr(link, name))
        if row is None:
            raise RelationRefused(field=name, code="unknown-person")
        if row.status == PersonStatus.MERGED:
            raise RelationRefused(field=name, code="merged")
    if link.kind not in RelationKind.values:
        raise RelationRefused(field="kind", code="unknown-kind")
    entries = Entry.all_records.get_queryset().in_use().filter(pk=link.entry)
    if not Entry.all_records.filter(pk=link.entry, person__in=people).exists():
        raise RelationRefused(field="entry", code="unknown-entry")
    if not entries.exists():
        raise RelationRefused(field="entry", code="withdrawn")
    if len(link.text) > LONGEST:
        raise RelationRefused(field="text", code="too-long")
