"""What staff wrote by hand and names who sent something: found once the name is not wished."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.models import Entry, Photograph, RevisionBody, Role, Submission
from registry.records.catalogue.photographs import edit_file, file_draft
from registry.records.drafts.entries import PassageDraft
from registry.records.history.timelines import person_history
from registry.records.public.people import public_person
from registry.records.undoing.erasing import ErasureRefused, erase_record
from registry.records.undoing.reverting import undo_change
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import FileDecision, PartDecision
from registry.submissions.named import places_noted, settle_named, stems_of, tells_name
from registry.submissions.own import own_submission
from registry.submissions.receiving import save_answers, send_submission, withdraw_submission
from registry.submissions.states import SubmissionRefused
from registry.submissions.testimony import TESTIMONY
from registry.submissions.triage import count_waiting, naming_submissions
from tests.databases import NOW

from .sending import FileDraft, draft_of, moderator, send
from .test_files import with_files

pytestmark = pytest.mark.django_db
NAME = "Вера Образцова"
SIGNED: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason", "now": NOW}
CAPTION = "Снимок прислала Вера Образцова"


@pytest.mark.parametrize(
    "text",
    [
        "Снимок Веры Образцовой",
        "Photo: Vera Obraztsova",
        "рассказала внучка Вера",
        "Фото В. Образцовой",
        "Образцова В.",
        "семья Образцовых",
    ],
)
def test_a_name_is_found_in_every_script_and_case(text: str) -> None:
    assert tells_name(text, NAME)


@pytest.mark.parametrize("text", ["верно говорят", "образцовая школа", "В. О.", "", "Пример"])
def test_other_words_name_nobody(text: str) -> None:
    assert not tells_name(text, NAME)
    assert not tells_name(text, "")


def test_a_name_shared_with_whom_it_is_about_needs_another_word_beside_it() -> None:
    shared = stems_of("Образцов Образец")
    assert not tells_name("Семья Образцовых; Образцов Образец с сестрой", NAME, shared=shared)
    for text in ("Фото В. Образцовой", "Образцова Вера", "внучка Вера"):
        assert tells_name(text, NAME, shared=shared), text


def taken(media: Any, *, credit: str = "name", caption: str = CAPTION) -> tuple[int, int]:
    """Return a submission with a caption and a locator that name its contributor; the person."""
    number = with_files(1)
    save_answers(submission=number, answers={"credit": credit, "credit_name": NAME}, now=NOW)
    send_submission(submission=number, now=NOW)
    part = Submission.all_records.get(pk=number).parts(manager="all_records").get()
    passage = PassageDraft(locator="письмо В. Образцовой")
    photograph = FileDraft(source=TESTIMONY, published=True, caption={"ru": caption})
    decided = decide_submission(
        submission=number,
        parts=[PartDecision(1, accept=True, draft=replace(draft_of(part), passage=passage))],
        files=[FileDecision(1, accept=True, draft=photograph)],
        by=moderator(),
        **SIGNED,
    )
    return number, decided.people[1]


def noted(number: int) -> list[str]:
    return places_noted(Submission.all_records.get(pk=number))


def say(number: int, **answers: str) -> None:
    save_answers(submission=number, answers=answers, now=NOW)


def places() -> list[str]:
    return [f"entry:{Entry.all_records.get().pk}", f"photograph:{Photograph.all_records.get().pk}"]


@pytest.mark.parametrize(
    "answers",
    [{"credit": "anonymous"}, {"credit": "initials"}, {"credit_name": ""}],
)
def test_what_was_typed_is_noted_when_the_name_is_not_wished(
    media: Any, answers: dict[str, str]
) -> None:
    number, _ = taken(media)
    assert noted(number) == []
    assert count_waiting()["named"] == 0
    say(number, **answers)
    assert noted(number) == places()
    assert own_submission(number).still_named == 2
    assert list(naming_submissions()) == [Submission.all_records.get(pk=number)]
    row = Submission.all_records.get(pk=number)
    assert row.urgent
    assert NAME not in repr(row.flags)


def test_whoever_wishes_to_be_named_again_is(media: Any) -> None:
    number, _ = taken(media)
    say(number, credit="anonymous")
    say(number, credit="name")
    assert noted(number) == []
    assert count_waiting()["named"] == 0


def test_whoever_never_wished_to_be_named_is_noted_with_the_decision(media: Any) -> None:
    number, _ = taken(media, credit="anonymous")
    assert noted(number) == places()
    assert taken_back(number) == places()


def taken_back(number: int) -> list[str]:
    """Return what is noted after the decision was undone, and taken again."""
    undone = undo_decision(submission=number, by=moderator(), **SIGNED)
    assert noted(number)
    assert undone.change is not None
    undo_change(change=undone.change.pk, by=moderator(), **SIGNED)
    row = Submission.all_records.get(pk=number)
    assert (row.state, row.urgent) == ("accepted", True)
    return noted(number)


def administrator() -> User:
    return moderator("invented-administrator")


def test_once_mended_and_forgotten_the_name_is_nowhere(media: Any) -> None:
    number, person = taken(media)
    say(number, credit="anonymous")
    photograph = Photograph.all_records.get()
    draft = replace(file_draft(photograph), caption={"ru": "Снимок семьи"})
    edit_file(model=Photograph, number=photograph.pk, draft=draft, by=moderator(), **SIGNED)
    assert CAPTION in repr(person_history(person, language="ru"))
    given: dict[str, Any] = {**SIGNED, "submission": number, "by": administrator()}
    with pytest.raises(ErasureRefused):
        settle_named(**{**given, "role": Role.EDITOR}, forget=True)
    assert noted(number) == places()
    assert settle_named(**{**given, "role": Role.ADMINISTRATOR}, forget=True)
    assert noted(number) == []
    assert count_waiting()["named"] == 0
    assert CAPTION not in repr(person_history(person, language="ru"))
    assert not RevisionBody.all_records.filter(text__contains="прислала").exists()
    [shown] = public_person(person, language="ru").photographs
    assert shown.caption is not None
    assert "Снимок семьи" in repr(shown.caption)
    # As of any picture that was mended since, what the registry shows of it was decided.
    undo_decision(submission=number, by=moderator(), **SIGNED)
    assert Submission.all_records.get(pk=number).state == "accepted"


def test_looked_through_without_forgetting_leaves_the_ledger_alone(media: Any) -> None:
    number, _ = taken(media)
    say(number, credit="anonymous")
    before = RevisionBody.all_records.count(), set(RevisionBody.all_records.values_list("text"))
    given: dict[str, Any] = {**SIGNED, "submission": number, "by": moderator()}
    assert settle_named(**{**given, "role": Role.EDITOR}, forget=False)
    assert noted(number) == []
    assert not settle_named(**{**given, "role": Role.EDITOR}, forget=False)
    after = RevisionBody.all_records.count(), set(RevisionBody.all_records.values_list("text"))
    assert after == before
    with pytest.raises(SubmissionRefused):
        settle_named(**{**given, "submission": 1}, forget=False)


def test_a_name_shared_with_the_person_alone_is_not_noted(media: Any) -> None:
    number = send()
    say(number, credit="name", credit_name="Вера Примерова")
    row = Submission.all_records.get(pk=number)
    part = row.parts(manager="all_records").get()
    passage = PassageDraft(locator="письмо семьи Примеровых")
    decide_submission(
        submission=number,
        parts=[PartDecision(1, accept=True, draft=replace(draft_of(part), passage=passage))],
        by=moderator(),
        **SIGNED,
    )
    say(number, credit="anonymous")
    assert noted(number) == []


def test_a_reason_that_names_whoever_sent_it_is_refused() -> None:
    number = send()
    say(number, credit="name", credit_name="Вера Примерова")
    row = Submission.all_records.get(pk=number)
    part = row.parts(manager="all_records").get()
    one = PartDecision(1, accept=True, draft=draft_of(part))
    given: dict[str, Any] = {**SIGNED, "submission": number, "parts": [one], "by": moderator()}
    with pytest.raises(SubmissionRefused) as refused:
        decide_submission(**{**given, "reason": "the letter of Vera Primerova"})
    assert (refused.value.code, refused.value.field) == ("names-contributor", "reason")
    decide_submission(**{**given, "reason": "a letter about Primerov"})


def test_what_a_court_erased_leaves_a_note_of_what_stays(media: Any) -> None:
    number, person = taken(media)
    photograph = Photograph.all_records.get()
    # Moved to somebody else since: erasing the entry leaves it.
    erase_record(
        subject="entry", reference=places()[0].partition(":")[2], by=None,
        role=Role.ADMINISTRATOR, reason="an order of a court", now=NOW,
    )  # fmt: skip
    row = Submission.all_records.get(pk=number)
    assert row.credit_name == ""
    assert places_noted(row) == [f"photograph:{photograph.pk}"]
    assert person == photograph.person_id


def test_what_was_undone_and_taken_back_leaves_nothing_to_note(media: Any) -> None:
    number, _ = taken(media)
    undo_decision(submission=number, by=moderator(), **SIGNED)
    withdraw_submission(submission=number, now=NOW)
    row = Submission.all_records.get(pk=number)
    assert (row.state, row.flags, row.urgent, row.credit_name) == ("withdrawn", [], False, "")
