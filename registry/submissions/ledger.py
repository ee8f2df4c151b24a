"""Submissions in the ledger: what was decided, and nothing of what was said.

A revision stays for ever, so its body holds states and outcomes alone; of what is not decided
the ledger knows nothing. Undoing a decision opens the submission again; undoing that decides it
as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from registry.models import (
    DECIDED_STATES,
    Part,
    PartOutcome,
    Revision,
    Standing,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.catalogue.photographs import SUBJECTS as FILES
from registry.records.catalogue.site_status import SITE
from registry.records.ledger.acts import Act, Body, CannotRestore, Subject, in_batches
from registry.records.ledger.changes import canonical
from registry.records.ledger.snapshots import ENTRY
from registry.records.ledger.trails import body_of, is_erased
from registry.records.people.biographies import BIOGRAPHY
from registry.records.undoing.subjects import keep_subject

from .contacts import note_contact_ends, note_contact_stays
from .days import first_week_of, month_of
from .flags import put_flags
from .named import places_noted, put_noted

TABLES: dict[str, Any] = {"parts": Part, "files": SubmittedFile}

GONE = (Standing.REVERTED, Standing.ERASED)


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
    row.parts(manager="all_records").update(about=None)
    put_flags(row, now=doing.now)
    row.save()
    note_contact_stays(row)


def _decide_again(row: Submission, body: Body, doing: Act) -> None:
    sent = row.files(manager="all_records").values_list("position", flat=True)
    if {str(position) for position in sent} != body["files"].keys():
        # A picture came since, which nobody has looked at.
        raise CannotRestore("changed-since")
    row.state, row.since = body["state"], month_of(row.since)
    row.decided_under_id = body["change"]
    put_noted(row, places_noted(row))
    row.claimed_by = row.claimed_until = None
    row.save()
    for name, model in TABLES.items():
        for position, outcome in body[name].items():
            own = model.all_records.filter(submission=row, position=position)
            own.update(outcome=outcome)
    first: int | None = None
    for part in row.parts(manager="all_records").select_related("entry").order_by("position"):
        if part.outcome == PartOutcome.ACCEPTED:
            # A life, or a wish, without a person of its own is of whoever the first part is.
            about = part.entry.person_id if part.entry else part.person_id or first
            part.about_id = about
            part.save(update_fields=["about"])
            first = first or about
    note_contact_ends(row, now=doing.now)


def _changed_since(row: Submission) -> Iterator[bool]:
    """Tell of each entry, picture, life and place a decision made whether something came after."""
    entries = row.parts(manager="all_records").filter(entry__isnull=False)
    for entry in entries.values_list("entry", flat=True):
        yield _differs(ENTRY, str(entry), row.decided_under_id)
    made = Revision.all_records.filter(change=row.decided_under_id).order_by()
    for subject in (*FILES.values(), BIOGRAPHY, SITE):
        own = made.filter(subject=subject.name).values_list("reference", flat=True)
        for reference in sorted(set(own)):
            yield _differs(subject, reference, row.decided_under_id)


def _differs(subject: Subject, reference: str, change: int | None) -> bool:
    rows = Revision.all_records.filter(subject=subject.name, reference=reference)
    rows = rows.select_related("body").order_by("pk")
    made = rows.filter(change=change).last()
    if made is None:
        # The ledger has nothing of an entry while it is as the decision has made it.
        return False
    current = subject.read([reference]).get(reference)
    if current is None or (subject is ENTRY and current["standing"] in GONE):
        return False
    if is_erased(made):
        # What it said was forgotten, and what it says now was written since.
        return True
    before = rows.filter(pk__lt=made.pk).last()
    was, then = body_of(before) or {}, body_of(made) or {}
    now = json.loads(canonical(current))
    # What is undone already says what it did before; at fields that were left nobody looks.
    changed = [name for name in then if was.get(name) != then[name]]
    return any(now.get(name) not in (was.get(name), then[name]) for name in changed)


SUBMISSION = Subject("submission", _read, _write, governs=True)
"""What became of a submission, by its public number."""
keep_subject(SUBMISSION)
