"""Decisions that are refused say of which part; ranks, episodes, places and credit go with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import (
    Credit,
    Document,
    Entry,
    Knowledge,
    MemorialSite,
    Person,
    PersonStatus,
    Photograph,
    Proposal,
    Role,
    Submission,
    SubmissionKind,
)
from registry.records.catalogue.photographs import FileDraft
from registry.records.drafts.entries import PassageDraft, RepressionDraft
from registry.records.drafts.sites import SiteDraft, SiteNameDraft
from registry.records.drafts.uploads import check_upload
from registry.records.public.people import public_entry, public_person
from registry.records.public.received import credit_of
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import FieldDecision, FileDecision, PartDecision
from registry.submissions.files import FileNote, add_file
from registry.submissions.receiving import save_answers, send_submission
from registry.submissions.starting import Target, start_submission
from registry.submissions.states import PartRefused, SubmissionRefused
from tests.databases import NOW
from tests.files.pictures import jpeg

from .sending import SOMEBODY, accept_all, begin, draft_of, moderator, send

pytestmark = pytest.mark.django_db
SIGNED: dict[str, Any] = {
    "role": Role.MODERATOR, "reason": "an invented reason", "now": NOW + timedelta(days=1),
}  # fmt: skip
BOOK = {"knowledge": Knowledge.BOOK, "how": "Примерная книга.", "cites": "Книга, с. 5"}


def decide(sent: int, *parts: PartDecision, files: tuple[FileDecision, ...] = ()) -> Any:
    return decide_submission(submission=sent, parts=parts, files=files, by=moderator(), **SIGNED)


def first_part(sent: int) -> Any:
    return Submission.all_records.get(pk=sent).parts(manager="all_records").get(position=1)


def test_what_the_records_refuse_is_told_with_its_part(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    sent = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))
    draft = draft_of(first_part(sent))
    cases: list[tuple[PartDecision, str, str]] = [
        (PartDecision(1, accept=True, draft=draft, person=0), "unknown-person", "person"),
        (
            PartDecision(1, accept=True, draft=draft, person=person, prefer={"death": "why"}),
            "not-stated", "prefer.death",
        ),
        (
            PartDecision(
                1, accept=True, person=person, episode=7,
                draft=replace(draft, repressions=(RepressionDraft(sentence="5 лет"),)),
            ),
            "unknown-episode", "episode",
        ),
    ]  # fmt: skip
    for part, code, field in cases:
        with pytest.raises(PartRefused) as refused:
            decide(sent, part)
        told = refused.value
        assert (told.position, told.is_file, told.code, told.field) == (1, False, code, field)
    for rank in (0, 5, 7):
        with pytest.raises(SubmissionRefused) as refused_rank:
            decide(sent, PartDecision(1, accept=True, draft=draft, person=person, own_rank=rank))
        own = refused_rank.value
        assert (own.code, own.position, own.field) == ("unknown-rank", 1, "own_rank")
    assert Submission.all_records.get(pk=sent).state == "waiting"
    assert Entry.all_records.count() == 1


def test_what_cites_a_book_is_no_testimony_unless_it_says_what_it_quotes(
    make_source: Any,
) -> None:
    started = start_submission(
        kind=SubmissionKind.PERSON, language="ru", now=NOW, values=SOMEBODY, answers=BOOK
    )
    sent = started.submission
    send_submission(submission=sent, now=NOW)
    with pytest.raises(SubmissionRefused) as refused:
        accept_all(sent)
    assert (refused.value.code, refused.value.field) == ("cites-a-book", "source")
    draft = draft_of(first_part(sent))
    quoting = replace(draft, passage=PassageDraft(quotes="Книга, с. 5"))
    decision = decide(sent, PartDecision(1, accept=True, draft=quoting))
    assert decision.state == "accepted"
    undo_decision(submission=sent, by=moderator(), **SIGNED)
    book = draft_of(first_part(sent), source=make_source("invented-book"))
    book = replace(book, passage=PassageDraft(locator="с. 5"))
    decision = decide(sent, PartDecision(1, accept=True, draft=book))
    [entry] = public_person(decision.people[1], language="ru").entries
    assert (entry.source.slug, str(entry.passage and entry.passage.locator)) == (
        "invented-book", "с. 5",
    )  # fmt: skip


def test_a_rank_of_its_own_is_given_and_is_gone_when_it_is_decided_anew(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    sent = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))

    def believed() -> str:
        fact = public_person(person, language="en").facts["birth"]
        assert fact.value is not None
        return fact.value.date.edtf if fact.value.date else ""

    accept_all(sent, own_rank=1)
    assert believed() == "1891"
    undo_decision(submission=sent, by=moderator(), **SIGNED)
    assert believed() == "1880"
    accept_all(sent)
    assert believed() == "1880"
    undo_decision(submission=sent, by=moderator(), **SIGNED)
    accept_all(sent, own_rank=2)
    assert believed() == "1891"


def test_a_correction_of_an_episode_lands_in_it_and_the_undoing_gives_it_back(
    make_person: Any,
) -> None:
    person = make_person(
        birth=parse_edtf("1880"),
        repressions=(
            RepressionDraft(arrest=parse_edtf("1931")),
            RepressionDraft(arrest=parse_edtf("1937"), sentence="10 лет"),
        ),
    )
    before = public_person(person, language="ru")
    sent = send(
        SubmissionKind.CORRECTION, {"sentence": "5 лет"},
        target=Target(person, "episode:2.sentence"),
    )  # fmt: skip
    accept_all(sent, episode=2, prefer={"episode:1.sentence": "справка"})
    first, second = public_person(person, language="ru").episodes
    assert "sentence" not in first.facts
    fact = second.facts["sentence"]
    assert ([str(v.text) for v in fact.values], [str(v.text) for v in fact.rivals]) == (
        ["5 лет"], ["10 лет"],
    )  # fmt: skip
    assert undo_decision(submission=sent, by=moderator(), **SIGNED).left == []
    assert public_person(person, language="ru") == before


def test_a_wish_is_granted_at_once_and_suppression_waits_for_a_second(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    sent = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person))
    decide(sent, PartDecision(1, accept=True, person=person, hide="withdrawn", suppress=True))
    row = Person.all_records.get(pk=person)
    assert (row.status, row.status_by_rule) == (PersonStatus.WITHDRAWN, False)
    assert Proposal.all_records.get().wish == "suppressed"
    undo_decision(submission=sent, by=moderator(), **SIGNED)
    # Undoing a decision shows nobody.
    assert Person.all_records.get(pk=person).status == PersonStatus.WITHDRAWN
    with pytest.raises(PartRefused) as refused:
        decide(sent, PartDecision(1, accept=True, person=person, hide="restricted"))
    assert refused.value.code == "shows-more"
    with pytest.raises(SubmissionRefused) as unknown:
        decide(sent, PartDecision(1, accept=True, hide="withdrawn"))
    assert (unknown.value.code, unknown.value.position) == ("unknown-person", 1)


def test_a_new_place_has_the_files_that_came_with_it(media: Path, make_source: Any) -> None:
    make_source()
    started = begin(SubmissionKind.SITE, {"name": "Выдуманный лес", "kind": "mass-grave"})
    sent = started.submission
    save_answers(submission=sent, answers={"rights": "мои"}, now=NOW)
    for size in (300, 310):
        add_file(submission=sent, file=check_upload(jpeg(size, 200)), now=NOW, note=FileNote())
    send_submission(submission=sent, now=NOW)
    site = SiteDraft(
        "invented-wood", ("mass-grave",), names=(SiteNameDraft("ru", "Выдуманный лес"),)
    )
    values = {"name": FieldDecision(accept=True)}
    wrong = FileDecision(1, accept=True, draft=FileDraft(published=True))
    rest = FileDecision(2, accept=True, is_document=True)
    whole = PartDecision(1, accept=True, site=site, values=values)
    with pytest.raises(PartRefused) as refused:
        decide(sent, whole, files=(wrong, rest))
    told = refused.value
    assert (told.position, told.is_file, told.field, told.code) == (1, True, "source", "missing")
    shown = replace(wrong, draft=FileDraft(published=True, source="invented-book"))
    decide(sent, whole, files=(shown, rest))
    place = MemorialSite.all_records.get(slug="invented-wood")
    assert first_part(sent).site == place
    assert Photograph.all_records.get().site == Document.all_records.get().site == place
    undo_decision(submission=sent, by=moderator(), **SIGNED)
    assert not Photograph.all_records.exists()


@pytest.mark.parametrize(
    ("credit", "told"),
    [
        (Credit.ANONYMOUS, ""),
        (Credit.INITIALS, "В. П."),
        (Credit.NAME, "вера Примерова"),
    ],
)
def test_an_entry_tells_through_which_submission_it_came(credit: str, told: str) -> None:
    started = begin()
    answers = {"credit": credit, "credit_name": " вера Примерова "}
    save_answers(submission=started.submission, answers=answers, now=NOW)
    send_submission(submission=started.submission, now=NOW)
    person = accept_all(started.submission).people[1]
    row = Submission.all_records.get(pk=started.submission)
    entry = Entry.all_records.get()
    number = f"{row.number[:4]}-{row.number[4:]}"
    for shown in (
        public_entry(entry.pk, language="ru"), public_person(person, language="ru").entries[0]
    ):  # fmt: skip
        assert shown.via is not None
        assert (shown.via.number, shown.via.credit) == (number, told)
    assert credit_of(credit, "вера Примерова") == told
    for prefix in ("", "/ru", "/uk"):
        page = Client().get(f"{prefix}/entries/{entry.pk}/").content.decode()
        assert number in page
        assert ("Примерова" in page) == (credit == Credit.NAME)
    assert Client().get(f"/api/v1/entries/{entry.pk}").json()["submission"] == number


def test_who_is_restricted_tells_nothing_of_who_sent_it(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1950"), sex="m")
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    sent = send(SubmissionKind.ADDITION, {"occupation": "птицелов"}, target=Target(person))
    accept_all(sent)
    assert {entry.via for entry in public_person(person, language="ru").entries} == {None}
