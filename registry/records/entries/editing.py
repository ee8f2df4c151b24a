"""Editing of entries: each function is one act in the ledger, and can be undone.

An entry says what one source says. It is changed where our reading of the print was wrong
(`correct_reading`), or the print was copied wrongly (`rewrite_entry`); what the source itself
has wrong stays, and is discredited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from registry.models import (
    LANGUAGES,
    Change,
    ChangeKind,
    Entry,
    Person,
    PersonStatus,
    Role,
    Standing,
)
from registry.records.conclusions.episodes import PLURAL, SINGLE
from registry.records.conclusions.facts import canonical_field
from registry.records.conclusions.rules import FIELDS
from registry.records.drafts.checking import draft_faults
from registry.records.drafts.entries import EntryDraft
from registry.records.drafts.readings import COPIED, MARKED, ReadingRefused, correct, doubt_mark
from registry.records.ledger.acts import Act, act
from registry.records.ledger.changes import canonical
from registry.records.ledger.snapshots import ENTRY

from .drafting import entry_draft
from .writing import EntryWriter

WHOLE = "*"
NOT_STATED = frozenset({"birth_region", "residence_region"})
DOUBTED = frozenset({WHOLE, *FIELDS, *SINGLE, *PLURAL}) - NOT_STATED
"""What can be discredited: facts of a person and of an episode, or the whole entry."""
ENGLISH, *WORDED = LANGUAGES


class EntryRefused(ValueError):
    """An act on an entry that is not done: `field` (a path, or empty) and `code` say why.

    Of a draft: what `draft_faults` yields, `unknown-source`, `withdrawn-source`, `no-name`,
    `unknown-code`, `unknown-site`, `taken` (the key), `other-entry`. Of a person to join:
    `unknown-person`, `merged`. Of an entry: `reverted`, `erased`. Of readings, see
    `ReadingRefused`.
    """

    def __init__(self, *, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def add_entry(
    *,
    draft: EntryDraft,
    person: int | None = None,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> tuple[Change, int]:
    """Add one entry, about `person` or about somebody new; return the change and the entry.

    As after an import, its first revision is written when it is first edited: undoing the
    change takes it back. One that was taken back so comes back as it is now, about whom it
    was. Raises EntryRefused.
    """
    _check(draft)
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        if person is not None:
            _check_person(person)
        writer = EntryWriter(change=doing.under, now=now)
        [outcome] = writer.put([draft], person=person, only_new=True)
        if outcome.reason:
            raise EntryRefused(field=outcome.fields[0], code=outcome.reason)
        # An entry of which the ledger has nothing was made by the change it names.
        doing.has_effect = True
        change, entry = doing.under, outcome.entry
    assert entry is not None  # noqa: S101 (what was not refused is there)
    return change, entry


def correct_reading(
    *,
    entry: int,
    readings: Mapping[str, Any],
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Correct what we read out of printed fields, by their paths (see `readings.correct`).

    The print stays. A newer version of the source keeps a correction where the print is the
    same. Returns the change, or None when nothing differs. Raises EntryRefused.
    """
    with _edit(entry, by, role, reason, now) as (doing, row):
        draft = entry_draft(row.pk)
        for path, value in readings.items():
            try:
                draft = correct(draft, path, value)
            except ReadingRefused as refused:
                raise EntryRefused(field=path, code=refused.code) from refused
        _write(doing, row, draft)
    return doing.change


def rewrite_entry(
    *,
    entry: int,
    draft: EntryDraft,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Replace all that was transcribed of an entry, because it was copied wrongly.

    Source, key, person and digest stay, and it is noted: neither the file from which it was
    imported nor a newer one, which is refused for this entry, brings the mistake back.
    Returns the change, or None when nothing differs. Raises EntryRefused.
    """
    _check(draft)
    with _edit(entry, by, role, reason, now) as (doing, row):
        if (draft.source, draft.key) != (row.source.slug, row.key):
            raise EntryRefused(field="key", code="other-entry")
        if not draft.names and row.names(manager="all_records").exists():
            raise EntryRefused(field="names", code="no-name")
        before = ENTRY.read([str(entry)])
        _write(doing, row, replace(draft, content_hash=row.content_hash))
        if canonical(ENTRY.read([str(entry)])) != canonical(before):
            row.reading[WHOLE] = {"reason": COPIED}
            row.save(update_fields=["reading"])
    return doing.change


def discredit(
    *,
    entry: int,
    field: str,
    why: Mapping[str, str],
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Say that a field of an entry, or all of it (`*`), is not believed, and why.

    `why` is the reason shown beside it: in English, and worded in the other languages. It is
    shown as what it is and never concluded from. Returns the change, or None when nothing
    differs. Raises EntryRefused (`unknown-field`, `missing`).
    """
    name = canonical_field(field)
    if name not in DOUBTED:
        raise EntryRefused(field="field", code="unknown-field")
    if not why.get(ENGLISH, "").strip():
        raise EntryRefused(field=ENGLISH, code="missing")
    with _edit(entry, by, role, reason, now) as (_doing, row):
        _believe(row, name)
        row.discredited[name] = why[ENGLISH].strip()
        row.reading[doubt_mark(name)] = {"reason": MARKED}
        worded = {code: why[code].strip() for code in WORDED if why.get(code, "").strip()}
        row.wording.update({f"discredited.{name}": worded} if worded else {})
        row.save(update_fields=["discredited", "reading", "wording"])
    return _doing.change


def credit_again(
    *,
    entry: int,
    field: str,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Believe a field of an entry, or all of it, again; return the change, or None.

    Raises EntryRefused.
    """
    with _edit(entry, by, role, reason, now) as (doing, row):
        _believe(row, canonical_field(field))
        row.save(update_fields=["discredited", "reading", "wording"])
    return doing.change


def withdraw_entry(
    *, entry: int, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Let an entry count for nothing and be seen by nobody; return the change, or None.

    Raises EntryRefused.
    """
    return _stand(
        entry=entry, standing=Standing.WITHDRAWN, by=by, role=role, reason=reason, now=now
    )


def reinstate_entry(
    *, entry: int, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Use a withdrawn entry again; return the change, or None. Raises EntryRefused."""
    return _stand(entry=entry, standing=Standing.IN_USE, by=by, role=role, reason=reason, now=now)


@contextmanager
def _edit(
    entry: int, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Iterator[tuple[Act, Entry]]:
    """Begin an act on one entry that is there."""
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        doing.touch(ENTRY, entry)
        row = Entry.all_records.select_related("source", "passage").get(pk=entry)
        if row.standing not in (Standing.IN_USE, Standing.WITHDRAWN):
            raise EntryRefused(field="", code=row.standing)
        yield doing, row


def _write(doing: Act, row: Entry, draft: EntryDraft) -> None:
    writer = EntryWriter(change=doing.under, now=doing.now)
    if problem := writer.unknown_code(draft):
        raise EntryRefused(field=problem[0], code=problem[1])
    writer.rewrite(draft, row)


def _believe(row: Entry, name: str) -> None:
    """Take away every doubt about a field, under whatever name it stands."""
    for own in [own for own in row.discredited if canonical_field(own) == name]:
        del row.discredited[own]
        row.reading.pop(doubt_mark(own), None)
        row.wording.pop(f"discredited.{own}", None)


def _stand(
    *,
    entry: int,
    standing: Standing,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    with _edit(entry, by, role, reason, now) as (doing, row):
        row.standing = standing
        row.save(update_fields=["standing"])
    return doing.change


def _check(draft: EntryDraft) -> None:
    for field, code in draft_faults(draft):
        raise EntryRefused(field=field, code=code)


def _check_person(person: int) -> None:
    row = Person.all_records.filter(pk=person).first()
    if row is None:
        raise EntryRefused(field="person", code="unknown-person")
    if row.status == PersonStatus.MERGED:
        raise EntryRefused(field="person", code="merged")
