"""Reading a submission to change it: under a lock, in the state its change needs."""

from __future__ import annotations

import secrets

from registry.models import Submission

from .states import Doing, SubmissionRefused, Who, next_state


def take(submission: int, doing: Doing, who: Who) -> tuple[Submission, str]:
    """Lock a submission until the caller's transaction ends; return it, and where `doing` leads.

    On SQLite every transaction that writes waits for the last. Raises SubmissionRefused.
    """
    row = Submission.all_records.select_for_update().filter(pk=submission).first()
    if row is None:
        raise SubmissionRefused("unknown-submission")
    return row, next_state(row.state, doing, who)


def check_text(text: str, field: str) -> None:
    """Raise SubmissionRefused (`nul`) for signs that no database keeps: NUL, half of a pair."""
    if "\x00" in text or not _is_whole(text):
        raise SubmissionRefused("nul", field=field)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def new_number() -> str:
    """Return a public number nobody has: eight digits, the first of them no 0."""
    while True:
        number = str(10_000_000 + secrets.randbelow(90_000_000))
        if not Submission.all_records.filter(number=number).exists():
            return number
