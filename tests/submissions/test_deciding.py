"""What is accepted is in the registry with its source, and gone again once it is undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import (
    Change,
    ChangeKind,
    Choice,
    Entry,
    Part,
    PartKind,
    Person,
    Relation,
    Role,
    Standing,
    Submission,
    SubmissionKind,
)
from registry.records.entries.previewing import Preview, Proposed, preview_entries
from registry.records.public.people import public_person
from registry.records.undoing.reverting import undo_change
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import PartDecision
from registry.submissions.own import own_submission
from registry.submissions.receiving import add_part, save_part, send_submission
from registry.submissions.starting import Target
from registry.submissions.states import SubmissionRefused
from registry.submissions.testimony import TESTIMONY, have_testimonies
from tests.databases import NOW

from .sending import accept_all, begin, draft_of, moderator, reject_all, send

pytestmark = pytest.mark.django_db
ACT = {"role": Role.MODERATOR, "reason": "an invented reason", "now": NOW + timedelta(days=1)}
BIRTH = {"birth_date": "15 января 1891"}


def preview(part: Part, person: int, **more: Any) -> Preview:
    return preview_entries([Proposed(draft_of(part), person, **more)], language="ru")[0]


def test_somebody_new_becomes_an_entry_of_the_testimonies() -> None:
    sent = send()
    decision = accept_all(sent)
    person = public_person(decision.people[1], language="ru")
    assert person.name.full == "Примеров Пример Примерович"
    assert [entry.source.slug for entry in person.entries] == [TESTIMONY]
    assert person.entries[0].source.rank == 5
    row = Submission.all_records.get(pk=sent)
    assert (row.state, row.since) == ("accepted", NOW.date().replace(day=1))
    assert decision.change.kind == ChangeKind.DECISION
    entry = Entry.all_records.get(via__submission=row)
    assert (entry.person_id, entry.change_id) == (person.id, decision.change.pk)


def test_what_is_undone_is_gone_and_waits_again_and_can_be_decided_anew() -> None:
    sent = send()
    decision = accept_all(sent)
    undone = undo_decision(submission=sent, by=moderator(), **ACT)
    assert undone.left == []
    row = Submission.all_records.get(pk=sent)
    assert (row.state, row.decided_under) == ("waiting", None)
    assert own_submission(sent).parts[0].outcome == ""
    assert not Person.public.filter(pk=decision.people[1]).exists()
    assert Entry.all_records.get().standing == Standing.REVERTED
    again = accept_all(sent)
    assert public_person(again.people[1], language="ru").entries


def test_an_undoing_undone_decides_as_it_was() -> None:
    sent = send()
    decision = accept_all(sent)
    undone = undo_decision(submission=sent, by=moderator(), **ACT)
    assert undone.change is not None
    assert undo_change(change=undone.change.pk, by=moderator(), **ACT).left == []
    row = Submission.all_records.get(pk=sent)
    assert (row.state, row.parts(manager="all_records").get().outcome) == ("accepted", "accepted")
    assert Person.public.filter(pk=decision.people[1]).exists()


def test_an_accepted_correction_that_is_preferred_stands_above_a_higher_rank(
    make_person: Any,
) -> None:
    person = make_person(birth=parse_edtf("1880"), fate="расстрелян")
    sent = send(SubmissionKind.CORRECTION, BIRTH, target=Target(person, "birth"))
    part = Submission.all_records.get(pk=sent).parts(manager="all_records").get()
    seen = preview(part, person)
    [birth] = [fact for fact in seen.facts if fact.field == "birth"]
    assert (birth.states, birth.wins) == (True, False)
    preferred = preview(part, person, prefer={"birth"})
    assert [fact.wins for fact in preferred.facts if fact.field == "birth"] == [True]
    have_testimonies(now=NOW)
    before = Change.all_records.count()
    accept_all(sent, prefer={"birth": "метрика"})
    assert Change.all_records.count() == before + 1
    fact = public_person(person, language="ru").facts["birth"]
    assert fact.value is not None
    assert fact.value.date is not None
    assert (fact.value.date.edtf, fact.rule, fact.reason) == ("1891-01-15", "choice", "метрика")
    assert [value.date.edtf for value in fact.rivals if value.date] == ["1880"]
    undo_decision(submission=sent, by=moderator(), **ACT)
    fact = public_person(person, language="ru").facts["birth"]
    assert fact.value is not None
    assert fact.value.date is not None
    assert (fact.value.date.edtf, fact.rule, fact.rivals) == ("1880", "only", ())
    assert not Choice.all_records.filter(superseded_by__isnull=True).exists()


def test_what_is_rejected_changes_nothing_and_keeps_its_reason() -> None:
    sent = send()
    reject_all(sent)
    own = own_submission(sent)
    assert (own.state, own.parts[0].outcome, own.parts[0].reason, own.parts[0].reason_text) == (
        "rejected", "rejected", "no-source", "примерно",
    )  # fmt: skip
    assert not Entry.all_records.exists()


def test_the_second_decision_is_refused_in_words() -> None:
    sent = send()
    accept_all(sent)
    with pytest.raises(SubmissionRefused) as refused:
        reject_all(sent)
    assert (refused.value.code, refused.value.state) == ("not-now", "accepted")


def test_all_parts_are_decided_and_a_rejection_has_its_reason() -> None:
    sent = send()
    for parts, code in (([], "undecided"), ([PartDecision(1, accept=False)], "no-reason")):
        with pytest.raises(SubmissionRefused) as refused:
            decide_submission(submission=sent, parts=parts, by=moderator(), **ACT)
        assert refused.value.code == code
    assert Submission.all_records.get(pk=sent).state == "waiting"


def test_a_family_comes_in_one_submission_with_its_links() -> None:
    started = begin()
    here = {"submission": started.submission, "now": NOW}
    son = add_part(kind=PartKind.PERSON, **here)
    assert son == 2
    values = {"family_name": "Примеров", "given_name": "Другой", "death_date": "1938"}
    save_part(position=son, values=values, kinship="child", **here)
    send_submission(**here)
    decision = accept_all(started.submission)
    link = Relation.all_records.get()
    assert (link.person_id, link.other_id, link.kind) == (
        decision.people[1], decision.people[2], "child",
    )  # fmt: skip
    undo_decision(submission=started.submission, by=moderator(), **ACT)
    assert not Relation.all_records.exists()
