"""Submissions as tests send and decide them: plainly invented, through the domain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from registry.exchange.typed import read_typed
from registry.models import Part, PartKind, Role, Submission, SubmissionKind
from registry.records.catalogue.photographs import FileDraft
from registry.records.drafts.entries import EntryDraft
from registry.submissions.deciding import Decision, decide_submission
from registry.submissions.decisions import FieldDecision, FileDecision, PartDecision
from registry.submissions.receiving import save_answers, send_submission
from registry.submissions.starting import Started, Target, start_submission
from registry.submissions.testimony import TESTIMONY
from tests.databases import NOW

SOMEBODY = {
    "family_name": "Примеров",
    "given_name": "Пример",
    "patronymic": "Примерович",
    "birth_date": "1891",
    "death_date": "05.11.1937",
}
"""Nobody was ever called this."""
NOBODY = Target()
HOW = {"knowledge": "memory", "how": "Примерный рассказ."}


def begin(
    kind: SubmissionKind = SubmissionKind.PERSON,
    values: Mapping[str, str] = SOMEBODY,
    *,
    target: Target = NOBODY,
    now: datetime = NOW,
) -> Started:
    """Begin a submission and say how one knows."""
    started = start_submission(kind=kind, language="ru", now=now, target=target, values=values)
    if kind != SubmissionKind.TAKEDOWN:
        save_answers(submission=started.submission, answers=HOW, now=now)
    return started


def send(
    kind: SubmissionKind = SubmissionKind.PERSON,
    values: Mapping[str, str] = SOMEBODY,
    *,
    target: Target = NOBODY,
    now: datetime = NOW,
) -> int:
    """Begin a submission and send it; return its id."""
    started = begin(kind, values, target=target, now=now)
    send_submission(submission=started.submission, now=now)
    return started.submission


def moderator(name: str = "invented-moderator") -> User:
    """Return an account that decides."""
    return User.objects.get_or_create(username=name)[0]


def draft_of(part: Part, *, source: str = TESTIMONY, **edited: str) -> EntryDraft:
    """Read a part as the desk does when all of it is taken."""
    values = {**part.values, **edited}
    known = part.person_id is not None
    read = read_typed(source=source, key="taken", values=values, language="ru", known_person=known)
    assert read.draft is not None, read.problems
    return read.draft


def accept_all(
    submission: int,
    *,
    person: int | None = None,
    role: Role = Role.MODERATOR,
    now: datetime = NOW,
    **more: Any,
) -> Decision:
    """Accept everything of a submission, its files as photographs that are shown."""
    row = Submission.all_records.get(pk=submission)
    parts = [
        PartDecision(
            position=part.position,
            accept=True,
            values={name: FieldDecision(accept=True) for name in part.values},
            draft=draft_of(part) if part.kind in (PartKind.PERSON, PartKind.FACT) else None,
            person=person or part.person_id,
            **more,
        )
        for part in row.parts(manager="all_records").all()
    ]
    return decide_submission(
        submission=submission,
        parts=parts,
        files=[
            FileDecision(
                file.position,
                accept=True,
                draft=FileDraft(source=TESTIMONY, published=True, credit=row.credit_name),
            )
            for file in row.files(manager="all_records").all()
        ],
        by=moderator(),
        role=role,
        reason="an invented reason",
        now=now,
    )


def reject_all(submission: int, *, now: datetime = NOW) -> Decision:
    """Reject everything of a submission."""
    row = Submission.all_records.get(pk=submission)
    return decide_submission(
        submission=submission,
        parts=[
            PartDecision(
                position=part.position, accept=False, reason="no-source", reason_text="примерно"
            )
            for part in row.parts(manager="all_records").all()
        ],
        files=[
            FileDecision(file.position, accept=False, reason="rights")
            for file in row.files(manager="all_records").all()
        ],
        by=moderator(),
        role=Role.MODERATOR,
        reason="an invented reason",
        now=now,
    )
