"""Whoever holds the receipt says as whom she is named: at any time, and every output follows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.models import Biography, Photograph, RevisionBody, Submission
from registry.records.history.as_of import person_as_of
from registry.records.history.timelines import person_history
from registry.records.people.biographies import BiographyDraft
from registry.records.public.people import public_person
from registry.records.public.received import MARK, credit_mark, named_now
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import FileDecision, PartDecision
from registry.submissions.receiving import (
    add_part,
    save_answers,
    save_part,
    send_submission,
)
from registry.submissions.states import SubmissionRefused
from registry.submissions.testimony import TESTIMONY
from tests.databases import NOW

from .sending import FileDraft, accept_all, draft_of, moderator, reject_all, send
from .test_files import with_files

pytestmark = pytest.mark.django_db
NAME = "Вера Примерова"
LIFE = {"language": "ru", "title": "Жизнь", "text": "Родился в деревне."}
SIGNED: dict[str, Any] = {"role": "moderator", "reason": "an invented reason"}


def accepted(credit: str = "name") -> tuple[int, int]:
    """Return a submission that was taken whole, a life and a picture with it, and the person."""
    number = with_files(1)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    add_part(kind="biography", **here)  # type: ignore[arg-type]
    save_part(position=2, values=LIFE, **here)
    save_answers(answers={"credit": credit, "credit_name": NAME}, **here)
    send_submission(**here)
    row = Submission.all_records.get(pk=number)
    first = row.parts(manager="all_records").get(position=1)
    life = BiographyDraft(0, "ru", "Жизнь", "Родился.", (TESTIMONY,), credit=f"{NAME}, внучка")
    photograph = FileDraft(source=TESTIMONY, published=True, credit=credit_mark(row.number))
    decided = decide_submission(
        submission=number,
        parts=[
            PartDecision(1, accept=True, draft=draft_of(first)),
            PartDecision(2, accept=True, biography=life),
        ],
        files=[FileDecision(1, accept=True, draft=photograph)],
        by=moderator(),
        now=NOW,
        **SIGNED,
    )
    return number, decided.people[1]


def told(person: int) -> str:
    """Return all that any output tells of somebody, of today, of then and of what changed."""
    history = person_history(person, language="ru")
    changes = [change.number for change in history.changes.items]
    then = [person_as_of(person, change=change, language="ru") for change in changes]
    own = public_person(person, language="ru")
    client = Client()
    pages = [f"/people/{person}/", f"/people/{person}/history/", f"/entries/{own.entries[0].id}/"]
    pages += [f"/api/v1/people/{person}", f"/api/v1/entries/{own.entries[0].id}"]
    read = [client.get(page).content.decode() for page in pages]
    return repr([asdict(own), asdict(history), then, *read])


def say(number: int, **answers: str) -> None:
    save_answers(submission=number, answers=answers, now=NOW + timedelta(days=40))


def test_every_output_follows_what_is_wished_after_the_decision(media: Any) -> None:
    number, person = accepted()
    assert told(person).count(NAME) > 5
    own = public_person(person, language="ru")
    assert own.entries[0].via is not None
    assert own.entries[0].via.credit == NAME
    assert own.biographies[0].credit == f"{NAME}, внучка"
    assert own.photographs[0].credit == NAME
    say(number, credit="initials")
    own = public_person(person, language="ru")
    assert (own.biographies[0].credit, own.photographs[0].credit) == ("В. П., внучка", "В. П.")
    say(number, credit="anonymous")
    own = public_person(person, language="ru")
    assert (own.biographies[0].credit, own.photographs[0].credit) == ("внучка", "")
    out = told(person)
    assert "Примеров" in out
    for word in (NAME, "Вера", "В. П.", "submission:"):
        assert word not in out, word
    say(number, credit="name")
    assert public_person(person, language="ru").photographs[0].credit == NAME


def test_neither_the_records_nor_the_ledger_keep_the_name(media: Any) -> None:
    accepted()
    kept = [*Biography.all_records.values_list("credit", flat=True)]
    kept += Photograph.all_records.values_list("credit", flat=True)
    assert len(kept) == 2
    assert all(MARK.search(line) for line in kept)
    kept += RevisionBody.all_records.values_list("text", flat=True)
    assert not [text for text in kept if "Вера" in text]


def test_whoever_was_not_named_can_be_later(media: Any) -> None:
    number, person = accepted("anonymous")
    # What somebody typed who decided, and not whoever sent it, stays.
    assert public_person(person, language="ru").biographies[0].credit == f"{NAME}, внучка"
    assert public_person(person, language="ru").photographs[0].credit == ""
    say(number, credit="name")
    assert public_person(person, language="ru").photographs[0].credit == NAME


@pytest.mark.parametrize("decide", [accept_all, reject_all])
def test_no_name_that_nobody_has_read_is_put_in_after_the_decision(decide: Any) -> None:
    number = send()
    say(number, credit="name", credit_name=NAME)
    decide(number)
    with pytest.raises(SubmissionRefused) as refused:
        say(number, credit="name", credit_name="Непрочитанное Имя")
    assert (refused.value.code, refused.value.field) == ("unread-name", "credit_name")
    assert Submission.all_records.get().credit_name == NAME
    say(number, credit="initials", credit_name=NAME)
    say(number, credit="name", credit_name="")
    row = Submission.all_records.get()
    assert (row.credit, row.credit_name) == ("name", "")
    with pytest.raises(SubmissionRefused):
        say(number, credit_name=NAME)
    undo_decision(submission=number, by=moderator(), now=NOW, **SIGNED)
    say(number, credit_name="Другое Имя")
    assert Submission.all_records.get().credit_name == "Другое Имя"


def test_credit_lines_are_read_in_one_query_or_none() -> None:
    numbers = [Submission.all_records.get(pk=send()).number for _ in range(3)]
    marks = [credit_mark(number) for number in numbers]
    second = Submission.all_records.filter(number=numbers[1])
    second.update(credit="name", credit_name="submission:")
    with CaptureQueriesContext(connection) as asked:
        assert named_now([]) == []
        assert named_now(["Фото", ""]) == ["Фото", ""]
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        assert named_now([*marks, f"из {marks[1]}", "submission:0000-0000"]) == [
            "", "submission:", "", "из submission:", "",
        ]  # fmt: skip
    assert len(asked) == 1
