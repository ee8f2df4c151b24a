"""What a hostile reading found: nothing is decided unread, nothing a contributor said is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import Change, Part, PartKind, PersonStatus, Role, Submission, SubmissionKind
from registry.records.people.biographies import (
    BiographyDraft,
    read_biography,
    write_biography,
)
from registry.records.undoing.erasing import erase_record
from registry.records.undoing.reverting import undo_change
from registry.submissions.deciding import decide_submission, seen_of, undo_decision
from registry.submissions.decisions import PartDecision
from registry.submissions.files import FileNote, add_file, note_file
from registry.submissions.flags import MOST_ALIKE, find_flags
from registry.submissions.own import own_submission
from registry.submissions.receiving import (
    add_part,
    reply,
    save_answers,
    save_part,
    send_submission,
)
from registry.submissions.starting import Target
from registry.submissions.states import SubmissionRefused
from registry.submissions.testimony import TESTIMONY
from tests.databases import NOW

from .sending import accept_all, begin, draft_of, moderator, reject_all, send
from .test_files import picture, with_files

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SIGNED: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason"}
DIED = {"death": parse_edtf("1938")}


def undo(number: int, days: int = 1) -> Any:
    return undo_decision(submission=number, by=moderator(), now=NOW + days * DAY, **SIGNED)


def decide(number: int, *parts: PartDecision, **more: Any) -> Any:
    return decide_submission(
        submission=number, parts=parts, by=moderator(), **{"now": NOW, **SIGNED, **more}
    )


@pytest.mark.parametrize("come", ["credit", "name", "message", "caption", "file"])
def test_what_came_since_the_page_was_opened_is_not_decided_unread(media: Any, come: str) -> None:
    number = with_files(1)
    send_submission(submission=number, now=NOW)
    row = Submission.all_records.get(pk=number)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    seen = seen_of(row)
    {
        "credit": lambda: save_answers(answers={"credit": "name"}, **here),
        "name": lambda: save_answers(answers={"credit_name": "Непрочитанное"}, **here),
        "message": lambda: reply(text="Ещё рассказ", **here),
        "caption": lambda: note_file(submission=number, position=1, note=FileNote(caption="Дом")),
        "file": lambda: add_file(file=picture(2), **here),
    }[come]()
    with pytest.raises(SubmissionRefused) as refused:
        decide(number, seen=seen)
    assert refused.value.code == "undecided"
    row.refresh_from_db()
    assert (row.state, seen_of(row) == seen) == ("waiting", False)
    assert seen_of(row) == seen_of(row)


def test_whoever_is_second_to_hide_is_told_what_was_decided(make_person: Any) -> None:
    person = make_person(**DIED)
    number = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person))
    hide = PartDecision(1, accept=True, person=person, hide=PersonStatus.WITHDRAWN)
    decide(number, hide)
    made = Change.all_records.count()
    with pytest.raises(SubmissionRefused) as refused:
        decide(number, hide)
    assert (refused.value.code, refused.value.state) == ("not-now", "accepted")
    assert Change.all_records.count() == made


def test_whom_a_contributor_named_stays_whoever_it_was_decided_of(make_person: Any) -> None:
    named, other = make_person(**DIED), make_person(family="Выдумкин", **DIED)
    number = send(SubmissionKind.ADDITION, {"occupation": "кузнец"}, target=Target(named))
    accept_all(number, person=other)
    assert own_submission(number).parts[0].person == other
    undone = undo(number)
    assert (own_submission(number).parts[0].person, undone.left) == (named, [])
    again = undo_change(change=undone.change.pk, by=moderator(), now=NOW + 2 * DAY, **SIGNED)
    assert (own_submission(number).parts[0].person, again.left) == (other, [])
    part = Part.all_records.get()
    assert (part.person_id, part.about_id) == (named, other)
    undo(number, days=3)
    reject_all(number)
    part = Part.all_records.get()
    assert (part.person_id, part.about_id) == (named, None)


def test_a_life_an_editor_has_worked_on_since_stays_with_its_decision(make_person: Any) -> None:
    person = make_person(**DIED)
    sent = {"language": "ru", "title": "Жизнь", "text": "Слова приславшего."}
    number = send(SubmissionKind.BIOGRAPHY, sent, target=Target(person))
    life = BiographyDraft(person, "ru", "Жизнь", "Слова приславшего.", (TESTIMONY,))
    decide(number, PartDecision(1, accept=True, person=person, biography=life))
    ours = BiographyDraft(person, "ru", "Жизнь кузнеца", "Слова приславшего.", (TESTIMONY,))
    write_biography(draft=ours, by=None, now=NOW + DAY, **{**SIGNED, "role": Role.EDITOR})
    undone = undo(number, days=2)
    assert ("submission", "changed-since") in {(one.subject, one.code) for one in undone.left}
    # Its words are still public, and so it is still accepted: nothing public waits.
    assert read_biography(person=person, language="ru") is not None
    assert Submission.all_records.get().state == "accepted"


def test_a_picture_that_came_since_keeps_a_decision_from_being_made_again(media: Any) -> None:
    number = with_files(1)
    send_submission(submission=number, now=NOW)
    accept_all(number)
    undone = undo(number)
    add_file(submission=number, file=picture(2), now=NOW)
    again = undo_change(change=undone.change.pk, by=moderator(), now=NOW + 2 * DAY, **SIGNED)
    assert ("submission", "changed-since") in {(one.subject, one.code) for one in again.left}
    assert own_submission(number).state == "waiting"


def test_the_life_of_somebody_new_goes_with_them_when_a_court_has_it_erased() -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    position = add_part(kind="biography", **here)  # type: ignore[arg-type]
    sent = {"language": "ru", "title": "Жизнь", "text": "Слова приславшего."}
    save_part(position=position, values=sent, **here)
    send_submission(**here)
    first = Part.all_records.get(position=1)
    life = BiographyDraft(0, "ru", "Жизнь", "Слова.", (TESTIMONY,))
    decision = decide(
        number,
        PartDecision(1, accept=True, draft=draft_of(first)),
        PartDecision(2, accept=True, biography=life),
    )
    person = decision.people[1]
    assert [part.person for part in own_submission(number).parts] == [person, person]
    erase_record(
        subject="person", reference=str(person), by=moderator(), role=Role.ADMINISTRATOR,
        reason="a court", now=NOW,
    )  # fmt: skip
    assert [dict(part.values) for part in own_submission(number).parts] == [{}, {}]


def test_flags_of_a_family_cost_as_many_queries_as_those_of_one(make_person: Any) -> None:
    def cost(count: int) -> int:
        number = begin().submission
        here: dict[str, Any] = {"submission": number, "now": NOW}
        for one in range(count):
            position = add_part(kind=PartKind.PERSON, **here)
            save_part(position=position, values={"family_name": f"Примеров{'аб' * one}"}, **here)
        row = Submission.all_records.get(pk=number)
        with CaptureQueriesContext(connection) as told:
            find_flags(row, now=NOW)
        return len(told)

    assert cost(1) == cost(20)


def test_others_of_the_same_person_are_named_but_not_without_end(make_person: Any) -> None:
    person = make_person(**DIED)
    for _ in range(MOST_ALIKE + 3):
        send(SubmissionKind.ADDITION, {"occupation": "кузнец"}, target=Target(person))
    row = Submission.all_records.latest("pk")
    flags = [one for one in find_flags(row, now=NOW) if one["code"] == "duplicate"]
    assert len(flags) == MOST_ALIKE
    assert row.number not in {one["about"] for one in flags}
