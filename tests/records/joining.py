"""What tests of merging and splitting share: acts in short, and all that the records assert."""

from __future__ import annotations

from typing import Any

from registry.models import Change, Choice, Entry, Relation, Role
from registry.records.ledger.changes import canonical
from registry.records.people.merging import merge_people
from registry.records.people.splitting import Split, split_person
from registry.records.undoing.reverting import Undone, undo_change
from registry.records.undoing.subjects import SUBJECTS
from tests.databases import NOW
from tests.ledger.state import REFERENCES

ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "invented", "now": NOW}
NAMES = ("entry", "person", "relation", "choice", "judgement", "biography", "photograph")


def asserted() -> dict[str, str]:
    """Return the bodies of all records that merging touches."""
    found: dict[str, str] = {}
    for name in NAMES:
        if name in SUBJECTS and name in REFERENCES:
            bodies = SUBJECTS[name].read(REFERENCES[name]())
            found.update({f"{name} {key}": canonical(body) for key, body in bodies.items()})
    return found


def merge(left: int, right: int, **answers: Any) -> Change:
    """Merge two people."""
    return merge_people(left=left, right=right, **answers, **ACT)


def split(person: int, *entries: int, into: int | None = None) -> Split:
    """Split entries off a person."""
    return split_person(person=person, entries=entries, into=into, **ACT)


def undo(change: Change | None) -> Undone:
    """Undo a change."""
    assert change is not None
    return undo_change(change=change.pk, **ACT)


def entry_of(person: int) -> int:
    """Return the first entry of a person."""
    return entries_of(person)[0]


def entries_of(person: int) -> list[int]:
    """Return the entries of a person."""
    rows = Entry.all_records.filter(person=person).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def relate(person: int, other: int, entry: int, kind: str = "sibling") -> Relation:
    """Let an entry state a link."""
    row = Relation(person_id=person, other_id=other, entry_id=entry, kind=kind)
    row.save()
    return row


def ends(row: Relation) -> tuple[int, int]:
    """Return the two people of a link as it is now."""
    row.refresh_from_db()
    return (row.person_id, row.other_id)


def chosen(person: int) -> dict[str, int]:
    """Return which entry is believed, by field."""
    rows = Choice.all_records.filter(person=person, superseded_by__isnull=True)
    return dict(rows.values_list("field", "entry"))
