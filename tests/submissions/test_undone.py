"""The ledger keeps what was decided and nothing that was said, and never leaves half of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import (
    Change,
    Entry,
    PartKind,
    Person,
    Photograph,
    Revision,
    Role,
    Standing,
    Submission,
    SubmissionKind,
)
from registry.records.drafts.readings import DateReading
from registry.records.entries.editing import correct_reading, withdraw_entry
from registry.records.ledger.accounts import ACCOUNT
from registry.records.ledger.changes import canonical
from registry.records.undoing.reverting import undo_change
from registry.records.undoing.subjects import SUBJECTS
from registry.records.undoing.words import LEFT_WORDS, SUBJECT_WORDS
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import PartDecision
from registry.submissions.flags import put_flags
from registry.submissions.own import own_submission
from registry.submissions.receiving import add_part, save_part, send_submission, withdraw_submission
from registry.submissions.starting import Target
from registry.submissions.states import SubmissionRefused
from tests.databases import NOW
from tests.ledger.state import assert_the_ledger_tells_all

from .sending import accept_all, begin, draft_of, moderator, reject_all, send
from .test_files import with_files

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason"}
LATER = NOW + timedelta(days=16)
SECRET = "Тайная"


def undo(number: int, now: Any = LATER) -> Any:
    return undo_decision(submission=number, by=moderator(), now=now, **ACT)


def body_of(number: int) -> Any:
    reference = Submission.all_records.get(pk=number).number
    return SUBJECTS["submission"].read([reference]).get(reference)


def codes(undone: Any) -> set[tuple[str, str]]:
    return {(left.subject, left.code) for left in undone.left}


def test_bodies_hold_outcomes_alone(media: Any) -> None:
    number = with_files(1)
    secret = {"family_name": SECRET, "given_name": SECRET, "death_date": "1938"}
    save_part(submission=number, position=1, values=secret, now=NOW)
    send_submission(submission=number, now=NOW)
    assert body_of(number) is None
    decision = accept_all(number)
    assert body_of(number) == {
        "state": "accepted", "change": decision.change.pk, "parts": {"1": "accepted"},
        "files": {"1": "accepted"},
    }  # fmt: skip
    undo(number)
    assert body_of(number) is None
    reject_all(number)
    told = Revision.all_records.filter(subject="submission").order_by("pk")
    assert [row.body.text for row in told] == [
        canonical(body) for body in (
            {"state": "accepted", "change": decision.change.pk, "parts": {"1": "accepted"},
             "files": {"1": "accepted"}},
            None,
            {"state": "rejected", "change": Change.all_records.latest("pk").pk,
             "parts": {"1": "rejected"}, "files": {"1": "rejected"}},
        )
    ]  # fmt: skip
    assert SECRET not in "".join(row.body.text for row in told)
    assert_the_ledger_tells_all()


def test_a_decision_is_undone_and_made_again_and_again_and_each_time_it_is_the_same() -> None:
    number = send()
    decision = accept_all(number)
    decided = body_of(number)
    for _ in range(3):
        undone = undo(number)
        assert (undone.left, body_of(number)) == ([], None)
        assert Entry.all_records.get().standing == Standing.REVERTED
        again = undo_change(change=undone.change.pk, by=moderator(), now=LATER, **ACT)
        assert (again.left, body_of(number)) == ([], decided)
        row = Submission.all_records.get(pk=number)
        assert (row.decided_under, row.since) == (decision.change, date(2026, 1, 1))
        assert own_submission(number).parts[0].person == decision.people[1]
        assert_the_ledger_tells_all()


def test_an_older_decision_undone_anew_does_not_touch_the_newer() -> None:
    number = send()
    first = reject_all(number)
    undo(number)
    second = reject_all(number)
    result = undo_change(change=first.change.pk, by=moderator(), now=LATER, **ACT)
    assert codes(result) == {("submission", "changed-since")}
    assert body_of(number)["change"] == second.change.pk
    assert Submission.all_records.get(pk=number).state == "rejected"


def test_what_was_worked_on_since_stays_whole(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"), death=parse_edtf("1938"))
    number = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))
    accept_all(number)
    entry = Entry.all_records.get(via__submission=number)
    readings = {"birth": DateReading("1892")}
    correct_reading(entry=entry.pk, readings=readings, by=None, now=LATER, **ACT)
    undone = undo(number)
    assert codes(undone) == {("entry", "changed-since"), ("submission", "changed-since")}
    assert Submission.all_records.get().state == "accepted"
    assert Entry.all_records.get(pk=entry.pk).standing == Standing.IN_USE
    assert_the_ledger_tells_all()


def test_an_entry_an_editor_has_withdrawn_does_not_come_back_by_an_undoing() -> None:
    number = send()
    accept_all(number)
    entry = Entry.all_records.get()
    withdraw_entry(entry=entry.pk, by=None, now=LATER, **ACT)
    assert codes(undo(number)) == {("entry", "changed-since"), ("submission", "changed-since")}
    assert Entry.all_records.get().standing == Standing.WITHDRAWN


def test_whoever_takes_back_what_waits_again_is_not_decided_by_an_undoing(media: Any) -> None:
    number = with_files(1)
    send_submission(submission=number, now=NOW)
    accept_all(number)
    undone = undo(number)
    withdraw_submission(submission=number, now=LATER)
    again = undo_change(change=undone.change.pk, by=moderator(), now=LATER, **ACT)
    assert ("submission", "withdrawn") in codes(again)
    row = Submission.all_records.get()
    assert (row.state, row.decided_under) == ("withdrawn", None)
    # Nor does what it said: she has taken it back, and nobody else may bring it.
    assert Entry.all_records.get().standing == Standing.ERASED
    assert not Person.public.exists()
    told = "".join(Revision.all_records.values_list("body__text", flat=True))
    assert "Примеров" not in told
    assert not Photograph.all_records.exists()


def test_every_reason_and_every_record_has_words() -> None:
    assert "withdrawn" in LEFT_WORDS
    assert SUBJECT_WORDS.keys() == SUBJECTS.keys() | {ACCOUNT}


def test_a_second_decision_of_one_part_is_refused() -> None:
    number = send()
    part = Submission.all_records.get().parts(manager="all_records").get()
    twice = [PartDecision(1, accept=True, draft=draft_of(part))] * 2
    with pytest.raises(SubmissionRefused) as refused:
        decide_submission(submission=number, parts=twice, by=moderator(), now=NOW, **ACT)
    assert refused.value.code == "undecided"
    assert not Entry.all_records.exists()


def test_a_fact_makes_nobody_new(make_person: Any) -> None:
    person = make_person(death=parse_edtf("1938"))
    target = Target(person, "name")
    number = send(SubmissionKind.CORRECTION, {"family_name": "Другой"}, target=target)
    part = Submission.all_records.get().parts(manager="all_records").get()
    lost = PartDecision(1, accept=True, draft=draft_of(part), person=None)
    with pytest.raises(SubmissionRefused) as refused:
        decide_submission(submission=number, parts=[lost], by=moderator(), now=NOW, **ACT)
    assert (refused.value.code, refused.value.field) == ("unknown-person", "1")
    assert Person.all_records.count() == 1


def test_what_fails_in_the_middle_leaves_nothing(make_person: Any, media: Any) -> None:
    number = with_files(1)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    add_part(kind=PartKind.PERSON, **here)
    save_part(position=2, values={"family_name": "Другой", "death_date": "1938"}, **here)
    send_submission(**here)
    row = Submission.all_records.get()
    before = (Change.all_records.count(), canonical(Submission.all_records.values().get()))
    first, second = row.parts(manager="all_records").all()
    parts = [
        PartDecision(1, accept=True, draft=draft_of(first)),
        PartDecision(2, accept=False, reason="no such reason"),
    ]
    with pytest.raises(SubmissionRefused) as refused:
        decide_submission(submission=number, parts=parts, by=moderator(), now=NOW, **ACT)
    assert refused.value.code == "undecided"
    assert second.position == 2
    assert not Entry.all_records.exists()
    assert not Person.all_records.exists()
    assert (Change.all_records.count(), canonical(Submission.all_records.values().get())) == before


def test_what_waits_again_is_urgent_again() -> None:
    number = send(values={"family_name": "Живой"})
    reject_all(number)
    assert not Submission.all_records.get().urgent
    undo(number)
    row = Submission.all_records.get()
    assert row.urgent
    put_flags(row, now=NOW)
    assert row.urgent
    assert begin().submission


@pytest.mark.parametrize("then", ["waiting", "rejected"])
def test_what_a_decision_brought_comes_back_only_with_it(then: str, media: Any) -> None:
    number = with_files(1)
    values = {"family_name": "Примеров", "death_date": "1938"}
    save_part(submission=number, position=1, values=values, now=NOW)
    send_submission(submission=number, now=NOW)
    accept_all(number)
    entry = Entry.all_records.get(via__isnull=False).pk
    opened = undo(number)
    assert not Photograph.all_records.exists()
    if then == "rejected":
        reject_all(number)
    undone = undo_change(change=opened.change.pk, by=None, now=LATER, **ACT)
    standing = Entry.all_records.get(pk=entry).standing
    assert_the_ledger_tells_all()
    if then == "rejected":
        assert ("entry", "changed-since") in codes(undone)
        assert ("photograph", "changed-since") in codes(undone)
        assert standing == Standing.REVERTED
        assert not Photograph.all_records.exists()
    else:
        # Nobody decided otherwise since: the decision holds again, as a whole.
        assert Submission.all_records.get(pk=number).state == "accepted"
        assert standing == Standing.IN_USE
        assert Photograph.all_records.exists()
