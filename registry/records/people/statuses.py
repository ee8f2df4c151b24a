"""Whom the public may see: hidden by one account at once, shown again or suppressed by two.

The rule about the possibly living decides by itself, and again whenever a birth changes
(`refreshing`), until an editor decides; going back to it counts as showing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser

from registry.models import (
    Change,
    ChangeKind,
    Outcome,
    Person,
    PersonStatus,
    Proposal,
    Revision,
    Role,
    Wish,
)
from registry.records.ledger.accounts import accounts_changed_since, count_editors
from registry.records.ledger.acts import Act, Body, Subject, act, in_batches

from .identity import PERSON

OPENNESS = {
    PersonStatus.SUPPRESSED: 0,
    PersonStatus.WITHDRAWN: 1,
    PersonStatus.HELD: 1,
    PersonStatus.RESTRICTED: 2,
    PersonStatus.PUBLIC: 3,
}
"""How much of a person is shown; whoever was merged is not asked."""
HIDING = (PersonStatus.RESTRICTED, PersonStatus.HELD, PersonStatus.WITHDRAWN)
"""What one account may do alone: hide the private parts, or everything."""
SHOWING = (Wish.PUBLIC, Wish.RESTRICTED, Wish.BY_RULE)
DELAY = timedelta(hours=48)
"""How long the only editor there is waits before deciding alone, and a new account for a say."""
DECIDERS = (Role.EDITOR, Role.ADMINISTRATOR)


class StatusRefused(ValueError):
    """What cannot be done with the status of a person: `code` says why.

    `unknown-person`, `merged`, `unknown-status`; `shows-more` (hiding that would show),
    `not-hidden` (showing what is shown), `suppressed` already, `waiting` (another proposal is
    open). Of a proposal: `unknown-proposal`, `decided`, `not-an-editor`, `own` (another account
    must decide), `too-early` (the only editor waits 48 hours), `too-new` (the account was made,
    or given a role or access, within 48 hours), `decided-since` (otherwise, of
    the person: a proposal that an undoing opened again).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def hide_person(
    *,
    person: int,
    status: PersonStatus,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Hide a person at once, in every output: `withdrawn`, `held`, or `restricted` to the years.

    An open proposal to show them is refused with it. Returns the change, or None when it was
    so decided already. Raises StatusRefused.
    """
    with _publishing(by=by, role=role, reason=reason, now=now) as doing:
        row = _person(person)
        if status not in HIDING:
            raise StatusRefused("unknown-status")
        if OPENNESS[status] > OPENNESS[PersonStatus(row.status)]:
            raise StatusRefused("shows-more")
        for waiting in Proposal.all_records.filter(person=row, outcome=Outcome.OPEN):
            if waiting.wish in SHOWING:
                _decide(waiting, Outcome.REFUSED, doing)
        _set_status(person, status, doing)
    return doing.change


def propose_showing(
    *, person: int, wish: Wish, by: AbstractBaseUser, role: Role, reason: str, now: datetime
) -> int:
    """Propose to show someone: in full, restricted to the years, or as the rule has it.

    Returns the number of the proposal. Raises StatusRefused.
    """
    with _publishing(by=by, role=role, reason=reason, now=now) as doing:
        row = _person(person)
        if wish not in SHOWING:
            raise StatusRefused("unknown-status")
        if not _would_show(row, wish):
            raise StatusRefused("not-hidden")
        return _propose(row, wish, doing)


def propose_suppressing(
    *, person: int, by: AbstractBaseUser, role: Role, reason: str, now: datetime
) -> int:
    """Propose to suppress someone: nothing is told then, not even why.

    Returns the number of the proposal. Raises StatusRefused.
    """
    with _publishing(by=by, role=role, reason=reason, now=now) as doing:
        row = _person(person)
        if row.status == PersonStatus.SUPPRESSED:
            raise StatusRefused("suppressed")
        return _propose(row, Wish.SUPPRESSED, doing)


def decide_proposal(
    *,
    proposal: int,
    accept: bool,
    by: AbstractBaseUser,
    role: Role,
    reason: str,
    now: datetime,
) -> Change:
    """Accept or refuse what another account has proposed. Raises StatusRefused.

    Where there is only one editor, the same account may accept after 48 hours; refusing one's
    own is taking it back. An account accepts nothing in the 48 hours after it was made or given
    a role or access: an administrator who makes a second one is no second person.
    """
    with _publishing(by=by, role=role, reason=reason, now=now) as doing:
        rows = Proposal.all_records.select_related("change", "person")
        row = rows.filter(pk=proposal).first()
        if row is None:
            raise StatusRefused("unknown-proposal")
        if row.outcome != Outcome.OPEN:
            raise StatusRefused("decided")
        if role not in DECIDERS:
            raise StatusRefused("not-an-editor")
        if accept and (code := decider_refused(row, by=by, now=now)):
            raise StatusRefused(code)
        _decide(row, Outcome.ACCEPTED if accept else Outcome.REFUSED, doing)
        if accept:
            _person(row.person_id)
            _set_status(row.person_id, row.wish, doing)
    return doing.under


def decider_refused(proposal: Proposal, *, by: AbstractBaseUser, now: datetime) -> str:
    """Return the code of why this account may not accept a proposal, or nothing."""
    if _decided_since(proposal):
        return "decided-since"
    if proposal.change.by_id != by.pk:
        return "too-new" if accounts_changed_since(now - DELAY, account=by) else ""
    if count_editors() > 1:
        return "own"
    # Who has just shut the others' accounts is not the only editor there is.
    waited = now - proposal.change.at >= DELAY and not accounts_changed_since(now - DELAY)
    return "" if waited else "too-early"


def _decided_since(proposal: Proposal) -> bool:
    """Tell whether something else was decided of the person after this was proposed."""
    rows = Revision.all_records.filter(
        subject=PERSON.name,
        reference=str(proposal.person_id),
        change__gt=proposal.change_id,
        change__kind=ChangeKind.PUBLISHING,
    )
    agreeing = {"" if proposal.wish == Wish.BY_RULE else proposal.wish}
    if proposal.wish == Wish.SUPPRESSED:
        # Whoever waits for the second account hides at once, and showing never comes to these.
        agreeing |= {PersonStatus.WITHDRAWN, PersonStatus.HELD}
    texts = rows.order_by("pk").values_list("body__text", flat=True)
    return any(json.loads(text or "{}").get("status") not in agreeing for text in texts)


def shows_more(row: Person, status: str) -> bool:
    """Tell whether more of a person would be shown with this status, or none: by the rule.

    What the rule would say is taken for the most there is. Who was merged is shown elsewhere.
    """
    if PersonStatus.MERGED in (row.status, status) or (not status and row.status_by_rule):
        return False
    then = PersonStatus(status or PersonStatus.PUBLIC)
    return OPENNESS[then] > OPENNESS[PersonStatus(row.status)]


def _publishing(
    *, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> AbstractContextManager[Act]:
    return act(kind=ChangeKind.PUBLISHING, by=by, role=role, reason=reason, now=now)


def _person(person: int) -> Person:
    row: Person | None = Person.all_records.filter(pk=person).first()
    if row is None:
        raise StatusRefused("unknown-person")
    if row.status == PersonStatus.MERGED:
        raise StatusRefused("merged")
    return row


def _would_show(row: Person, wish: Wish) -> bool:
    if wish == Wish.BY_RULE:
        return not row.status_by_rule
    return OPENNESS[PersonStatus(wish.value)] > OPENNESS[PersonStatus(row.status)]


def _propose(row: Person, wish: Wish, doing: Act) -> int:
    if Proposal.all_records.filter(person=row, outcome=Outcome.OPEN).exists():
        raise StatusRefused("waiting")
    proposal = Proposal(person=row, wish=wish, change=doing.under)
    proposal.save(force_insert=True)
    doing.add(PROPOSAL, proposal.pk)
    return proposal.pk


def _decide(row: Proposal, outcome: Outcome, doing: Act) -> None:
    doing.touch(PROPOSAL, row.pk)
    row.outcome, row.decided_under = outcome, doing.under
    row.save(update_fields=["outcome", "decided_under"])


def _set_status(person: int, wish: str, doing: Act) -> None:
    """Set what was decided; where the rule decides, it is asked when the act settles."""
    doing.touch(PERSON, person)
    by_rule = wish == Wish.BY_RULE
    Person.all_records.filter(pk=person).update(
        status=PersonStatus.PUBLIC if by_rule else wish, status_by_rule=by_rule
    )


def _read(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for own in in_batches(references):
        rows = Proposal.all_records.filter(pk__in=own).exclude(outcome=Outcome.TAKEN_BACK)
        for row in rows.order_by("pk"):
            found[str(row.pk)] = {
                "person_id": row.person_id, "wish": row.wish, "outcome": row.outcome,
            }  # fmt: skip
    return found


def _write(reference: str, body: Body | None, doing: Act) -> None:
    """Open a proposal again, or take it back; what it was about stays as it was."""
    row = Proposal.all_records.get(pk=reference)
    row.outcome = Outcome.TAKEN_BACK if body is None else body["outcome"]
    row.decided_under = None if row.outcome == Outcome.OPEN else doing.under
    row.save(update_fields=["outcome", "decided_under"])


PROPOSAL = Subject("proposal", _read, _write)
"""What waits for a second person. Proposals are taken back, and none is deleted."""
