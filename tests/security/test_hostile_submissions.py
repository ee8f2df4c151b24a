"""Requests to the pages of contributors that no page makes: none gets further than words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.models import Part, Person, Submission
from registry.submissions.own import own_submission
from registry.submissions.receipts import check_digit
from tests.web.visiting import Visitor

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/submit/person/?saved=" + "9" * 5000 + ".who",
    "/submit/form/?saved=1.'%20OR%201=1",
    "/submit/form/999999999999999999999/who/",
    "/submit/form/1/%3Cscript%3E/",
    "/submit/form/files/..%2F..%2Fetc%2Fpasswd",
    "/submit/form/files/%00.jpg",
    "/submit/correction/1/?field=episode:99999.arrest",
    "/submit/correction/1/?field=__class__",
    "/submit/correction/99999999999999999999/?field=birth",
    "/submit/addition/0/",
    "/submit/site/at/%2e%2e/",
    "/submit/nothing/",
    "/receipt/open/?next=//invented.example/",
    "/submit/leave/?next=https://invented.example/",
)


def test_hostile_addresses_are_answered_in_words(make_person: Any) -> None:
    make_person()
    visitor = Visitor()
    visitor.begin()
    for address in ADDRESSES:
        answer = visitor.client.get(address)
        assert answer.status_code in {200, 302, 303, 400, 404, 410, 422}, address
        assert "invented.example" not in answer.headers.get("Location", ""), address


def test_a_form_without_its_token_is_refused() -> None:
    guarded = Client(enforce_csrf_checks=True)
    for address in ("/submit/person/", "/receipt/", "/submit/form/check/"):
        answer = guarded.post(address, {"family_name": "Примеров", "go": "next"})
        assert answer.status_code == 403, address
    assert not Submission.all_records.exists()


def test_nobody_writes_by_looking() -> None:
    visitor = Visitor()
    visitor.begin()
    before = own_submission(Submission.all_records.get().pk)
    for address in ("/submit/form/check/", "/submit/form/0/how/", "/receipt/withdraw/"):
        visitor.client.get(address, {"how": "x", "go": "next", "sure": "yes"})
    assert own_submission(Submission.all_records.get().pk) == before


def test_another_browser_reaches_nothing_of_a_form_that_is_open() -> None:
    owner = Visitor()
    owner.begin()
    row = Submission.all_records.get()
    stranger = Visitor()
    for address in (
        "/submit/form/",
        "/submit/form/1/who/",
        "/submit/form/check/",
        "/receipt/open/",
    ):
        stranger.open(address)
        assert "Примеров" not in stranger.html
    stranger.client.cookies["sessionid"] = f"forged:{row.pk}"
    stranger.open("/submit/form/1/who/")
    assert "Примеров" not in stranger.html
    # One's own form has no part of another's.
    own = Visitor()
    own.begin(family_name="Выдумкин", given_name="Другой")
    own.open("/submit/form/2/birth/")
    assert own.status == 404
    assert Part.all_records.filter(submission=row).get().values["family_name"] == "Примеров"


def test_receipts_cannot_be_guessed_for_long() -> None:
    visitor = Visitor()
    seen = set()
    for number in range(70):
        digits = f"{10**22 + number:023d}"
        visitor.open("/receipt/").send(receipt=digits + check_digit(digits))
        seen.add(visitor.status)
        if visitor.status == 429:
            break
    assert seen == {422, 429}


@pytest.mark.parametrize(
    "text", ["\x00Примеров", "\ud800", "П" * 20_001, "\u202eвогремирП", "=cmd|' /C calc'!A0"]
)
def test_any_text_is_kept_or_refused_in_words(text: str) -> None:
    visitor = Visitor()
    visitor.open("/submit/person/")
    sent = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    visitor.send(family_name=sent, given_name="Пример")
    assert visitor.status in {200, 422}
    assert Person.all_records.count() == 0
