"""Whoever holds a receipt sees what she said and what became of it, and nothing of the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import (
    PersonStatus,
    Role,
    Submission,
    SubmissionKind,
)
from registry.records.people.merging import merge_people
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import FieldDecision, PartDecision
from registry.submissions.own import OwnMessage, OwnPart, own_submission
from registry.submissions.questions import PAGES
from registry.submissions.receiving import reply, send_submission, set_contact
from registry.submissions.starting import Target
from registry.submissions.states import SubmissionRefused
from registry.submissions.triage import ask_contributor, claim_submission, note_submission
from tests.databases import NOW
from tests.security.hidden import hide

from .sending import SOMEBODY, accept_all, begin, draft_of, moderator, reject_all, send
from .test_files import with_files

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason", "now": NOW}
QUERIES = 6


def test_a_draft_is_told_as_it_was_typed() -> None:
    started = begin()
    own = own_submission(started.submission)
    row = Submission.all_records.get()
    assert own.number == f"{row.number[:4]}-{row.number[4:]}"
    assert (own.id, own.kind, own.state, own.language) == (row.pk, "person", "draft", "ru")
    assert (own.since, own.credit, own.has_contact) == (date(2026, 1, 12), "anonymous", False)
    assert own.parts == (
        OwnPart(
            position=1, kind="person", field="", kinship="", values=SOMEBODY, person=None,
            site="", outcome="", reason="", reason_text="", edited={}, left_out=(),
        ),
    )  # fmt: skip
    assert (own.files, own.messages) == ((), ())
    assert own.can == {"save", "send", "add-file", "set-credit", "set-contact", "withdraw"}
    assert own.pages == PAGES[SubmissionKind.PERSON]
    assert own.part(1) == own.parts[0]
    with pytest.raises(SubmissionRefused, match="unknown-part"):
        own.part(2)


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(SubmissionRefused, match="unknown-submission"):
        own_submission(404)


def test_the_desk_is_not_told() -> None:
    number = send()
    by = moderator("secret-moderator")
    claim_submission(submission=number, by=by, now=NOW)
    note_submission(submission=number, note="secret note")
    ask_contributor(submission=number, text="Откуда?", by=by, now=NOW)
    reply(submission=number, text="От деда.", now=NOW)
    set_contact(submission=number, address="secret@example.org", now=NOW)
    own = own_submission(number)
    assert own.messages == (OwnMessage(True, "Откуда?"), OwnMessage(False, "От деда."))
    assert own.has_contact
    assert "secret" not in repr(own)
    assert "answered" not in repr(own)


def test_what_became_of_each_value_is_told_once_it_is_decided_and_not_after_an_undoing() -> None:
    number = send(values={**SOMEBODY, "occupation": "кузнец", "comment": "личное"})
    row = Submission.all_records.get(pk=number)
    part = row.parts(manager="all_records").get()
    taken = {name: FieldDecision(accept=True) for name in part.values}
    taken["occupation"] = FieldDecision(accept=True, edited="коваль")
    taken["comment"] = FieldDecision(accept=False)
    decision = PartDecision(
        1, accept=True, values=taken, draft=draft_of(part, occupation="коваль", comment=""),
        reason_text="спасибо",
    )  # fmt: skip
    decide_submission(submission=number, parts=[decision], by=moderator(), **ACT)
    [own] = own_submission(number).parts
    assert own.values["occupation"] == "кузнец"
    assert (own.outcome, own.reason, own.reason_text) == ("accepted", "", "спасибо")
    assert (own.edited, own.left_out) == ({"occupation": "коваль"}, ("comment",))
    assert own.person is not None
    assert own_submission(number).can == {"set-credit"}
    undo_decision(submission=number, by=moderator(), **ACT)
    [own] = own_submission(number).parts
    assert (own.outcome, own.reason_text, own.edited, own.left_out) == ("", "", {}, ())
    # Whoever the decision has made is nobody now, and no page leads there.
    assert own.person is None


def test_a_rejection_names_its_reason() -> None:
    number = send()
    reject_all(number)
    own = own_submission(number)
    assert (own.state, own.since) == ("rejected", date(2026, 1, 1))
    assert (own.parts[0].reason, own.parts[0].reason_text) == ("no-source", "примерно")
    assert own.parts[0].person is None


def test_it_leads_to_where_somebody_who_was_joined_is_now(make_person: Any) -> None:
    one, other = make_person(fate="расстрелян"), make_person(fate="расстрелян")
    number = begin(SubmissionKind.ADDITION, {"fate": "умер"}, target=Target(one)).submission
    merged = merge_people(left=one, right=other, by=None, **{**ACT, "role": Role.EDITOR})
    assert merged is not None
    kept = own_submission(number).parts[0].person
    assert kept in (one, other)
    send_submission(submission=number, now=NOW)
    hide(kept, PersonStatus.SUPPRESSED, into=0)  # type: ignore[arg-type]
    assert own_submission(number).state == "waiting"


@pytest.mark.parametrize("files", [1, 12])
def test_it_costs_a_literal_number_of_queries(media: Any, files: int) -> None:
    number = with_files(files)
    send_submission(submission=number, now=NOW)
    accept_all(number)
    with CaptureQueriesContext(connection) as told:
        own_submission(number)
    assert len(told) == QUERIES
