"""The receipt entered, and its page: what was decided, questions, and taking it back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from registry.models import Contact, Message, Part, Person, Role, Submission, SubmissionKind
from registry.records.drafts.entries import PassageDraft
from registry.submissions import limits, opening
from registry.submissions.days import weeks_waited
from registry.submissions.deciding import decide_submission
from registry.submissions.decisions import FieldDecision, PartDecision
from registry.submissions.receipts import check_digit, grouped
from registry.submissions.triage import ask_contributor
from registry.web import receipts
from registry.wording import submissions as words
from tests.databases import NOW
from tests.routes import PREFIXES
from tests.submissions.sending import draft_of, moderator, reject_all
from tests.web.visiting import HOW, Visitor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)


def sent(visitor: Visitor, **values: str) -> str:
    """Send somebody new; return the receipt."""
    receipt = visitor.begin(**values)
    visitor.open("/submit/form/0/how/").send(**HOW)
    visitor.open("/submit/form/check/").send()
    assert row().state == "waiting"
    return receipt


def enter(visitor: Visitor, receipt: str) -> Visitor:
    return visitor.open("/receipt/").send(receipt=receipt)


def row() -> Submission:
    found: Submission = Submission.all_records.get()
    return found


def another_secret(receipt: str) -> str:
    """Return a receipt with the same beginning that is whole, and nobody's."""
    secret = receipt[:8] + str((int(receipt[8]) + 1) % 10) + receipt[9:23]
    return secret + check_digit(secret)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_receipt_opens_its_page_in_every_language(prefix: str) -> None:
    visitor = Visitor(prefix)
    receipt = sent(visitor)
    enter(visitor, f" {grouped(receipt)} ")
    assert visitor.path == f"{prefix}/receipt/open/"
    assert visitor.answer["Cache-Control"] == "no-store"
    assert "Примеров" in visitor.text
    assert receipt not in visitor.html
    if not prefix:
        assert "Sent; waits for a moderator" in visitor.text


def test_a_wrong_receipt_and_an_unknown_one_look_alike(visitor: Visitor) -> None:
    receipt = visitor.begin()
    other = Visitor()
    pages = []
    for typed in (another_secret(receipt), another_secret("1" * 24)):
        enter(other, typed)
        assert other.status == 422
        pages.append(re.sub(r'value="[^"]*"', "", other.html))
        assert str(words.UNKNOWN_RECEIPT) in other.text
    assert pages[0] == pages[1]
    assert "sessionid" not in other.client.cookies


def test_a_wrong_receipt_costs_the_same_work(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = visitor.begin()
    work: list[str] = []
    monkeypatch.setattr(opening, "matches", lambda *_: bool(work.append("hashed")))
    monkeypatch.setattr(opening, "pretend", lambda *_: bool(work.append("hashed")))
    for typed in (receipt, another_secret(receipt), another_secret("1" * 24)):
        enter(Visitor(), typed)
    assert work == ["hashed"] * 3


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "length"), ("1234 5678", "length"), ("receipt", "not-digits"), ("1" * 23 + "5", None)],
)
def test_a_mistyped_receipt_is_told_and_not_counted(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, typed: str, code: str | None
) -> None:
    monkeypatch.setattr(receipts, "within", lambda *_: pytest.fail("a slip was counted"))
    enter(visitor, typed)
    assert visitor.status == 422
    assert str(words.MISTYPED[code or "check-digit"]) in visitor.text
    assert visitor.form()["receipt"] == typed


def test_tries_are_limited_and_none_passes_where_they_are_not_counted(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = visitor.begin()
    limit = replace(limits.LIMITS["receipt"], most=2)
    monkeypatch.setitem(limits.LIMITS, "receipt", limit)
    other = Visitor()
    answers = [enter(other, another_secret(receipt)).status for _ in range(3)]
    assert answers == [422, 422, 429]
    assert enter(other, receipt).status == 429
    monkeypatch.setattr(cache, "incr", _broken)
    other.client.raise_request_exception = False
    assert enter(other, receipt).status == 503


def _broken(*_: Any, **__: Any) -> int:
    raise ConnectionError


def test_a_draft_is_gone_on_with(visitor: Visitor) -> None:
    receipt = visitor.begin()
    assert enter(Visitor(), receipt).path == "/submit/form/"
    other = enter(Visitor(), receipt)
    assert other.open("/receipt/open/").path == "/submit/form/"


def test_a_rejection_names_the_reason_and_the_next_step(visitor: Visitor) -> None:
    receipt = sent(visitor)
    reject_all(row().pk, now=LATER)
    enter(visitor, receipt)
    assert "Not accepted" in visitor.text
    assert str(words.REASONS["no-source"]) in visitor.text
    assert str(words.NEXT_STEPS["no-source"]) in visitor.text
    assert "примерно" in visitor.text
    assert "<textarea" not in visitor.html
    assert 'href="/receipt/withdraw/"' not in visitor.html


def test_what_was_edited_or_left_out_is_told(visitor: Visitor) -> None:
    receipt = sent(
        visitor, family_name="Примеров", given_name="Пример", other_names="Примерин", sex="m"
    )
    submission = row().pk
    part = Part.all_records.get()
    decided = {
        "family_name": FieldDecision(accept=True),
        "given_name": FieldDecision(accept=True, edited="Примерий"),
        "other_names": FieldDecision(accept=False),
        "sex": FieldDecision(accept=True),
    }
    decide_submission(
        submission=submission,
        parts=[PartDecision(1, accept=True, values=decided, draft=draft_of(part))],
        by=moderator(), role="moderator", reason="a test", now=LATER,
    )  # type: ignore[arg-type]  # fmt: skip
    enter(visitor, receipt)
    assert "Given name Пример taken as: Примерий" in visitor.text
    assert "Other names and spellings Примерин not taken" in visitor.text
    person = Person.all_records.get()
    shown = f'href="/people/{person.pk}/"' in visitor.html
    assert shown == Person.public.filter(pk=person.pk).exists()


def test_a_question_is_answered(visitor: Visitor) -> None:
    receipt = sent(visitor)
    ask_contributor(submission=row().pk, text="Где это было?", by=moderator(), now=LATER)
    enter(visitor, receipt)
    assert "A moderator has a question" in visitor.text
    assert "The registry asks Где это было?" in visitor.text
    visitor.send(act="reply", text=" ")
    assert (visitor.status, row().state) == (422, "asked")
    visitor.send(act="reply", text="В Примерске.")
    assert (visitor.status, row().state) == (200, "waiting")
    assert Message.all_records.last().text == "В Примерске."
    assert "You wrote В Примерске." in visitor.text


def test_a_reply_that_is_refused_is_not_lost(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    receipt = sent(visitor)
    enter(visitor, receipt)
    visitor.send(fast=True, act="reply", text="Ещё рассказ")
    assert (visitor.status, visitor.form()["text"]) == (422, "Ещё рассказ")
    visitor.send(act="reply", text="П" * 5_001)
    assert (visitor.status, len(visitor.form()["text"])) == (422, 5_001)
    monkeypatch.setitem(limits.LIMITS, "reply", replace(limits.LIMITS["reply"], most=0))
    visitor.send(act="reply", text="Ещё рассказ")
    assert (visitor.status, visitor.form()["text"]) == (429, "Ещё рассказ")
    settings.READ_ONLY = True
    visitor.send(act="reply", text="Ещё рассказ")
    assert visitor.form()["text"] == "Ещё рассказ"
    assert visitor.status == 503
    assert not Message.all_records.exists()


def test_credit_and_contact_are_changed_while_it_waits(visitor: Visitor) -> None:
    enter(visitor, sent(visitor))
    visitor.send(1, act="credit", credit="name", credit_name="Т. Примерова")
    assert (row().credit, row().credit_name) == ("name", "Т. Примерова")
    visitor.send(2, act="contact", contact="nobody")
    assert (visitor.status, visitor.form(2)["contact"]) == (422, "nobody")
    visitor.send(2, act="contact", contact="nobody@example.org")
    assert Contact.all_records.get().address == "nobody@example.org"
    assert "nobody@example.org" not in visitor.html
    visitor.send(2, act="no-contact")
    assert not Contact.all_records.exists()


def test_an_address_is_deleted_also_after_the_decision(visitor: Visitor) -> None:
    receipt = sent(visitor)
    enter(visitor, receipt).send(2, act="contact", contact="nobody@example.org")
    reject_all(row().pk, now=LATER)
    visitor.open("/receipt/open/").send(act="no-contact")
    assert visitor.status == 200
    assert not Contact.all_records.exists()


def test_nothing_is_promised_of_a_name_that_somebody_wrote_by_hand(visitor: Visitor) -> None:
    enter(visitor, sent(visitor)).send(1, act="credit", credit="name", credit_name="Вера Образцова")
    part = row().parts(manager="all_records").get()
    draft = replace(draft_of(part), passage=PassageDraft(locator="письмо В. Образцовой"))
    decide_submission(
        submission=row().pk,
        parts=[PartDecision(1, accept=True, draft=draft)],
        by=moderator(),
        role=Role.MODERATOR,
        reason="an invented reason",
        now=LATER,
    )
    visitor.open("/receipt/open/")
    assert "by hand" not in visitor.text
    visitor.send(act="credit", credit="anonymous", credit_name="Вера Образцова")
    assert "In 1 place of the registry somebody may have written the name by hand." in visitor.text
    visitor.send(act="credit", credit="anonymous", credit_name="")
    assert "In 1 place of the registry" in visitor.text
    assert "No name is kept" in visitor.text


def test_an_act_that_is_none_does_nothing(visitor: Visitor) -> None:
    enter(visitor, sent(visitor))
    visitor.send(act="accept", text="x")
    assert visitor.status == 200
    assert row().state == "waiting"


def test_it_is_taken_back_once_it_is_meant(visitor: Visitor) -> None:
    receipt = sent(visitor)
    enter(visitor, receipt)
    visitor.open("/receipt/withdraw/")
    assert row().state == "waiting"
    visitor.send()
    assert row().state == "withdrawn"
    assert not Part.all_records.exists()
    assert visitor.client.cookies["sessionid"].value == ""
    enter(visitor, receipt)
    assert "Withdrawn by you" in visitor.text
    assert "Примеров" not in visitor.text


def test_a_draft_is_taken_back_too(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/receipt/withdraw/").send()
    assert row().state == "withdrawn"


def test_what_was_decided_is_not_taken_back(visitor: Visitor) -> None:
    receipt = sent(visitor)
    enter(visitor, receipt).open("/receipt/withdraw/")
    reject_all(row().pk, now=LATER)
    visitor.send()
    assert visitor.status == 422
    assert str(words.REFUSALS["not-now"]) in visitor.text


def test_while_it_waits_it_says_how_long_it_usually_takes(visitor: Visitor) -> None:
    receipt = sent(visitor)
    enter(visitor, receipt)
    assert "Nothing has been decided yet" in visitor.text
    reject_all(row().pk, now=timezone.now())
    # Whatever the day, it came in some time before, and no more than its month is kept.
    long_ago = (timezone.now() - timedelta(weeks=30)).date().replace(day=1)
    Submission.all_records.update(since=long_ago)
    weeks = weeks_waited(long_ago, timezone.now())
    visitor.open("/submit/")
    assert f"Usually decided within {weeks} weeks." in visitor.text
    assert "received 1, decided 1, waiting 0" in visitor.text
    assert 'href="/submit/#figures"' in visitor.open("/about/").html


def test_every_kind_and_state_has_words() -> None:
    assert set(words.KINDS) == set(SubmissionKind.values)
    assert set(words.REASONS) == set(words.NEXT_STEPS)
    for model, table in ((Submission, words.STATES), (Submission, words.STATE_NOTES)):
        assert set(table) == set(dict(model._meta.get_field("state").choices))
    reasons = dict(Part._meta.get_field("reason").choices)
    assert {*words.REASONS, ""} == set(reasons)
