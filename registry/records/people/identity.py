"""People before their entries: permanent ids, and the keys by which entries join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.management.color import no_style
from django.db import connection

from registry.models import Change, Entry, Person, PersonKey, PersonStatus
from registry.records.ledger.acts import Act, Body, Subject, in_batches
from registry.records.ledger.changes import Snapshot, write_revisions
from registry.records.ledger.refreshing import BY_RULE
from registry.records.public.rows import follow_merges


class PersonRefused(ValueError):
    """A person, or a link between two, that cannot be kept: `code` says why, `key` which."""

    def __init__(self, *, code: str, key: str) -> None:
        super().__init__(f"{code}: {key}")
        self.code = code
        self.key = key


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A key by which entries join, and the permanent id it has had elsewhere, if any."""

    person_key: str
    id: int | None = None


ASSERTED = ("pk", "status", "status_by_rule", "merged_into")


def _read(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for own in in_batches(references):
        rows = Person.all_records.filter(pk__in=own).order_by("pk")
        for pk, status, by_rule, into in rows.values_list(*ASSERTED):
            # What the rule about the living says is concluded, and not asserted.
            told = "" if by_rule else status
            found[str(pk)] = {"status": told, "merged_into": into, "keys": []}
        keys = PersonKey.all_records.filter(person__in=own).order_by("key")
        for key, person in keys.values_list("key", "person"):
            found[str(person)]["keys"].append(key)
    return found


def _write(reference: str, body: Body | None, _doing: Act) -> None:
    """Set what is asserted of a person; nobody is ever taken away, only their entries."""
    if body is None:
        return
    row = Person.all_records.only(*ASSERTED).get(pk=reference)
    by_rule = not body["status"]
    if not by_rule or row.status not in BY_RULE:
        # What the rule says now is concluded when the act settles.
        row.status = body["status"] or PersonStatus.PUBLIC
    row.status_by_rule, row.merged_into_id = by_rule, body["merged_into"]
    row.save(update_fields=["status", "status_by_rule", "merged_into"])


def _origins(references: Sequence[str]) -> dict[str, int]:
    """Return the changes that brought in the first entry of each of these people."""
    found: dict[str, int] = {}
    for own in in_batches(references):
        rows = Entry.all_records.filter(person__in=own).order_by("-pk")
        found.update(
            {str(person): change for person, change in rows.values_list("person", "change")}
        )
    return found


PERSON = Subject(
    "person",
    _read,
    _write,
    people=lambda reference, _body: [int(reference)],
    origins=_origins,
    group=lambda field: "keys" if field == "keys" else "status",
)
"""Whom the public may see, and who was merged into whom. Keys are told, and never taken away."""


def name_people(*, people: Sequence[PersonDraft], change: Change) -> int:
    """Reserve people for these keys, with the ids they have had; return how many are new.

    They are shown once they have an entry. Raises PersonRefused (`id-taken`) where an id
    belongs to somebody else, (`other-id`) where the key has another id already, (`twice`)
    where a key or an id is named again.
    """
    for name in ("person_key", "id"):
        given = Counter(getattr(draft, name) for draft in people if getattr(draft, name))
        for again in (one for one, times in given.items() if times > 1):
            raise PersonRefused(code="twice", key=str(again))
    known = dict(
        PersonKey.all_records.filter(key__in=[p.person_key for p in people]).values_list(
            "key", "person"
        )
    )
    for draft in people:
        if draft.id and known.get(draft.person_key, draft.id) != draft.id:
            raise PersonRefused(code="other-id", key=draft.person_key)
    fresh = [draft for draft in people if draft.person_key not in known]
    ids = [draft.id for draft in fresh if draft.id]
    taken = set(Person.all_records.filter(pk__in=ids).values_list("pk", flat=True))
    for draft in fresh:
        if draft.id in taken:
            raise PersonRefused(code="id-taken", key=draft.person_key)
    rows = [Person(pk=draft.id) for draft in fresh]
    Person.all_records.bulk_create([row for row in rows if row.pk])
    if ids:
        _go_on_counting()
    Person.all_records.bulk_create([row for row in rows if not row.pk])
    PersonKey.all_records.bulk_create(
        [
            PersonKey(key=draft.person_key, person=row)
            for draft, row in zip(fresh, rows, strict=True)
        ]
    )
    bodies = PERSON.read([str(row.pk) for row in rows])
    snapshots = [Snapshot(PERSON.name, reference, body) for reference, body in bodies.items()]
    write_revisions(change=change, snapshots=snapshots)
    return len(fresh)


def _go_on_counting() -> None:
    """Let PostgreSQL's counter of ids go on after the ids that were given; SQLite does so."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Person]):
            cursor.execute(statement)


def people_by_key(keys: Collection[str]) -> dict[str, int]:
    """Return the ids of the people these keys name; of whoever was merged, into whom."""
    found = dict(PersonKey.all_records.filter(key__in=keys).values_list("key", "person"))
    leads = follow_merges(found.values())
    return {key: leads[person] for key, person in found.items()}
