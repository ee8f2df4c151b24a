"""Submissions in the ledger: what was decided, and nothing of what was said.

A revision stays for ever, so its body holds states and outcomes alone; of what is not decided
the ledger knows nothing. Undoing a decision opens the submission again; undoing that decides it
as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from registry.models import (
    DECIDED_STATES,
    Document,
    Entry,
    Part,
    PartKind,
    PartOutcome,
    Photograph,
    Revision,
    Standing,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.acts import Act, Body, CannotRestore, Subject, in_batches
from registry.records.changes import canonical
from registry.records.photographs import SUBJECTS as FILES
from registry.records.snapshots import ENTRY
from registry.records.subjects import keep_subject

from .contacts import note_contact_ends, note_contact_stays
from .days import first_week_of, month_of
from .flags import put_flags

TABLES: dict[str, Any] = {"parts": Part, "files": SubmittedFile}


def _read(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for own in in_batches(references):
        rows = Submission.all_records.filter(number__in=own, state__in=DECIDED_STATES)
        for row in rows.order_by("number"):
            found[row.number] = {
                "state": row.state, "change": row.decided_under_id, "parts": {}, "files": {},
            }  # fmt: skip
        for name, model in TABLES.items():
            decided = model.all_records.filter(submission__number__in=own).exclude(outcome="")
            told = decided.values_list("submission__number", "position", "outcome")
            for number, position, outcome in told.order_by("position"):
                if number in found:
                    found[number][name][str(position)] = outcome
    return found


def _write(reference: str, body: Body | None, doing: Act) -> None:
    """Decide as it was decided, or open again what was decided."""
    row = Submission.all_records.select_for_update().filter(number=reference).first()
    if row is None or row.state in (SubmissionState.DRAFT, SubmissionState.WITHDRAWN):
        raise CannotRestore("withdrawn")
    if body is None:
        _open_again(row, doing)
    else:
        _decide_again(row, body, doing)


def _open_again(row: Submission, doing: Act) -> None:
    """Let a submission wait again, as of the month it came in; what it made goes, or all stays."""
    if any(_changed_since(row)):
        raise CannotRestore("changed-since")
    row.state, row.decided_under = SubmissionState.WAITING, None
    row.since = first_week_of(row.since)
    for model in TABLES.values():
        model.all_records.filter(submission=row).update(outcome=PartOutcome.OPEN)
    _forget_new_people(row)
    put_flags(row, now=doing.now)
    row.save()
    note_contact_stays(row)


def _decide_again(row: Submission, body: Body, doing: Act) -> None:
    row.state, row.since = body["state"], month_of(row.since)
    row.decided_under_id, row.urgent = body["change"], False
    row.claimed_by = row.claimed_until = None
    row.save()
    for name, model in TABLES.items():
        for position, outcome in body[name].items():
            own = model.all_records.filter(submission=row, position=position)
            own.update(outcome=outcome)
    for part in row.parts(manager="all_records").filter(outcome=PartOutcome.ACCEPTED):
        if part.entry is not None:
            part.person_id = part.entry.person_id
            part.save(update_fields=["person"])
    note_contact_ends(row, now=doing.now)


def _changed_since(row: Submission) -> Iterator[bool]:
    """Tell of each entry and file a decision made whether something came after it."""
    entries = row.parts(manager="all_records").filter(entry__isnull=False)
    for entry in entries.values_list("entry", flat=True):
        yield _differs(ENTRY, str(entry), row.decided_under_id)
    names = list(row.files(manager="all_records").values_list("name", flat=True))
    for model in (Photograph, Document):
        for number in model.all_records.filter(name__in=names).values_list("pk", flat=True):
            yield _differs(FILES[model], str(number), row.decided_under_id)


def _differs(subject: Subject, reference: str, change: int | None) -> bool:
    rows = Revision.all_records.filter(subject=subject.name, reference=reference)
    made = rows.filter(change=change).select_related("body").order_by("pk").last()
    if made is None:
        # The ledger has nothing of an entry while it is as the decision has made it.
        return False
    current = subject.read([reference]).get(reference)
    reverted = subject is ENTRY and current is not None and current["standing"] == Standing.REVERTED
    return not reverted and canonical(current) != made.body.text


def _forget_new_people(row: Submission) -> None:
    """Let a part be about nobody who is known again, where whoever it made is nobody now."""
    parts = row.parts(manager="all_records").filter(kind=PartKind.PERSON, entry__isnull=False)
    for part in parts:
        others = Entry.all_records.filter(person=part.person_id).exclude(pk=part.entry_id)
        if not others.exclude(standing=Standing.REVERTED).exists():
            part.person = None
            part.save(update_fields=["person"])


SUBMISSION = Subject("submission", _read, _write)
"""What became of a submission, by its public number."""
keep_subject(SUBMISSION)
