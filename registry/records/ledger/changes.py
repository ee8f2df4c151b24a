"""The ledger's own functions: begin a change, and keep what was asserted after it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from registry.models import Change, ChangeKind, Revision, RevisionBody, Role
from registry.models.inserting import insert_rows


def begin_change(
    *,
    kind: ChangeKind,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
    undoes: Change | None = None,
) -> Change:
    """Append one act to the ledger and return it; everything it changes refers to it.

    Until the caller's transaction ends no other act is done (see `wait_for_turn`). Raises
    ValueError when no reason is given.
    """
    if not reason.strip():
        raise ValueError("A change needs a reason.")
    wait_for_turn()
    change = Change(
        kind=kind, by_id=by.pk if by else None, role=role, reason=reason, at=now, undoes=undoes
    )
    change.save(force_insert=True)
    return change


TURN = 1937
"""The number of the lock under which acts on the records take turns."""


def wait_for_turn() -> None:
    """Let no two acts change the records at once, until the caller's transaction ends.

    So what an act has read stays true till it is done, revisions stand in the order in which
    they came to hold, and no two editors can wait for each other's rows. SQLite has one writer
    anyway (transactions begin IMMEDIATE); an editor waits for one batch of an import at most.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one record asserts: `subject` its kind, `reference` its permanent id as text.

    A body of None says that there is no such record any more.
    """

    subject: str
    reference: str
    body: Mapping[str, Any] | None


def write_revisions(*, change: Change | int, snapshots: Iterable[Snapshot]) -> int:
    """Keep what records assert after `change`, and return how many were kept."""
    return keep_revisions([(change, snapshot) for snapshot in snapshots])


def keep_revisions(taken: Sequence[tuple[Change | int, Snapshot]]) -> int:
    """Keep what records assert, each after a change of its own, in this order."""
    if not taken:
        return 0
    bodies = [RevisionBody(text=canonical(snapshot.body)) for _, snapshot in taken]
    insert_rows(bodies)
    insert_rows(
        [
            Revision(
                change_id=change if isinstance(change, int) else change.pk,
                subject=snapshot.subject,
                reference=snapshot.reference,
                body=body,
                hash=hashlib.sha256(body.text.encode()).hexdigest(),
            )
            for (change, snapshot), body in zip(taken, bodies, strict=True)
        ]
    )
    return len(taken)


def write_revision(
    *, change: Change, subject: str, reference: str, body: Mapping[str, Any]
) -> None:
    """Keep what one record asserts after `change`."""
    write_revisions(change=change, snapshots=[Snapshot(subject, reference, body)])


def canonical(body: Mapping[str, Any] | None) -> str:
    """Return the one JSON text of `body`: sorted keys, no spaces, dates as ISO text."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
