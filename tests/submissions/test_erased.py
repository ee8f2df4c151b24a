"""What a court has erased is gone from what was sent, too; what is said of others stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from registry.models import (
    Contact,
    Entry,
    Message,
    Part,
    PartKind,
    Photograph,
    Revision,
    Role,
    Submission,
    SubmittedFile,
)
from registry.records.public.files import FileUnknown
from registry.records.undoing.erasing import erase_record
from registry.submissions.deciding import undo_decision
from registry.submissions.files import add_file
from registry.submissions.own import own_file, own_submission
from registry.submissions.receiving import (
    add_part,
    reply,
    save_answers,
    save_part,
    send_submission,
    set_contact,
)
from registry.submissions.starting import Target
from tests.databases import NOW
from tests.ledger.state import assert_the_ledger_tells_all

from .sending import accept_all, begin, moderator, reject_all
from .test_files import lying, picture, with_files

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"reason": "an order of a court", "now": NOW}
MARK = "Стёртый"
Commits = Callable[..., Any]
MARKED = {"family_name": MARK, "given_name": MARK, "death_date": "1938", "comment": MARK}


def marked(media: Any) -> int:
    """Return a submission about two people, with marked texts about the first."""
    number = with_files(1)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    save_part(position=1, values=MARKED, **here)
    add_part(kind=PartKind.PERSON, **here)
    save_part(position=2, values={"family_name": "Другой", "death_date": "1938"}, **here)
    save_answers(answers={"how": f"{MARK} сам", "credit_name": MARK, "credit": "name"}, **here)
    set_contact(address="someone@example.org", **here)
    send_submission(**here)
    reply(text=MARK, **here)
    return number


def erase(subject: str, reference: int) -> None:
    change = erase_record(
        subject=subject, reference=str(reference), by=None, role=Role.ADMINISTRATOR, **ACT
    )
    assert change is not None


def all_told() -> str:
    """Return everything that is kept of submissions, and in the ledger."""
    tables = (Submission, Part, SubmittedFile, Message, Contact, Entry, Photograph)
    rows = [list(model.all_records.values()) for model in tables]
    return repr(rows) + "".join(Revision.all_records.values_list("body__text", flat=True))


@pytest.mark.parametrize("subject", ["person", "entry"])
def test_an_erased_person_or_entry_takes_the_part_and_leaves_the_other(
    media: Any, subject: str, django_capture_on_commit_callbacks: Commits
) -> None:
    number = marked(media)
    decision = accept_all(number)
    entry = Entry.all_records.get(person=decision.people[1])
    with django_capture_on_commit_callbacks(execute=True):
        erase(subject, entry.person_id if subject == "person" else entry.pk)
    first, second = own_submission(number).parts
    assert (first.values, first.edited, first.left_out) == ({}, {}, ())
    assert (first.outcome, second.outcome) == ("accepted", "accepted")
    assert second.values == {"family_name": "Другой", "death_date": "1938"}
    assert MARK not in repr(Part.all_records.values())
    if subject == "person":
        assert lying(media) == set()
        with pytest.raises(FileUnknown):
            own_file(number, own_submission(number).files[0].preview)
    assert_the_ledger_tells_all()


def test_when_nothing_else_was_said_all_of_it_goes(
    media: Any, django_capture_on_commit_callbacks: Commits
) -> None:
    number = marked(media)
    decision = accept_all(number)
    with django_capture_on_commit_callbacks(execute=True):
        for person in decision.people.values():
            erase("person", person)
    assert MARK not in all_told()
    assert "someone@example.org" not in all_told()
    assert lying(media) == set()
    assert own_submission(number).state == "accepted"
    assert_the_ledger_tells_all()


def test_what_waits_or_was_rejected_about_an_erased_person_goes_too(
    make_person: Any, media: Any, django_capture_on_commit_callbacks: Commits
) -> None:
    person = make_person(family=MARK)
    sent = []
    for text in (f"{MARK} один", f"{MARK} два"):
        started = begin("addition", {"comment": text}, target=Target(person))  # type: ignore[arg-type]
        here: dict[str, Any] = {"submission": started.submission, "now": NOW}
        save_answers(answers={"rights": "мои"}, **here)
        add_file(file=picture(len(sent)), **here)
        send_submission(**here)
        sent.append(started.submission)
    reject_all(sent[0])
    assert len(lying(media)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        erase("person", person)
    assert MARK not in all_told()
    assert lying(media) == set()
    assert [own_submission(number).state for number in sent] == ["rejected", "waiting"]


def test_an_erased_photograph_takes_its_file_and_its_caption(
    media: Any, django_capture_on_commit_callbacks: Commits
) -> None:
    number = with_files(2)
    send_submission(submission=number, now=NOW)
    SubmittedFile.all_records.update(caption=MARK, date=MARK)
    accept_all(number)
    first, second = Photograph.all_records.order_by("pk")
    with django_capture_on_commit_callbacks(execute=True):
        erase("photograph", first.pk)
    assert lying(media) == {second.name}
    told = [(file.caption, file.date) for file in own_submission(number).files]
    assert told == [("", ""), (MARK, MARK)]


def test_what_was_undone_and_is_erased_after_goes_too(
    media: Any, django_capture_on_commit_callbacks: Commits
) -> None:
    number = marked(media)
    decision = accept_all(number)
    undo_decision(submission=number, by=moderator(), role=Role.MODERATOR, **ACT)
    entry = Entry.all_records.filter(person=decision.people[1]).get()
    with django_capture_on_commit_callbacks(execute=True):
        erase("entry", entry.pk)
    assert MARK not in repr(Part.all_records.values())
    assert MARK not in repr(Entry.all_records.values())
