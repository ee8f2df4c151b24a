"""What keeps a form from being saved: traps, limits, a registry that only reads, a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from registry.models import Part, Submission
from registry.submissions import limits
from registry.submissions.limits import Limit
from registry.web import forms
from registry.wording import submissions as words
from tests.web.visiting import WHO, Visitor

pytestmark = pytest.mark.django_db
ENTRY = {"birth_date": "1891"}


def draft() -> Submission:
    row: Submission = Submission.all_records.get()
    return row


def test_what_was_typed_without_a_session_is_given_back(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/more/")
    visitor.client.cookies.clear()
    visitor.send(comment="<b>Долгий рассказ</b>")
    assert visitor.status == 409
    assert "<b>Долгий рассказ</b>" in visitor.text.replace("&lt;", "<").replace("&gt;", ">")
    assert "csrfmiddlewaretoken" not in visitor.text
    assert 'href="/receipt/"' in visitor.html


def test_a_forged_form_is_given_back_too(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/more/")
    visitor.client.handler.enforce_csrf_checks = True
    visitor.answer = visitor.client.post(visitor.path, {"comment": "Долгий рассказ"})
    assert visitor.status == 403
    assert "Долгий рассказ" in visitor.text
    assert visitor.client.post("/people/", {"comment": "x"}).status_code == 405


def test_a_form_sent_too_fast_or_filled_in_by_a_program_comes_back(visitor: Visitor) -> None:
    visitor.open("/submit/person/").send(fast=True, **WHO)
    assert (visitor.status, Submission.all_records.count()) == (422, 0)
    assert str(words.TRAPPED["too-fast"]) in visitor.text
    assert visitor.form()["family_name"] == "Примеров"
    visitor.send(homepage="spam")
    assert str(words.TRAPPED["filled-in"]) in visitor.text
    visitor.send(homepage="")
    assert Submission.all_records.count() == 1


def test_what_is_beyond_a_limit_comes_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bucket in ("start", "save", "take-down"):
        monkeypatch.setitem(limits.LIMITS, bucket, Limit(1, 60, "a test"))
    visitor.begin()
    visitor.open("/submit/person/").send(family_name="Другов")
    assert (visitor.status, visitor.form()["family_name"]) == (429, "Другов")
    assert str(words.TOO_MANY) in visitor.text
    visitor.open("/submit/form/1/birth/").send(**ENTRY)
    visitor.open("/submit/form/1/more/").send(comment="Ещё рассказ")
    assert (visitor.status, visitor.form()["comment"]) == (429, "Ещё рассказ")
    assert "comment" not in Part.all_records.get().values
    for what in ("Адрес", "Фотография"):
        visitor.open("/submit/takedown/").send(what=what, where="Примеров")
    assert visitor.status == 429


def test_while_the_registry_only_reads_forms_are_closed_and_keep_what_was_typed(
    visitor: Visitor, settings: Any
) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/more/")
    settings.READ_ONLY = True
    visitor.send(comment="Ещё рассказ")
    assert (visitor.status, visitor.form()["comment"]) == (503, "Ещё рассказ")
    assert str(words.CLOSED) in visitor.text
    visitor.open("/submit/form/check/").send()
    assert (visitor.status, draft().state) == (503, "draft")
    for path in ("/submit/", "/submit/person/"):
        assert "takes nothing in" in visitor.open(path).text
    assert "<form method=" not in visitor.html
    visitor.answer = visitor.client.post(visitor.path, WHO)
    assert (visitor.status, Submission.all_records.count()) == (503, 1)
    assert visitor.form()["family_name"] == "Примеров"
    settings.READ_ONLY = False
    visitor.send()
    assert Submission.all_records.count() == 1  # the same page as before: nothing new


def test_a_database_that_fails_while_saving_loses_nothing_typed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise OperationalError

    visitor.begin()
    visitor.open("/submit/form/1/more/")
    monkeypatch.setattr(forms, "save_part", fail)
    visitor.send(comment="Ещё рассказ")
    assert (visitor.status, visitor.form()["comment"]) == (503, "Ещё рассказ")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/submit/person/", "/submit/form/", "/receipt/"])
def test_other_methods_are_refused_in_words(visitor: Visitor, path: str, method: str) -> None:
    answer = getattr(visitor.client, method)(path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
