"""Links between people as editors state them, each resting on an entry."""

from __future__ import annotations

from collections.abc import Mapping
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

from .acts import act
from .people import RELATION

LONGEST = 500
"""Characters of what is said about a link."""


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
