"""Submissions in the ledger: what was decided, and nothing of what was said.

A revision stays for ever, so its body holds states and outcomes alone. Undoing a decision opens
the submission again; undoing that decides it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from registry.models import (
    OPEN_STATES,
    Contact,
    Part,
    PartOutcome,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.acts import Act, Body, CannotRestore, Subject, in_batches
from registry.records.subjects import keep_subject

from .days import month_of, week_of
from .purging import note_contact_ends

DECIDED = (SubmissionState.ACCEPTED, SubmissionState.REJECTED)


def _read(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for own in in_batches(references):
        for row in Submission.all_records.filter(number__in=own).order_by("number"):
            # Whether a question is open is between the two, and no decision.
            state = SubmissionState.WAITING if row.state in OPEN_STATES else row.state
            found[row.number] = {"state": str(state), "parts": {}, "files": {}}
        for name, model in (("parts", Part), ("files", SubmittedFile)):
            rows = model.all_records.filter(submission__number__in=own).order_by("position")
            told = rows.values_list("submission__number", "position", "outcome")
            for number, position, outcome in told:
                found[number][name][str(position)] = outcome
    return found


def _write(reference: str, body: Body | None, doing: Act) -> None:
    """Decide as it was decided, or open again what was decided."""
    row = Submission.all_records.select_for_update().filter(number=reference).first()
    if row is None or body is None or row.state == SubmissionState.WITHDRAWN:
        raise CannotRestore("submission-gone")
    row.state = body["state"]
    decided = row.state in DECIDED
    row.decided_under = doing.under if decided else None
    row.since = month_of(doing.now) if decided else week_of(doing.now)
    row.weeks_waited = 0 if decided else None
    row.claimed_by = row.claimed_until = None
    row.save()
    for name, model in (("parts", Part), ("files", SubmittedFile)):
        for position, outcome in body[name].items():
            rows = model.all_records.filter(submission=row, position=position)
            rows.update(outcome=outcome or PartOutcome.OPEN)
    if decided:
        note_contact_ends(row, now=doing.now)
    else:
        Contact.all_records.filter(submission=row).update(purge_after=None)


SUBMISSION = Subject("submission", _read, _write)
"""What became of a submission, by its public number."""
keep_subject(SUBMISSION)
