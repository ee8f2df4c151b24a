"""Erasing by order of a court: what a record said is gone for good, that it was is not.

Every body that the ledger keeps of it is emptied; what stays is who had it erased, when and why,
and the hash of each body. An erased entry keeps its row and its key, so that it is known again
when its source is imported, and stays out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Max, Q

from registry.models import (
    Biography,
    Change,
    ChangeKind,
    Choice,
    Document,
    Entry,
    Judgement,
    MediaType,
    Person,
    PersonStatus,
    Photograph,
    Relation,
    Revision,
    RevisionBody,
    Role,
    Standing,
)
from registry.records.drafts.uploads import StoredFile, drop_file
from registry.records.ledger.acts import Act, Body, act, in_batches, owners_of
from registry.records.ledger.changes import Snapshot, write_revisions
from registry.records.ledger.rows import fill_columns
from registry.records.ledger.snapshots import ENTRY, delete_parts
from registry.records.ledger.trails import body_of, records_left
from registry.records.people.choosing import CHOICE, reference_of
from registry.records.people.identity import PERSON
from registry.records.people.judging import JUDGEMENT
from registry.records.people.splitting import merged_here
from registry.search import forget_words

from .subjects import SUBJECTS

ERASED = "—"
"""Stands where the database asks for a reason and none may be told any more."""
ENTRY_KEEPS = frozenset({"id", "source", "key", "person", "change"})
PASSAGE_KEEPS = frozenset({"id", "source", "rendering"})
"""Columns that say what a row is, and not what it says."""
PARTS: dict[str, type[models.Model]] = {
    "relation": Relation,
    "biography": Biography,
    "photograph": Photograph,
    "document": Document,
}
"""Records that are taken away whole, by the names of their subjects."""
FILES = (Photograph, Document)


@dataclass(frozen=True, slots=True)
class Erased:
    """What is being erased: entries and people by their ids, files by their names."""

    entries: Collection[int] = ()
    people: Collection[int] = ()
    files: Collection[str] = ()


ALSO: list[Callable[[Erased], None]] = []
"""What layers above keep of the same: each is called in the transaction of the erasure."""


class ErasureRefused(ValueError):
    """What is not erased: `code` is `not-an-administrator`, `unknown-record` or `merged`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def erase_record(
    *,
    subject: str,
    reference: str,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Erase for good an entry, a file, a biography, a link; or a person with all that is theirs.

    What an editor took away before is erased in the same way. A passage that other entries rest
    on stays as it is, without this one. Files leave the disk once all is written. Returns the
    change, or None when nothing was left to erase. Raises ErasureRefused.
    """
    if role != Role.ADMINISTRATOR:
        raise ErasureRefused("not-an-administrator")
    with act(kind=ChangeKind.ERASURE, by=by, role=role, reason=reason, now=now) as doing:
        _check(subject, reference)
        if subject == PERSON.name:
            _erase_person(int(reference), doing)
        elif subject == ENTRY.name:
            _erase_entries([int(reference)], doing)
        elif SUBJECTS[subject].read([reference]):
            _erase_parts(subject, [reference], doing)
        else:
            # Nothing of it is there that could differ: that it was erased is told all the same.
            doing.has_effect = True
            nothing = Snapshot(subject, reference, None)
            write_revisions(change=doing.under, snapshots=[nothing])
            _erase_gone(subject, removed_records(subject, [reference]))
    return doing.change


def erase_undone(*, changes: Collection[int], reason: str, now: datetime) -> Change | None:
    """Erase for good what these changes made, where it was undone: nobody is to bring it back.

    For what belongs to whoever sent it and has taken it back. Entries that were reverted are
    erased; of lives, links and files the ledger keeps no body that these changes wrote, but the
    last. Returns the change, or None when nothing was left to erase.
    """
    with act(kind=ChangeKind.ERASURE, by=None, role=Role.SYSTEM, reason=reason, now=now) as doing:
        undone = _keys(Entry, Q(change__in=changes, standing=Standing.REVERTED))
        if undone:
            _erase_entries(undone, doing)
        for name in PARTS:
            rows = Revision.all_records.filter(subject=name, change__in=changes).order_by()
            own = set(rows.values_list("reference", flat=True))
            doing.has_effect = doing.has_effect or bool(own)
            _empty_bodies(name, own, written=changes)
    return doing.change


def forget_wordings(
    *,
    records: Mapping[str, Collection[str]],
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Empty what the ledger has of earlier wordings of records (references by subject).

    What they say now stays. Returns the change, or None where nothing was said before. Raises
    ErasureRefused.
    """
    if role != Role.ADMINISTRATOR:
        raise ErasureRefused("not-an-administrator")
    with act(kind=ChangeKind.ERASURE, by=by, role=role, reason=reason, now=now) as doing:
        for name, references in records.items():
            earlier = RevisionBody.all_records.filter(
                revision__subject=name, revision__reference__in=list(references)
            )
            doing.has_effect = doing.has_effect or earlier.exclude(text="").exists()
            _empty_bodies(name, references)
    return doing.change


def removed_records(subject: str, references: Collection[str]) -> dict[str, Body]:
    """Return the last that was said of these records where editors took them away, by reference.

    What was erased since is not among them.
    """
    there = set(SUBJECTS[subject].read(list(references)))
    rows = Revision.all_records.filter(subject=subject, reference__in=set(references) - there)
    found: dict[str, Body] = {}
    for row in rows.select_related("body").order_by("pk"):
        if body := body_of(row):
            found[row.reference] = body
    return found


def removed_files(owner: str) -> list[tuple[str, str, Body]]:
    """Return the files that were taken away from an owner (`person:12`, `site:3`): what and which.

    With the last that was said of each.
    """
    left = records_left([owner])
    return [
        (name, reference, body)
        for name in (model.__name__.lower() for model in FILES)
        for reference, body in removed_records(name, left.get(name, ())).items()
        if owner in owners_of(body)
    ]


def _check(subject: str, reference: str) -> None:
    known = subject in {PERSON.name, ENTRY.name, *PARTS} and subject in SUBJECTS
    if not known or not (
        SUBJECTS[subject].read([reference])
        or (subject in PARTS and removed_records(subject, [reference]))
    ):
        raise ErasureRefused("unknown-record")
    row = Person.all_records.filter(pk=reference) if subject == PERSON.name else None
    if row and row.filter(status=PersonStatus.MERGED).exists():
        raise ErasureRefused("merged")


def _erase_person(person: int, doing: Act) -> None:
    doing.touch(PERSON, person)
    Person.all_records.filter(pk=person).update(status=PersonStatus.WITHDRAWN, status_by_rule=False)
    _erase_entries(_keys(Entry, Q(person=person)), doing)
    # What lost in a merge stayed behind with whoever was merged, and is about this person too.
    addresses = [person, *merged_here(person)]
    for name, model in PARTS.items():
        theirs = Q(person__in=addresses)
        whose = theirs | Q(other__in=addresses) if model is Relation else theirs
        _erase_parts(name, map(str, _keys(model, whose)), doing)
    _erase_choices(Choice.all_records.filter(person__in=addresses), doing)
    _erase_also(Erased(people=addresses))
    doing.settle()
    own = {f"person:{address}" for address in addresses}
    _erase_removed(addresses, lambda body: bool(owners_of(body) & own))
    _empty_bodies(PERSON.name, [str(person)])


def _erase_entries(entries: list[int], doing: Act) -> None:
    """Empty entries with all that hangs on what they say: choices, judgements, links."""
    references = [str(entry) for entry in entries]
    doing.touch(ENTRY, *references)
    for row in Entry.all_records.filter(pk__in=entries).select_related("passage"):
        passage = row.passage
        row.standing = Standing.ERASED
        _blank(row, ENTRY_KEEPS | {"standing"})
        if passage and not Entry.all_records.filter(passage=passage).exists():
            _blank(passage, PASSAGE_KEEPS)
    delete_parts(entries)
    _erase_also(Erased(entries=entries))
    _erase_parts("relation", map(str, _keys(Relation, Q(entry__in=entries))), doing)
    _erase_choices(Choice.all_records.filter(entry__in=entries), doing)
    judged = _keys(Judgement, Q(left__in=entries) | Q(right__in=entries))
    doing.touch(JUDGEMENT, *judged)
    Judgement.all_records.filter(pk__in=judged).update(reason=ERASED)
    doing.settle()
    forget_words()
    people = Entry.all_records.filter(pk__in=entries).order_by().values_list("person", flat=True)
    _erase_removed(set(people), lambda body: body.get("entry_id") in entries)
    _empty_bodies(ENTRY.name, references)
    _empty_bodies(JUDGEMENT.name, map(str, judged))


def _erase_parts(name: str, references: Iterable[str], doing: Act) -> None:
    """Take records away whole, and their files from the disk."""
    gone = list(references)
    if not gone:
        return
    subject, model = SUBJECTS[name], PARTS[name]
    doing.touch(subject, *gone)
    files = [row for row in model._base_manager.filter(pk__in=gone) if isinstance(row, FILES)]
    for row in files:
        _drop_after(row)
    _erase_also(Erased(files=[row.name for row in files]))
    for reference in gone:
        subject.write(reference, None, doing)
    doing.settle()
    _empty_bodies(name, gone)


def _erase_removed(people: Collection[int], ours: Callable[[Body], bool]) -> None:
    """Empty what the ledger has of records that editors took away from these people before."""
    left = records_left([f"person:{person}" for person in people])
    for name in PARTS:
        told = removed_records(name, left.get(name, ()))
        _erase_gone(name, {reference: body for reference, body in told.items() if ours(body)})


def _erase_gone(name: str, removed: Mapping[str, Body]) -> None:
    """Empty what the ledger has of records that are there no more, and drop their files."""
    for body in removed.values():
        row = PARTS[name]()
        fill_columns(row, body)
        if isinstance(row, FILES):
            _drop_after(row)
            _erase_also(Erased(files=[row.name]))
    _empty_bodies(name, removed)


def _erase_also(erased: Erased) -> None:
    for function in ALSO:
        function(erased)


def _erase_choices(rows: models.QuerySet[Choice], doing: Act) -> None:
    """Give up the choices that are live, and empty why each was made."""
    found = list(rows.order_by("pk"))
    live = [_reference(row) for row in found if row.superseded_by_id is None]
    doing.touch(CHOICE, *live)
    for reference in live:
        CHOICE.write(reference, None, doing)
    Choice.all_records.filter(pk__in=[row.pk for row in found]).update(reason=ERASED)
    doing.settle()
    entries = {row.entry_id for row in found}
    references = dict.fromkeys(map(_reference, found))
    bodies = RevisionBody.all_records.filter(
        revision__subject=CHOICE.name, revision__reference__in=list(references)
    ).exclude(text="")
    # Another entry may have been chosen for the same field, before or since.
    told = {body.pk: json.loads(body.text) for body in bodies}
    _empty(pk for pk, body in told.items() if body and body["entry"] in entries)


def _reference(row: Choice) -> str:
    return reference_of(row.person_id, row.field, row.entry_id)


def _keys(model: type[models.Model], which: Q) -> list[int]:
    return list(model._base_manager.filter(which).order_by("pk").values_list("pk", flat=True))


def _blank(row: models.Model, kept: Iterable[str]) -> None:
    """Give every column but those kept what a new row has in it."""
    fresh = type(row)()
    for field in row._meta.concrete_fields:
        if field.name not in kept:
            setattr(row, field.attname, getattr(fresh, field.attname))
    row.save()


def _drop_after(row: Photograph | Document) -> None:
    sizes = tuple((width, height) for width, height in row.sizes)
    stored = StoredFile(row.name, MediaType(row.media_type), sizes, row.checksum)
    transaction.on_commit(lambda: drop_file(stored))


def _empty_bodies(
    name: str, references: Iterable[str], *, written: Collection[int] | None = None
) -> None:
    """Empty all that the ledger has of records but their last state, which says nothing.

    Where changes are given, of what was `written` by them alone.
    """
    for own in in_batches(list(references)):
        rows = Revision.all_records.filter(subject=name, reference__in=own).order_by()
        last = rows.values("reference").annotate(last=Max("pk")).values_list("last", flat=True)
        gone = rows.exclude(pk__in=list(last))
        if written is not None:
            gone = gone.filter(change__in=written)
        _empty(gone.values_list("body", flat=True))


def _empty(bodies: Iterable[int]) -> None:
    for own in in_batches([str(body) for body in bodies]):
        RevisionBody.all_records.filter(pk__in=own).update(text="")
