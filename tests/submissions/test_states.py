"""The table of states, walked: every state, every act, every role, with what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from registry.models import (
    Contact,
    MediaType,
    Message,
    Part,
    PartKind,
    Role,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.drafts.uploads import CheckedFile
from registry.submissions.deciding import undo_decision
from registry.submissions.files import FileNote, add_file, note_file, remove_file
from registry.submissions.purging import purge_submissions
from registry.submissions.receiving import (
    add_part,
    name_person,
    remove_part,
    reply,
    save_answers,
    save_part,
    send_submission,
    set_contact,
    withdraw_submission,
)
from registry.submissions.states import Doing, SubmissionRefused, Who, next_state
from registry.submissions.triage import ask_contributor, claim_submission, note_submission
from tests.databases import NOW

from .sending import accept_all, begin, moderator, reject_all

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)
STATES = tuple(SubmissionState)
TABLE = """
act         draft     waiting   asked     accepted  rejected  withdrawn
save        C draft   -         -         -         -         -
send        C waiting -         -         -         -         -
add-file    C draft   C waiting C asked   -         -         -
reply       -         C waiting C waiting -         -         -
set-credit  C draft   C waiting C asked   C accepted C rejected -
set-contact C draft   C waiting C asked   -         -         -
withdraw    C withdrawn C withdrawn C withdrawn - - -
claim       -         S waiting S asked   -         -         -
note        -         S waiting S asked   S accepted S rejected S withdrawn
ask         -         S asked   S asked   -         -         -
accept      -         S accepted S accepted -       -         -
reject      -         S rejected S rejected -       -         -
reopen      -         -         -         S waiting S waiting -
purge       T gone    -         -         -         -         -
"""
"""Who may (C whoever holds the receipt, S staff, T time), and where it leads; `-` nobody."""
WHO = {"C": Who.CONTRIBUTOR, "S": Who.STAFF, "T": Who.CLOCK}
FILE = CheckedFile(MediaType.JPEG, ((40, 30),), ("примерный файл".encode(),))
OTHER_FILE = CheckedFile(MediaType.JPEG, ((40, 30),), ("другой файл".encode(),))
TABLES = (Submission, Part, SubmittedFile, Message, Contact)


def cells() -> dict[tuple[SubmissionState, Doing], tuple[Who, str] | None]:
    """Read the table above."""
    _, *lines = TABLE.split("\n")[1:-1]
    found: dict[tuple[SubmissionState, Doing], tuple[Who, str] | None] = {}
    for line in lines:
        act, *rest = line.split()
        told: list[tuple[Who, str] | None] = []
        while rest:
            first, *rest = rest
            if first == "-":
                told.append(None)
            else:
                then, *rest = rest
                told.append((WHO[first], then))
        assert len(told) == len(STATES), line
        found.update({(state, Doing(act)): one for state, one in zip(STATES, told, strict=True)})
    return found


CELLS = cells()


def test_the_table_has_every_state_and_every_act() -> None:
    assert len(CELLS) == len(STATES) * len(Doing)


@pytest.mark.parametrize("who", Who)
def test_who_may_do_what_and_where_it_leads(who: Who) -> None:
    for (state, doing), cell in CELLS.items():
        if cell is not None and cell[0] == who:
            assert next_state(state, doing, who) == cell[1]
            continue
        with pytest.raises(SubmissionRefused) as refused:
            next_state(state, doing, who)
        code = "not-now" if cell is None else "not-yours"
        assert (refused.value.code, refused.value.state) == (code, state), (state, doing, who)


def in_state(state: SubmissionState) -> int:
    """Return a submission in a state, with two people, a file and a contact."""
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    add_part(kind=PartKind.PERSON, **here)
    save_part(position=2, values={"family_name": "Примеров", "death_date": "1938"}, **here)
    add_file(file=FILE, **here)
    save_answers(answers={"rights": "примерные права"}, **here)
    set_contact(address="someone@example.org", **here)
    if state == SubmissionState.DRAFT:
        return number
    send_submission(**here)
    asked = {"submission": number, "by": moderator(), "now": NOW}
    if state == SubmissionState.ASKED:
        ask_contributor(text="Откуда?", **asked)
    elif state == SubmissionState.ACCEPTED:
        accept_all(number)
    elif state == SubmissionState.REJECTED:
        reject_all(number)
    elif state == SubmissionState.WITHDRAWN:
        withdraw_submission(**here)
    return number


def acts(number: int) -> list[tuple[Doing, Callable[[], Any]]]:
    """Return every act there is in the domain, by what it does."""
    here: dict[str, Any] = {"submission": number, "now": LATER}
    staff: dict[str, Any] = {**here, "by": moderator("another-moderator")}
    noted: dict[str, Any] = {"submission": number, "position": 1}
    signed = {"role": Role.MODERATOR, "reason": "an invented reason"}
    return [
        (Doing.SAVE, lambda: save_part(position=1, values={"sex": "f"}, **here)),
        (Doing.SAVE, lambda: add_part(kind="person", **here)),  # type: ignore[arg-type]
        (Doing.SAVE, lambda: remove_part(position=2, **here)),
        (Doing.SAVE, lambda: name_person(position=2, person=None, **here)),
        (Doing.SAVE, lambda: save_answers(answers={"how": "иначе"}, **here)),
        (Doing.SAVE, lambda: save_answers(answers={"how": "x", "credit": "name"}, **here)),
        (Doing.SEND, lambda: send_submission(**here)),
        (Doing.ADD_FILE, lambda: add_file(file=OTHER_FILE, **here)),
        (Doing.ADD_FILE, lambda: note_file(note=FileNote(caption="дом"), **noted)),
        (Doing.ADD_FILE, lambda: remove_file(**noted)),
        (Doing.REPLY, lambda: reply(text="От деда.", **here)),
        (Doing.SET_CREDIT, lambda: save_answers(answers={"credit": "initials"}, **here)),
        (Doing.SET_CONTACT, lambda: set_contact(address="other@example.org", **here)),
        (Doing.WITHDRAW, lambda: withdraw_submission(**here)),
        (Doing.CLAIM, lambda: claim_submission(**staff)),
        (Doing.NOTE, lambda: note_submission(submission=number, note="коллегам")),
        (Doing.ASK, lambda: ask_contributor(text="Когда?", **staff)),
        (Doing.ACCEPT, lambda: accept_all(number, now=LATER)),
        (Doing.REJECT, lambda: reject_all(number, now=LATER)),
        (Doing.REOPEN, lambda: undo_decision(**staff, **signed)),
    ]


def kept() -> list[Any]:
    """Return all that is kept of submissions."""
    return [list(model.all_records.order_by("pk").values()) for model in TABLES]


@pytest.mark.parametrize("state", STATES)
def test_each_act_leads_where_the_table_says_and_a_refused_one_changes_nothing(
    media: Any, state: SubmissionState
) -> None:
    number = in_state(state)
    before = kept()
    done = acts(number)
    assert {doing for doing, _ in done} == set(Doing) - {Doing.PURGE}
    for at, (doing, act) in enumerate(done):
        cell = CELLS[state, doing]
        with transaction.atomic():
            if cell is None:
                # Outside the list of parts, what is not there cannot be decided either.
                with pytest.raises(SubmissionRefused) as refused:
                    act()
                assert (refused.value.code, refused.value.state) == ("not-now", state), (at, doing)
                assert kept() == before, (at, doing)
            else:
                act()
                assert Submission.all_records.get(pk=number).state == cell[1], (at, doing)
                assert doing == Doing.REOPEN or kept() != before, (at, doing)
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", STATES)
def test_time_takes_drafts_alone(media: Any, state: SubmissionState) -> None:
    number = in_state(state)
    purged = purge_submissions(now=NOW + timedelta(days=400))
    gone = CELLS[state, Doing.PURGE] is not None
    assert purged.drafts == int(gone)
    assert Submission.all_records.filter(pk=number).exists() is not gone


@pytest.mark.parametrize("state", STATES)
def test_an_address_can_be_deleted_in_every_state(media: Any, state: SubmissionState) -> None:
    number = in_state(state)
    assert Contact.all_records.exists() is (state != SubmissionState.WITHDRAWN)
    set_contact(submission=number, address=" ", now=LATER)
    assert not Contact.all_records.exists()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_staff_of_every_role_decides(media: Any, role: Role) -> None:
    number = in_state(SubmissionState.WAITING)
    decision = accept_all(number, role=role)
    assert (decision.state, decision.change.role) == ("accepted", role)


def test_what_is_not_there_is_refused_by_every_act() -> None:
    for at, (doing, act) in enumerate(acts(404)):
        if doing in (Doing.ACCEPT, Doing.REJECT):
            continue  # the test itself reads the parts of what it decides
        with pytest.raises(SubmissionRefused) as refused:
            act()
        assert refused.value.code == "unknown-submission", (at, doing)
