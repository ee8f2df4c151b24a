"""Where a submission can go from where it stands, and who may take it there: one table.

Decisions are undone through the ledger (see `registry.submissions.ledger`), which leads from
accepted or rejected back to waiting; nothing else does.
"""

from __future__ import annotations

from enum import StrEnum

from registry.models import SubmissionState

DRAFT, WAITING, ASKED, ACCEPTED, REJECTED, WITHDRAWN = SubmissionState


class Who(StrEnum):
    """Who acts: whoever holds the receipt, staff of any role, or the clock."""

    CONTRIBUTOR = "contributor"
    STAFF = "staff"
    CLOCK = "clock"


class Doing(StrEnum):
    """What is done with a submission."""

    SAVE = "save"
    SEND = "send"
    ADD_FILE = "add-file"
    REPLY = "reply"
    SET_CREDIT = "set-credit"
    SET_CONTACT = "set-contact"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    NOTE = "note"
    ASK = "ask"
    ACCEPT = "accept"
    REJECT = "reject"
    REOPEN = "reopen"
    PURGE = "purge"


GONE = "gone"
"""Where purging leads: there is no submission any more."""

TABLE: dict[tuple[SubmissionState, Doing], tuple[Who, str]] = {
    (DRAFT, Doing.SAVE): (Who.CONTRIBUTOR, DRAFT),
    (DRAFT, Doing.SEND): (Who.CONTRIBUTOR, WAITING),
    (DRAFT, Doing.PURGE): (Who.CLOCK, GONE),
    (ASKED, Doing.REPLY): (Who.CONTRIBUTOR, WAITING),
    (WAITING, Doing.REPLY): (Who.CONTRIBUTOR, WAITING),
    (WAITING, Doing.ASK): (Who.STAFF, ASKED),
    (ASKED, Doing.ASK): (Who.STAFF, ASKED),
    (ACCEPTED, Doing.REOPEN): (Who.STAFF, WAITING),
    (REJECTED, Doing.REOPEN): (Who.STAFF, WAITING),
    **{
        (state, doing): (Who.CONTRIBUTOR, state)
        for state in (DRAFT, WAITING, ASKED)
        for doing in (Doing.ADD_FILE, Doing.SET_CREDIT, Doing.SET_CONTACT)
    },
    **{(state, Doing.SET_CREDIT): (Who.CONTRIBUTOR, state) for state in (ACCEPTED, REJECTED)},
    **{(state, Doing.WITHDRAW): (Who.CONTRIBUTOR, WITHDRAWN) for state in (DRAFT, WAITING, ASKED)},
    **{
        (state, doing): (Who.STAFF, then)
        for state in (WAITING, ASKED)
        for doing, then in (
            (Doing.CLAIM, state),
            (Doing.ACCEPT, ACCEPTED),
            (Doing.REJECT, REJECTED),
        )
    },
    **{
        (state, Doing.NOTE): (Who.STAFF, state)
        for state in (WAITING, ASKED, ACCEPTED, REJECTED, WITHDRAWN)
    },
}
"""State and act: who may do it, and where it leads. What is not here cannot be done."""


class SubmissionRefused(ValueError):
    """What cannot be done with a submission: `code` says why, `field` where, if anywhere.

    `unknown-submission`; `not-now` (its state does not allow it: `state` says which it is);
    `not-yours` (staff cannot do what is the contributor's, nor the other way round).
    Others are named by the functions that raise them. Of a decision `position` and `is_file`
    say which part or file it is about, if one.
    """

    def __init__(self, code: str, *, field: str = "", state: str = "") -> None:
        super().__init__(f"{field}: {code} {state}".strip())
        self.code = code
        self.field = field
        self.state = state
        self.position = 0
        self.is_file = False


class PartRefused(ValueError):
    """What the records refuse of one part or file of a decision; `code` is theirs.

    `position` and `is_file` say of which, `field` and `value` what, where that is told.
    """

    def __init__(
        self, code: str, *, position: int, is_file: bool, field: str = "", value: str = ""
    ) -> None:
        super().__init__(f"{position}: {field}: {code} {value}".rstrip())
        self.code = code
        self.position = position
        self.is_file = is_file
        self.field = field
        self.value = value


def next_state(state: str, doing: Doing, who: Who) -> str:
    """Return where an act leads. Raises SubmissionRefused."""
    found = TABLE.get((SubmissionState(state), doing))
    if found is None:
        raise SubmissionRefused("not-now", state=state)
    allowed, then = found
    if who != allowed:
        raise SubmissionRefused("not-yours", state=state)
    return then
